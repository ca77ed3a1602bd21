"""Backups: whole, from either database into either, and refused when anything is wrong with them."""

import asyncio
import io
import json
import random
import stat
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import inspect, text
from sqlmodel import select

from assistant_app import models
from assistant_app.errors import ConflictError, InvalidInputError, ServiceUnavailableError
from assistant_app.repositories import database, migrations, revisions
from assistant_app.repositories.database import Database
from assistant_app.services import archives, backups, restores, search
from assistant_app.settings import get_settings
from tests.conftest import add_user

MOMENT = datetime(2026, 2, 3, 4, 5, 6, 789000, tzinfo=UTC)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with a key and a file in it."""
    folder = tmp_path / "data"
    monkeypatch.setenv("STEWARD_DATA", str(folder))
    get_settings.cache_clear()
    (folder / "files/deep").mkdir(parents=True)
    (folder / "secret.key").write_bytes(bytes(range(32)))
    (folder / "files/deep/note.txt").write_text("kept")
    yield folder
    get_settings.cache_clear()


@pytest_asyncio.fixture
async def filled(db: Database) -> AsyncIterator[Database]:
    """A database with a bit of everything."""
    ada = await add_user("ada", name='Ada 🎈 "quoted"\n', disabled_at=MOMENT)
    async with database.write() as session:
        conversation = models.Conversation(user_id=ada.id, title="Umbrellas")
        session.add(conversation)
        await session.flush()
        session.add(models.Message(user_id=ada.id, conversation_id=conversation.id, role="user", text="a wet umbrella"))
        session.add(models.Provider(user_id=ada.id, kind="ollama", label="Ollama", model_names=["a", "b"]))
        session.add(models.Usage(user_id=ada.id, model="m", cost=0.1 + 0.2, created_at=MOMENT))
    yield db


@pytest_asyncio.fixture
async def archive(filled: Database, tmp_path: Path) -> Path:
    """A sound archive of `filled`."""
    path = tmp_path / "backup.zip"
    await backups.create_backup(path=path)
    return path


async def read_everything() -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables."""
    tables = (models.User, models.Conversation, models.Message, models.Provider, models.Usage, models.DeviceSession)
    async with database.read() as session:
        return {table.__name__: [row.model_dump() for row in await session.scalars(select(table))] for table in tables}


