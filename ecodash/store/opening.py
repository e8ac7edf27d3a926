"""What happens before a workspace can be used: fill an empty file, or make sure that the file is one of ours."""

from collections.abc import Sequence

from ecodash.core.errors import WorkspaceError
from ecodash.core.settings import Settings
from ecodash.core.text import Text
from ecodash.store import identity, preferences, problems, refreshing, tables
from ecodash.store.database import Database
from ecodash.store.frames import FactSpec


def initialise(database: Database, settings: Settings, facts: Sequence[FactSpec]) -> None:
    """Create everything in an empty file, in one transaction. Raises WorkspaceError when it is not empty."""
    cursor = database.cursor()
    if cursor.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'meta' AND NOT temporary").fetchall():
        raise WorkspaceError(
            Text(f"{database.folder.root} 已经是一个工作区。", f"{database.folder.root} already is a workspace."),
            advice=Text("请直接打开它，或换一个文件夹。", "Open it, or choose another folder."),
        )
    cursor.execute("BEGIN TRANSACTION")
    try:
        tables.create(cursor)
        preferences.write(cursor, "schema_version", str(tables.SCHEMA_VERSION))
        preferences.write(cursor, "salt_print", identity.salt_print(database.folder.salt()))
        preferences.write(cursor, "settings", preferences.to_text(settings))
        refreshing.build_all(cursor, facts, settings)
        cursor.execute("COMMIT")
    except BaseException:
        cursor.execute("ROLLBACK")
        raise


def check(database: Database) -> None:
    """Raises WorkspaceError when the file is no workspace, is newer than this program, or its salt is another one."""
    cursor = database.cursor()
    root = database.folder.root
    if not cursor.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'meta'").fetchall():
        raise problems.not_a_workspace(root)
    if int(preferences.read(cursor, "schema_version") or 0) > tables.SCHEMA_VERSION:
        raise problems.newer(root)
    if preferences.read(cursor, "salt_print") != identity.salt_print(database.folder.salt()):
        raise problems.wrong_salt(root)


def modernise(database: Database, facts: Sequence[FactSpec]) -> None:
    """Add tables and columns that are new in this version, and rebuild facts whose definition changed."""
    cursor = database.cursor()
    if not tables.outdated(cursor) and refreshing.current(cursor, facts):
        return
    with database.transaction() as writer:
        tables.create(writer)
        settings = preferences.from_text(preferences.read(writer, "settings") or "{}")
        refreshing.build_all(writer, facts, settings)
