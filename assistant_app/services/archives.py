"""The file that a backup is: a zip archive whose manifest knows the hash of every member."""

import hashlib
import json
import os
import re
import struct
import tempfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant_app.errors import InvalidInputError

FORMAT = 1
DRAFT = ".steward-backup-"
_MANIFEST = "manifest.json"
_PIECE = 1 << 20
_NAME = re.compile(r"tables/[a-z_]+\.jsonl|files/[^\\:\0]+")
_UNREADABLE = (BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


class Member(BaseModel):
    """What the manifest says of one member of the archive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str
    size: int = Field(ge=0)


class Manifest(BaseModel):
    """What an archive says of itself. `tables` are in the order in which they can be filled."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = FORMAT
    version: str
    revision: str
    created_at: datetime
    tables: tuple[str, ...]
    members: dict[str, Member]


class ArchiveWriter:
    """Fills an archive, and keeps account of what is in it."""

    def __init__(self, archive: ZipFile) -> None:
        """Write into `archive`."""
        self._archive = archive
        self.members: dict[str, Member] = {}

    @contextmanager
    def open_member(self, name: str) -> Generator["MemberWriter"]:
        """Write a member piece by piece."""
        with self._archive.open(name, "w", force_zip64=True) as file:
            writer = MemberWriter(file)
            yield writer
        self.members[name] = Member(sha256=writer.digest.hexdigest(), size=writer.size)

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, as the last thing."""
        self._archive.writestr(_MANIFEST, manifest.model_dump_json(indent=1))


class MemberWriter:
    """A member that is being written."""

    def __init__(self, file: IO[bytes]) -> None:
        """Write into `file`, and take the hash of all of it."""
        self._file = file
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Add a piece."""
        self._file.write(piece)
        self.digest.update(piece)
        self.size += len(piece)

    def copy(self, source: IO[bytes]) -> None:
        """Add a whole file."""
        while piece := source.read(_PIECE):
            self.write(piece)


@contextmanager
def write_archive(path: Path) -> Generator[ArchiveWriter]:
    """Make an archive that is at `path` whole and on the disk at the end, or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=DRAFT)  # Readable by its owner alone.
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                yield ArchiveWriter(archive)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the disk remember which files are in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class ArchiveReader:
    """An archive of which every byte has been checked against its manifest."""

    def __init__(self, archive: ZipFile, manifest: Manifest) -> None:
        """Read from `archive`."""
        self._archive = archive
        self.manifest = manifest

    def read_rows(self, table: str) -> Iterator[dict[str, Any]]:
        """Return the rows of a table."""
        with self._archive.open(f"tables/{table}.jsonl") as file:
            for line in file:
                yield json.loads(line)

    def extract_files(self, folder: Path) -> None:
        """Write the files of the data folder into `folder`."""
        for name in self.manifest.members:
            if name.startswith("files/"):
                path = folder / name.removeprefix("files/")
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with self._archive.open(name) as source, path.open("xb") as target:
                    path.chmod(0o600)
                    while piece := source.read(_PIECE):
                        target.write(piece)
                    target.flush()
                    os.fsync(target.fileno())


@contextmanager
def read_archive(path: Path) -> Generator[ArchiveReader]:
    """Open an archive, or say what is wrong with it."""
    if not path.is_file():
        raise InvalidInputError(f"There is no file {path}.")
    try:
        archive = ZipFile(path)
    except _UNREADABLE:
        raise InvalidInputError(f"{path} is not a backup of Steward, or is cut off.") from None
    with archive:
        try:
            manifest = _checked(archive)
        except InvalidInputError as error:
            raise InvalidInputError(f"{path} cannot be restored: {error}") from None
        yield ArchiveReader(archive, manifest)


def _checked(archive: ZipFile) -> Manifest:
    names = archive.namelist()
    if _MANIFEST not in names:
        raise InvalidInputError("it has no manifest, so that it is not a backup of Steward.")
    manifest = _read_manifest(archive)
    if sorted(names) != sorted([_MANIFEST, *manifest.members]):
        raise InvalidInputError("its members are not those that its manifest lists.")
    for name in manifest.members:
        if not _NAME.fullmatch(name) or {"..", ".", ""} & set(name.split("/")) or PurePosixPath(name).is_absolute():
            raise InvalidInputError(f"its member {name!r} has a name that no backup has.")
    if missing := [table for table in manifest.tables if f"tables/{table}.jsonl" not in manifest.members]:
        raise InvalidInputError(f"it lacks the table {missing[0]!r}.")
    for name, member in manifest.members.items():
        if _describe(archive, name, member.size) != member:
            raise InvalidInputError(f"its member {name!r} is damaged.")
    return manifest


def _read_manifest(archive: ZipFile) -> Manifest:
    try:
        raw = json.loads(archive.read(_MANIFEST))
    except _UNREADABLE:
        raise InvalidInputError("its manifest is damaged.") from None
    if isinstance(raw, dict) and isinstance(raw.get("format"), int) and raw["format"] > FORMAT:
        raise InvalidInputError("a newer Steward made it. Restore it with that version.")
    try:
        return Manifest.model_validate(raw)
    except ValidationError:
        raise InvalidInputError("its manifest makes no sense.") from None


def _describe(archive: ZipFile, name: str, limit: int) -> Member | None:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as file:
            while size <= limit and (piece := file.read(_PIECE)):
                digest.update(piece)
                size += len(piece)
    except _UNREADABLE:
        return None
    return Member(sha256=digest.hexdigest(), size=size)
