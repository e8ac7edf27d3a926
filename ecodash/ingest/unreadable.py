"""Why a file cannot be opened, in words; one function per reason."""

from ecodash.core.errors import Place, UnreadableFile
from ecodash.core.text import Text


def _refuse(file: str, text: Text, advice: Text) -> UnreadableFile:
    return UnreadableFile(text, advice=advice, place=Place(file=file))


def empty(file: str) -> UnreadableFile:
    """The file has no content."""
    return _refuse(file, Text("文件是空的。", "The file is empty."), Text("请重新导出后再试。", "Export it again."))


def other_kind(file: str, kind: str) -> UnreadableFile:
    """The file is of a kind that holds no table we read (PDF, RAR, a picture …)."""
    return _refuse(
        file,
        Text(f"这是 {kind} 文件，不是表格。", f"This is a {kind} file, not a table."),
        Text("请上传 CSV、XLSX、XLS、Parquet 或 ZIP。", "Upload CSV, XLSX, XLS, Parquet or ZIP."),
    )


def encrypted(file: str) -> UnreadableFile:
    """The workbook or the archive asks for a password."""
    return _refuse(
        file,
        Text("文件设有密码。", "The file is protected by a password."),
        Text(
            "请先用表格软件或解压软件去掉密码，再上传。", "Remove the password in your office or archive program first."
        ),
    )


def damaged(file: str, kind: str, detail: str) -> UnreadableFile:
    """The bytes are not what they claim to be; ``detail`` is the reader's own word."""
    return _refuse(
        file,
        Text(
            f"{kind} 文件已损坏，无法打开（{detail}）。", f"The {kind} file is damaged and cannot be opened ({detail})."
        ),
        Text("请重新导出或重新下载。", "Export or download it again."),
    )


def too_large(file: str, limit: str) -> UnreadableFile:
    """Unpacked, the content would exceed a limit: a damaged or hostile archive."""
    return _refuse(
        file,
        Text(
            f"解压后的内容超过上限（{limit}），已停止读取。",
            f"Unpacked, the content exceeds the limit ({limit}); not read.",
        ),
        Text("请解压后逐个上传里面的文件。", "Unpack it yourself and upload the files one by one."),
    )


def too_many(file: str, limit: int) -> UnreadableFile:
    """The archive holds too many files."""
    return _refuse(
        file,
        Text(f"压缩包里的文件超过 {limit} 个。", f"The archive holds more than {limit} files."),
        Text("请拆成几个压缩包再上传。", "Split it into several archives."),
    )


def no_table(file: str) -> UnreadableFile:
    """Opened, but there is no cell in it."""
    return _refuse(
        file,
        Text("里面没有可以读取的表格。", "It holds no table that can be read."),
        Text("请确认导出的内容不为空。", "Check that the export is not empty."),
    )


def too_wide(file: str, limit: int) -> UnreadableFile:
    """A row has more cells than any spreadsheet has columns."""
    return _refuse(
        file,
        Text(f"有的行超过 {limit} 列，不像是表格。", f"A row has more than {limit} columns; this is no table."),
        Text("请确认分隔符，或重新导出。", "Check the delimiter, or export it again."),
    )


def too_sparse(file: str, rows: int, columns: int) -> UnreadableFile:
    """A few cells are spread over a huge area."""
    return _refuse(
        file,
        Text(
            f"少量单元格散布在 {rows} 行 × {columns} 列的范围里，无法读取。",
            f"A few cells are spread over {rows} rows × {columns} columns; not read.",
        ),
        Text(
            "请删除表格右侧和下方多余的单元格后再保存。",
            "Delete stray cells far to the right or below, and save again.",
        ),
    )
