"""What DuckDB and the operating system say when a workspace cannot be used, in words an operator understands."""

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ecodash.core.errors import WorkspaceError
from ecodash.core.text import Text


def locked(folder: Path, said: str = "") -> WorkspaceError:
    """Another process writes in the workspace; names its process id where it is known."""
    found = re.search(r"\(PID (\d+)\)", said)
    who_zh, who_en = (f"（进程号 {found[1]}）", f" (process {found[1]})") if found else ("", "")
    return WorkspaceError(
        Text(
            f"工作区 {folder} 正被另一个程序{who_zh}使用。", f"Another program{who_en} is using the workspace {folder}."
        ),
        advice=Text(
            "同一时间只能有一个程序打开工作区；请先关闭它（例如网页界面或另一个命令行），再试一次。",
            "Only one program can have a workspace open at a time; close it (the app or another command) and try again.",
        ),
    )


def full(folder: Path, _said: str = "") -> WorkspaceError:
    """The disk is full; whatever was running has been rolled back."""
    return WorkspaceError(
        Text(f"磁盘空间不足：{folder} 所在磁盘已满。", f"The disk that holds {folder} is full."),
        advice=Text(
            "本次操作已整体撤回，已有数据没有变化；请腾出空间后重试。",
            "The operation was taken back as a whole, earlier data are unchanged; free some space and try again.",
        ),
    )


def read_only(folder: Path, _said: str = "") -> WorkspaceError:
    """The folder cannot be written."""
    return WorkspaceError(
        Text(f"没有权限写入工作区 {folder}。", f"The workspace {folder} cannot be written."),
        advice=Text(
            "请检查文件夹权限，或换一个可写的文件夹；只读打开仍可查看。",
            "Check the permissions of the folder or choose another one; it can still be opened read-only.",
        ),
    )


def not_a_workspace(folder: Path, _said: str = "") -> WorkspaceError:
    """The folder holds no workspace, or the file in it is damaged."""
    return WorkspaceError(
        Text(
            f"{folder} 不是 ecodash 工作区，或其中的数据库文件已损坏。",
            f"{folder} is no ecodash workspace, or is damaged.",
        ),
        advice=Text("请检查路径，或新建一个工作区。", "Check the path, or create a new workspace."),
    )


def absent(folder: Path) -> WorkspaceError:
    """There is no workspace at the place."""
    return WorkspaceError(
        Text(f"{folder} 中没有 ecodash 工作区。", f"There is no ecodash workspace in {folder}."),
        advice=Text("请检查路径，或新建一个工作区。", "Check the path, or create a new workspace."),
    )


def newer(folder: Path, _said: str = "") -> WorkspaceError:
    """A newer ecodash wrote the workspace."""
    return WorkspaceError(
        Text(f"工作区 {folder} 由更新版本的 ecodash 建立。", f"The workspace {folder} was written by a newer ecodash."),
        advice=Text("请升级 ecodash 后再打开。", "Upgrade ecodash to open it."),
    )


def wrong_salt(folder: Path) -> WorkspaceError:
    """The salt file belongs to another workspace."""
    return WorkspaceError(
        Text(f"工作区 {folder} 的 salt 文件不是原来的那一个。", f"The salt file of {folder} is not the original one."),
        advice=Text(
            "否则新导入的客户会与已有客户对不上；请从备份中恢复该文件。",
            "New customers could not be matched with known ones; restore the file from a backup.",
        ),
    )


def memory(folder: Path, _said: str = "") -> WorkspaceError:
    """A step needed more memory than DuckDB may use, even with its temporary files."""
    return WorkspaceError(
        Text(f"内存不足，无法在 {folder} 中完成操作。", f"Not enough memory to finish in {folder}."),
        advice=Text(
            "本次操作已整体撤回；请调高环境变量 ECODASH_MEMORY（例如 2GB）后重试。",
            "The operation was taken back as a whole; raise ECODASH_MEMORY (for instance 2GB) and try again.",
        ),
    )


_SAYINGS: tuple[tuple[str, Callable[[Path, str], WorkspaceError]], ...] = (
    (r"Could not set lock|being used by another process|different configuration than existing", locked),
    (
        r"No space left on device|could not allocate.*disk|not enough space|max_temp_directory_size|failed to offload",
        full,
    ),
    (r"Permission denied|Read-only file system|Cannot open file.*denied", read_only),
    (r"not a valid DuckDB database|Corrupt|corrupt|checksum", not_a_workspace),
    (r"newer (version|DuckDB)|version number.*storage", newer),
    (r"Out of Memory|could not allocate|failed to allocate|failed to pin", memory),
)

_ERRNO = {
    errno.ENOSPC: full,
    errno.EDQUOT: full,
    errno.EROFS: read_only,
    errno.EACCES: read_only,
    errno.EPERM: read_only,
    errno.ENOTDIR: not_a_workspace,
}


def explain(error: Exception, folder: Path) -> WorkspaceError | None:
    """The same problem as a WorkspaceError; None when it is none that an operator can act on."""
    if isinstance(error, OSError) and error.errno in _ERRNO:
        return _ERRNO[error.errno](folder, str(error))
    if isinstance(error, duckdb.Error):
        for pattern, make in _SAYINGS:
            if re.search(pattern, str(error), re.IGNORECASE):
                return make(folder, str(error))
    return None


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Whatever goes wrong inside for a reason the operator can act on comes out as WorkspaceError."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        said = explain(error, folder)
        if said is None:
            raise
        raise said from error
