"""Makes one build of the front end run on any port and host name."""

import re
from pathlib import Path
from typing import Any

from reflex_base.plugins import Plugin

_ADDRESS = re.compile(r"""(["`'])(ws|http)s?://[^/"`']+(/[^"`']*)\1""")


def _from_location(match: re.Match[str]) -> str:
    scheme, path = match[2], match[3]
    to_socket = '.replace(/^http/,"ws")' if scheme == "ws" else ""
    return f'(typeof location=="undefined"?"{scheme}://localhost":location.origin{to_socket})+"{path}"'


class OriginFree(Plugin):
    """Reflex bakes the back end's address into the bundle; this asks the page's own instead."""

    def post_build(self, **context: Any) -> None:
        """Rewrite the addresses in the chunk that holds them, before it is compressed."""
        chunks = list(Path(context["static_dir"]).rglob("reflex-env-*.js"))
        for chunk in chunks:
            chunk.write_text(_ADDRESS.sub(_from_location, chunk.read_text()))
        if not any("location.origin" in chunk.read_text() for chunk in chunks):
            raise RuntimeError("the built front end holds its address in another place than expected")
