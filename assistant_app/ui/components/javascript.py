"""The JavaScript files beside this module, as paths that a wrapped component imports."""

import secrets
from pathlib import Path

_FOLDER = Path(__file__).parent
_PLACE = "external/steward"  # Below assets, which Reflex copies to what it builds from.
_NAMES = frozenset(path.name for path in _FOLDER.glob("*.js"))


def library(name: str) -> str:
    """Return the import path of one file; all of them lie in one folder, so they may import each other."""
    if name not in _NAMES:
        raise FileNotFoundError(_FOLDER / name)
    return f"$/public/{_PLACE}/{name}"


def _link_all() -> None:
    """Do for all files what `rx.asset(shared=True)` does for one; that walks the whole stack, 50 ms each time."""
    place = _FOLDER.parents[2] / "assets" / _PLACE
    place.mkdir(parents=True, exist_ok=True)
    for name in _NAMES:
        link, source = place / name, _FOLDER / name
        if not (link.is_symlink() and link.readlink() == source):
            draft = place / f".{secrets.token_hex(8)}"
            draft.symlink_to(source)
            draft.replace(link)  # In one step, as other processes may do the same.
    for link in place.iterdir():
        if link.name not in _NAMES and not link.name.startswith("."):
            link.unlink(missing_ok=True)


_link_all()
