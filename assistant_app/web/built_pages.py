"""What the built front end consists of: the addresses of its pages, and the scripts that they may run."""

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

BUILT = Path(".web/build/client")
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class BuiltPages:
    """`folders` are the addresses that the file server only knows with a slash at their end."""

    folders: frozenset[str]
    policy: str


def read_built_pages(folder: Path = BUILT) -> BuiltPages:
    """Read the build; without one there are no pages, and no inline script is allowed."""
    hashes: set[str] = set()
    folders: set[str] = set()
    for path in sorted(folder.rglob("*.html")):
        hashes |= {_hash(script) for script in _INLINE_SCRIPT.findall(path.read_text(encoding="utf-8"))}
        if path.name == "index.html" and path.parent != folder:
            folders.add("/" + path.parent.relative_to(folder).as_posix())
    return BuiltPages(frozenset(folders), content_policy(sorted(hashes)))


def content_policy(script_hashes: list[str]) -> str:
    """Return the Content-Security-Policy of the pages: scripts of ours only, no eval, nothing from elsewhere."""
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in script_hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self' blob:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
