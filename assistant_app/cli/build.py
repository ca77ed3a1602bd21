"""`build`: the front end, if its sources changed since it was last built."""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

from assistant_app import clock
from assistant_app.cli.environment import ROOT, build_environment
from assistant_app.errors import ServiceUnavailableError

_WEB = ROOT / ".web"
_STAMP = _WEB / "steward.built"
_LOG = _WEB / "steward.build.log"
_SOURCES = ("rxconfig.py", "requirements.txt", "assets", "reflex.lock", "assistant_app")
# What pages cannot import cannot change them either.
_APART = frozenset(ROOT / "assistant_app" / name for name in ("agent", "cli", "jobs", "models", "repositories", "web"))
_MADE = frozenset(("__pycache__", "external"))  # Reflex links our scripts into assets/external.


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `build` takes."""
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")


def run(arguments: argparse.Namespace) -> None:
    """Build, or say that there is nothing to do."""
    if not build_front_end(force=arguments.force):
        print("The front end is up to date.")


def build_front_end(*, force: bool = False) -> bool:
    """Build if the sources changed, and tell whether that was so; a second process waits for the first."""
    with _alone():
        fingerprint = read_fingerprint()
        if not force and is_built(fingerprint):
            return False
        print("Building the front end; the first time takes a minute ...", flush=True)
        started = clock.monotonic()
        forget_build()
        _export()
        _tidy_lock()
        # Building writes the lock file back, so that it is read anew.
        _STAMP.write_text(read_fingerprint())
        print(f"Built in {clock.monotonic() - started:.0f} s.", flush=True)
        return True


def is_built(fingerprint: str | None = None) -> bool:
    """Tell whether what is built was built from the sources as they are."""
    return _STAMP.is_file() and _STAMP.read_text() == (fingerprint or read_fingerprint())


def forget_build() -> None:
    """Have the next start build, whatever is there."""
    _STAMP.unlink(missing_ok=True)


def read_fingerprint() -> str:
    """Return a hash of everything that pages are made of."""
    digest = hashlib.sha256()
    for path in sorted(_source_files()):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _source_files() -> Iterator[Path]:
    for name in _SOURCES:
        if (ROOT / name).is_file():
            yield ROOT / name
        for folder, folders, names in os.walk(ROOT / name):
            folders[:] = [each for each in folders if each not in _MADE and Path(folder, each) not in _APART]
            yield from (Path(folder, each) for each in names)


def _export() -> None:
    _WEB.mkdir(exist_ok=True)
    with _LOG.open("w+") as log:
        command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip", "--loglevel", "info"]
        done = subprocess.run(  # noqa: S603 - our own Reflex
            command, cwd=ROOT, env=build_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        )
        if done.returncode:
            log.seek(0)
            sys.stderr.write("".join(log.readlines()[-40:]))
            raise ServiceUnavailableError(
                f"The front end could not be built; the reason is above, and the whole output in {_LOG}. "
                "The first build fetches packages from the npm registry: check that it can be reached."
            )


def _tidy_lock() -> None:
    """Keep the list of packages in one order: npm's own depends on what was installed before."""
    path = ROOT / "reflex.lock/package.json"
    path.write_text(json.dumps(json.loads(path.read_text()), indent=2, sort_keys=True) + "\n")


@contextlib.contextmanager
def _alone() -> Generator[None]:
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
