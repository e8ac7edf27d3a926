"""The folder: opening, locking, refusing, hardening."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from ecodash.core.errors import WorkspaceError
from ecodash.core.settings import SalesPolicy, Settings
from ecodash.store import Workspace
from tests.store.shop import FACTS, content, order, orders, source

NOT_ROOT = not hasattr(os, "geteuid") or os.geteuid() != 0


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "shop", facts=FACTS) as opened:
        opened.load(source("a.csv"), {"orders": orders([order(1)])})
        yield opened


def test_a_new_workspace_is_empty_and_knows_every_table(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "shop") as workspace:
        assert workspace.loads().is_empty()
        assert workspace.loaded_tables() == set()
        assert workspace.table("tickets").collect(backend="polars").to_native().is_empty()


def test_secrets_are_readable_by_the_owner_only(workspace: Workspace) -> None:
    folder = workspace.folder
    assert stat.S_IMODE(folder.salt_file.stat().st_mode) == 0o600
    for private in (folder.root, folder.uploads, folder.temporary):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700


def test_what_was_loaded_is_there_after_reopening(workspace: Workspace) -> None:
    before = content(workspace, "fact.totals", provenance=True)
    workspace.close()
    with Workspace.open(workspace.folder.root, facts=FACTS) as again:
        assert content(again, "fact.totals", provenance=True) == before
    workspace._database.users = 1  # closed above; the fixture closes once more


def test_settings_survive_reopening_and_the_zone_is_fixed_once_data_are_there(workspace: Workspace) -> None:
    wanted = Settings(base_currency="USD", private_channels=("wecom",), policy=SalesPolicy(include_tax=True))
    workspace.change_settings(wanted)
    with Workspace.open(workspace.folder.root, facts=FACTS) as again:
        assert again.settings == wanted
    with pytest.raises(WorkspaceError, match="zone cannot change"):
        workspace.change_settings(replace(wanted, business_zone="UTC"))


def test_creating_over_a_workspace_is_refused(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="already is a workspace"):
        Workspace.create(workspace.folder.root)


def test_opening_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no ecodash workspace") as caught:
        Workspace.open(tmp_path)
    assert "没有 ecodash 工作区" in caught.value.message.zh


@pytest.mark.parametrize("junk", [b"", b"PK\x03\x04 not a database" * 500])
def test_a_file_that_is_no_workspace_is_refused(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "ecodash.duckdb").write_bytes(junk)
    with pytest.raises(WorkspaceError, match="no ecodash workspace"):
        Workspace.open(tmp_path)


def test_a_workspace_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w") as workspace:
        workspace._database.cursor().execute("UPDATE meta SET value = '99' WHERE name = 'schema_version'")
    with pytest.raises(WorkspaceError, match="newer ecodash"):
        Workspace.open(tmp_path / "w")


def test_a_lost_or_foreign_salt_is_noticed(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w") as workspace:
        salt = workspace.folder.salt_file
    salt.write_text("00" * 32)
    with pytest.raises(WorkspaceError, match="salt file"):
        Workspace.open(tmp_path / "w")
    salt.unlink()
    with pytest.raises(WorkspaceError, match="salt"):
        Workspace.open(tmp_path / "w")


def test_columns_and_tables_that_are_new_in_this_version_are_added(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "w", facts=FACTS) as workspace:
        workspace.load(source("a.csv"), {"orders": orders([order(1)])})
        cursor = workspace._database.cursor()
        cursor.execute("DROP VIEW current.orders")
        for schema in ("versions", "merged"):
            cursor.execute(f"ALTER TABLE {schema}.orders DROP COLUMN coupon")
            cursor.execute(f"DROP TABLE {schema}.tickets CASCADE")
    with Workspace.open(tmp_path / "w", facts=FACTS) as again:
        again.load(source("b.csv"), {"orders": orders([order(1, status="completed"), order(2)])})
        rows = again.table("orders").collect(backend="polars").to_native().sort("order_id")
        assert rows["coupon"].to_list() == [None, None]
        assert rows["status"].to_list() == ["completed", "paid"]
        assert again.table("tickets").collect(backend="polars").to_native().is_empty()


# ------------------------------------------------------------------------------------------------ other processes


def elsewhere(path: Path, how: str) -> str:
    """What another process is told when it opens the workspace."""
    code = (
        "import sys; from pathlib import Path; from ecodash.store import Workspace; "
        "from ecodash.core.errors import WorkspaceError\n"
        f"try: Workspace.open(Path(sys.argv[1]), {how}); print('opened')\n"
        "except WorkspaceError as e: print(e.message.en, e.message.zh)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("how", ["read_only=False", "read_only=True"])
def test_a_second_process_is_told_who_uses_the_workspace(workspace: Workspace, how: str) -> None:
    said = elsewhere(workspace.folder.root, how)
    assert f"process {os.getpid()}" in said
    assert f"进程号 {os.getpid()}" in said


def test_two_readers_share_a_workspace(workspace: Workspace, tmp_path: Path) -> None:
    root = workspace.folder.root
    copy = tmp_path / "copy"
    workspace.close()
    shutil.copytree(root, copy)
    workspace._database.users = 1
    with Workspace.open(copy, read_only=True) as reader:
        assert elsewhere(copy, "read_only=True") == "opened\n"
        assert "process" in elsewhere(copy, "read_only=False")
        assert len(content(reader, "orders")) == 1
        with pytest.raises(WorkspaceError, match="cannot be written"):
            reader.load(source("b.csv"), {"orders": orders([order(2)])})
        with pytest.raises(WorkspaceError, match="is using the workspace"):
            Workspace.open(copy)


def test_readers_see_the_old_state_until_a_load_is_committed(workspace: Workspace) -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(len(content(workspace, "orders")))

    with workspace._database.transaction() as cursor:
        cursor.execute("DELETE FROM versions.orders")
        reader = threading.Thread(target=look)
        reader.start()
        reader.join()
    assert seen == [1]
    look()
    assert seen == [1, 0]


def test_many_threads_read_while_one_loads(workspace: Workspace) -> None:
    counts: list[int] = []
    failures: list[Exception] = []

    def read() -> None:
        try:
            for _ in range(10):
                joined = workspace.fact("totals").join(workspace.table("orders"), on="order_id")
                counts.append(joined.collect(backend="polars").to_native().height)
        except Exception as error:  # noqa: BLE001 - any failure of a thread is a failure of the test
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(2, 5):
        workspace.load(source(f"{number}.csv"), {"orders": orders([order(number)])})
    for thread in threads:
        thread.join()
    assert failures == []
    assert set(counts) <= {1, 2, 3, 4}


def test_a_snapshot_does_not_move(workspace: Workspace) -> None:
    with workspace.snapshot():
        before = len(content(workspace, "orders"))
        loader = threading.Thread(target=workspace.load, args=(source("b.csv"), {"orders": orders([order(2)])}))
        loader.start()
        loader.join()
        assert len(content(workspace, "orders")) == before == 1
        assert len(content(workspace, "fact.totals", as_of=1)) == 1
    assert len(content(workspace, "orders")) == 2


def test_facts_of_an_earlier_load_can_be_read_from_a_read_only_workspace(workspace: Workspace) -> None:
    workspace.load(source("b.csv"), {"orders": orders([order(2)])})
    root = workspace.folder.root
    workspace.close()
    with Workspace.open(root, read_only=True, facts=FACTS) as reader:
        assert len(content(reader, "fact.totals", as_of=1)) == 1
        assert len(content(reader, "fact.totals")) == 2
    workspace._database.users = 1


# ---------------------------------------------------------------------------------------------------- bad places


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 40 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if NOT_ROOT or not shutil.which("mount"):
        pytest.skip("needs root to mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(place)], check=False)
    if mounted.returncode:
        pytest.skip("this machine does not let tests mount a disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def wide(number: int) -> pl.DataFrame:
    """Orders with text that does not compress."""
    return pl.DataFrame(
        {
            "order_id": [f"o{n}" for n in range(number)],
            "coupon": [os.urandom(60).hex() for _ in range(number)],
            "row_no": list(range(number)),
        }
    )


def test_a_disk_that_fills_up_half_way_loses_nothing(small_disk: Path) -> None:
    with Workspace.create(small_disk / "shop", facts=FACTS) as workspace:
        workspace.load(source("a.csv"), {"orders": orders([order(1)])})
        before = content(workspace, "fact.totals")
        with pytest.raises(WorkspaceError, match=r"disk that holds .* is full"):
            workspace.load(source("b.csv"), {"orders": wide(400_000)})
        assert workspace.loads().height == 1
        assert content(workspace, "fact.totals") == before
        workspace.load(source("c.csv"), {"orders": orders([order(2)])})
    with Workspace.open(small_disk / "shop", facts=FACTS) as again:
        assert len(content(again, "fact.totals")) == 2


def test_a_file_too_large_for_the_disk_is_refused_beforehand(small_disk: Path) -> None:
    with (
        Workspace.create(small_disk / "shop") as workspace,
        pytest.raises(WorkspaceError, match=r"needs about \d+ MB.* has \d+ MB left"),
    ):
        workspace.load(source("a.csv", bytes=100 << 20), {"orders": orders([order(1)])})


def test_a_read_only_disk_is_named_and_can_still_be_read(small_disk: Path) -> None:
    with Workspace.create(small_disk / "shop", facts=FACTS) as workspace:
        workspace.load(source("a.csv"), {"orders": orders([order(1)])})
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(WorkspaceError, match="cannot be written"):
        Workspace.open(small_disk / "shop")
    with pytest.raises(WorkspaceError, match="cannot be written"):
        Workspace.create(small_disk / "other")
    with Workspace.open(small_disk / "shop", read_only=True, facts=FACTS) as reader:
        assert len(content(reader, "fact.totals")) == 1


@pytest.mark.skipif(not NOT_ROOT, reason="root may write everywhere")
def test_a_folder_without_permission_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(WorkspaceError, match="cannot be written"):
        Workspace.create(tmp_path / "shop")
    tmp_path.chmod(0o700)


# --------------------------------------------------------------------------------------------------- hostile SQL


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('{outside}/secret.csv')",
        "SELECT * FROM read_text('{workspace}/../secret.csv')",
        "SELECT * FROM '{workspace}/link.csv'",
        "SELECT * FROM glob('/etc/*')",
        "COPY (SELECT 1) TO '{outside}/out.csv'",
        "ATTACH '{outside}/other.duckdb'",
        "EXPORT DATABASE '{outside}/dump'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "SELECT * FROM read_csv('https://example.org/a.csv')",
    ],
)
def test_sql_cannot_leave_the_workspace(workspace: Workspace, statement: str) -> None:
    root = workspace.folder.root
    (root.parent / "secret.csv").write_text("a\n1\n")
    (root / "link.csv").symlink_to(root.parent / "secret.csv")
    with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException, duckdb.CatalogException)):
        workspace._database.cursor().execute(statement.format(outside=root.parent, workspace=root)).fetchall()


def test_sql_may_read_an_upload_inside_the_workspace(workspace: Workspace) -> None:
    path = workspace.folder.uploads / "a.csv"
    path.write_text("a\n1\n")
    rows = workspace._database.cursor().execute(f"SELECT a FROM read_csv('{path}')").fetchall()
    assert rows == [(1,)]
