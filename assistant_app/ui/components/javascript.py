"""The JavaScript files beside this module, as paths that a wrapped component imports."""

from pathlib import Path

import reflex as rx

_PATHS = {
    path.name: rx.asset(path.name, shared=True).importable_path for path in sorted(Path(__file__).parent.glob("*.js"))
}


def library(name: str) -> str:
    """Return the import path of one file; all of them lie in one folder, so they may import each other."""
    return _PATHS[name]