def rewrite(path: Path, change: Callable[[dict[str, bytes]], object], *, honest: bool = False) -> None:
    """Change the members of an archive; if `honest`, the manifest is made to fit again."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    if honest:
        manifest = json.loads(members.pop("manifest.json"))
        manifest["members"] = {
            name: {"sha256": archives.hashlib.sha256(content).hexdigest(), "size": len(content)}
            for name, content in members.items()
        }
        members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def change_manifest(members: dict[str, bytes], **values: Any) -> None:
    """Have the manifest say something else."""
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | values).encode()


async def test_backup_and_restore_bring_everything_back(archive: Path, data: Path) -> None:
    before = await read_everything()
    async with database.write() as session:
        await session.execute(text("DELETE FROM message"))
    await add_user("eve")
    (data / "secret.key").write_bytes(b"another")
    (data / "files/later.txt").write_text("not in the backup")

    backup = await restores.restore_backup(path=archive)

    assert await read_everything() == before
    assert (data / "secret.key").read_bytes() == bytes(range(32))
    assert (data / "files/deep/note.txt").read_text() == "kept"
    assert not (data / "files/later.txt").exists()
    assert backup.files == 2
    assert backup.rows == 5


async def test_what_was_there_before_a_restore_is_kept(archive: Path, data: Path) -> None:
    (data / "files/later.txt").write_text("not in the backup")
    backup = await restores.restore_backup(path=archive)
    assert backup.kept_before is not None
    assert (backup.kept_before / "files/later.txt").read_text() == "not in the backup"
    assert not list(data.glob(".restore-*"))


async def test_restored_messages_are_found_and_numbered_on(archive: Path) -> None:
    await restores.restore_backup(path=archive)
    async with database.write() as session:
        old = (await session.scalars(select(models.Message))).one()
        new = models.Message(user_id=old.user_id, conversation_id=old.conversation_id, role="user", text="dry again")
        session.add(new)
        await session.flush()
        assert (new.number or 0) > (old.number or 0)
    for words in ("umbrella", "dry"):
        assert await search.search(user_id=old.user_id, query=words)


@pytest.mark.parametrize("db", ["postgres"], indirect=True)
async def test_backup_moves_from_postgresql_to_sqlite(archive: Path, tmp_path: Path) -> None:
    before = await read_everything()
    database.open_database(f"sqlite:///{tmp_path / 'other.db'}")
    try:
        await restores.restore_backup(path=archive)
        assert await read_everything() == before
    finally:
        await database.close_database()


@pytest.mark.parametrize("db", ["postgres"], indirect=True)
async def test_backup_moves_from_sqlite_to_postgresql(filled: Database, tmp_path: Path) -> None:
    database.open_database(f"sqlite:///{tmp_path / 'other.db'}")
    try:
        await migrations.migrate(database.current())
        await add_user("grace", disabled_at=MOMENT)
        before = await read_everything()
        await backups.create_backup(path=tmp_path / "other.zip")
    finally:
        await database.close_database()
    await restores.restore_backup(path=tmp_path / "other.zip")
    assert await read_everything() == before


async def columns_of(revision: str, place: Path) -> dict[str, set[str]]:
    """Return the columns of each table that the database of a revision has."""
    older = Database(f"sqlite:///{place / 'older.db'}")
    await migrations.migrate(older, revision)
    async with older.engine.connect() as connection:
        found = await connection.run_sync(
            lambda its: {
                name: {column["name"] for column in inspect(its).get_columns(name)}
                for name in inspect(its).get_table_names()
            }
        )
    await older.close()
    return found


def as_of(members: dict[str, bytes], revision: str, columns: dict[str, set[str]]) -> None:
    """Leave in an archive what its version knew."""
    tables = json.loads(members["manifest.json"])["tables"]
    for name in tables:
        rows = map(json.loads, members.pop(f"tables/{name}.jsonl").splitlines())
        if name in columns:
            kept = [{key: value for key, value in row.items() if key in columns[name]} for row in rows]
            members[f"tables/{name}.jsonl"] = "".join(f"{json.dumps(row)}\n" for row in kept).encode()
    change_manifest(members, revision=revision, tables=[name for name in tables if name in columns])


async def test_backup_of_an_older_version_is_brought_up_to_this_one(archive: Path, tmp_path: Path) -> None:
    before = await read_everything()
    columns = await columns_of("0001", tmp_path)
    assert "task" not in columns
    rewrite(archive, lambda members: as_of(members, "0001", columns), honest=True)
    await restores.restore_backup(path=archive)
    assert await read_everything() == before
    assert await revisions.current_revision(database.current()) == revisions.head()


async def test_backup_sees_one_moment_while_others_write(filled: Database, tmp_path: Path) -> None:
    async def write_on() -> None:
        for number in range(20):
            await add_user(f"user{number}")

    writing = asyncio.create_task(write_on())
    await backups.create_backup(path=tmp_path / "live.zip")
    await writing
    await restores.restore_backup(path=tmp_path / "live.zip")
    assert await search_damage() == ""


async def search_damage() -> str:
    """Return what the database finds wrong with itself."""
    async with database.current().engine.connect() as connection:
        return await backups.dumps.find_damage(connection)


async def test_archive_is_for_its_owner_alone_and_no_draft_is_left(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert not list(archive.parent.glob(f"{archives.DRAFT}*"))


async def test_archive_holds_no_other_backup_and_no_lock(filled: Database, data: Path) -> None:
    (data / "steward.lock").touch()
    (data / "before-restore-x").mkdir()
    (data / "before-restore-x/old").touch()
    await backups.create_backup(path=data / "inside.zip")
    with zipfile.ZipFile(data / "inside.zip") as archive:
        files = {name for name in archive.namelist() if name.startswith("files/")}
    assert files == {"files/secret.key", "files/files/deep/note.txt"}


async def test_backup_never_overwrites(archive: Path) -> None:
    with pytest.raises(ConflictError, match="is there already"):
        await backups.create_backup(path=archive)


async def test_backup_into_no_folder_is_refused(db: Database, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="There is no folder"):
        await backups.create_backup(path=tmp_path / "nowhere/backup.zip")


async def test_backup_of_a_database_that_is_not_up_to_date_is_refused(db: Database, tmp_path: Path) -> None:
    await migrations.migrate(db, "0001")
    with pytest.raises(ConflictError, match="migrate"):
        await backups.create_backup(path=tmp_path / "backup.zip")


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def flip_a_row(path: Path) -> None:
    rewrite(path, lambda members: members.update({"tables/user.jsonl": members["tables/user.jsonl"].swapcase()}))


def drop_a_table(path: Path) -> None:
    rewrite(path, lambda members: members.pop("tables/message.jsonl"))


def drop_a_table_and_say_so(path: Path) -> None:
    rewrite(path, lambda members: members.pop("tables/message.jsonl"), honest=True)


def add_a_member(path: Path) -> None:
    rewrite(path, lambda members: members.update({"files/extra": b""}))


def climb_out(path: Path) -> None:
    rewrite(path, lambda members: members.update({"files/../../climbed": b"out"}), honest=True)


def climb_from_the_root(path: Path) -> None:
    rewrite(path, lambda members: members.update({"/etc/climbed": b"out"}), honest=True)


def drop_the_manifest(path: Path) -> None:
    rewrite(path, lambda members: members.pop("manifest.json"))


def garble_the_manifest(path: Path) -> None:
    rewrite(path, lambda members: members.update({"manifest.json": b"{"}))


def empty_the_manifest(path: Path) -> None:
    rewrite(path, lambda members: members.update({"manifest.json": b"[]"}))


def come_from_the_future(path: Path) -> None:
    rewrite(path, lambda members: change_manifest(members, revision="9999"))


def have_another_format(path: Path) -> None:
    rewrite(path, lambda members: change_manifest(members, format=2))


def hold_rows_of_nobody(path: Path) -> None:
    rewrite(path, lambda members: members.update({"tables/user.jsonl": b""}), honest=True)


def hold_an_unknown_column(path: Path) -> None:
    rewrite(path, lambda members: members.update({"tables/user.jsonl": b'{"id": "x", "shoe": 1}\n'}), honest=True)


def hold_no_rows_at_all(path: Path) -> None:
    rewrite(path, lambda members: members.update({"tables/user.jsonl": b"nonsense\n"}), honest=True)


def be_something_else(path: Path) -> None:
    path.write_text("a shopping list")


DAMAGE: dict[Callable[[Path], None], str] = {
    cut_off: "not a backup of Steward, or is cut off",
    flip_a_row: "'tables/user.jsonl' is damaged",
    drop_a_table: "not those that its manifest lists",
    drop_a_table_and_say_so: "lacks the table 'message'",
    add_a_member: "not those that its manifest lists",
    climb_out: "has a name that no backup has",
    climb_from_the_root: "has a name that no backup has",
    drop_the_manifest: "no manifest",
    garble_the_manifest: "manifest is damaged",
    empty_the_manifest: "manifest makes no sense",
    come_from_the_future: "a newer Steward made it",
    have_another_format: "a newer Steward made it",
    hold_rows_of_nobody: "do not fit",
    hold_an_unknown_column: "no column 'shoe'",
    hold_no_rows_at_all: "do not fit",
    be_something_else: "not a backup of Steward",
}


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
async def test_broken_archive_is_refused_and_changes_nothing(
    archive: Path, data: Path, damage: Callable[[Path], None]
) -> None:
    damage(archive)
    before, files = await read_everything(), sorted(data.rglob("*"))
    with pytest.raises(InvalidInputError, match=DAMAGE[damage]):
        await restores.restore_backup(path=archive)
    assert await read_everything() == before
    assert sorted(path for path in data.rglob("*") if path.suffix not in (".db-wal", ".db-shm")) == files
    assert not (data.parent / "climbed").exists()


async def test_missing_archive_is_refused(db: Database, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="There is no file"):
        await restores.restore_backup(path=tmp_path / "none.zip")


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_no_flipped_byte_goes_unnoticed(archive: Path) -> None:
    sound = archive.read_bytes()
    with archives.read_archive(archive) as reader:
        members = reader.manifest.members
    for place in random.Random(7).sample(range(len(sound)), 400):
        archive.write_bytes(sound[:place] + bytes([sound[place] ^ 0x41]) + sound[place + 1 :])
        try:
            with archives.read_archive(archive) as reader:
                assert reader.manifest.members == members  # What was flipped is no part of the content.
        except InvalidInputError:
            continue


async def test_failure_in_mid_swap_takes_everything_back(
    archive: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await read_everything()
    (data / "secret.key").write_bytes(b"another")

    def fail(_folder: Path) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(restores, "sync_folder", fail)
    with pytest.raises(OSError, match="no space"):
        await restores.restore_backup(path=archive)
    assert (data / "secret.key").read_bytes() == b"another"
    assert await read_everything() == before


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
async def test_backup_of_a_damaged_database_is_refused(filled: Database, tmp_path: Path) -> None:
    async with database.write() as session:
        await session.execute(text("PRAGMA writable_schema = ON"))
        await session.execute(text("UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'ix_conversation_list'"))
    await filled.close()
    with pytest.raises(ServiceUnavailableError, match="damaged"):
        await backups.create_backup(path=tmp_path / "backup.zip")
    assert not (tmp_path / "backup.zip").exists()


def test_draft_of_an_archive_is_removed_when_writing_fails(tmp_path: Path) -> None:
    def write_half() -> None:
        with archives.write_archive(tmp_path / "backup.zip") as writer, writer.open_member("files/a") as member:
            member.copy(io.BytesIO(b"half"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
