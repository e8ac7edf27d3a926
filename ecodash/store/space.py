"""Is there room for a load? Asked before it begins, so that it need not fail half-way."""

from ecodash.core.errors import WorkspaceError
from ecodash.core.text import Text
from ecodash.store.folder import Folder

_FACTOR, _RESERVE = 2.5, 4 << 20


def require_space(folder: Folder, size: int) -> None:
    """Raises WorkspaceError when the disk has not room for the rows, facts and spill of a file of ``size`` bytes."""
    needed, free = int(size * _FACTOR) + _RESERVE, folder.free_bytes()
    if free >= needed:
        return
    need, have = _megabytes(needed), _megabytes(free)
    raise WorkspaceError(
        Text(
            f"磁盘空间不足：导入约需 {need} MB，{folder.root} 所在磁盘只剩 {have} MB。",
            f"Not enough room on the disk: the load needs about {need} MB, {folder.root} has {have} MB left.",
        ),
        advice=Text("没有导入任何数据；请腾出空间后重试。", "Nothing was loaded; free some space and try again."),
    )


def _megabytes(size: int) -> int:
    return -(-size // (1 << 20))
