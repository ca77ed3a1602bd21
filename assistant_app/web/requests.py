"""What a request says about itself: where it comes from, who sent it, and where it wants to go next."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from assistant_app.services.devices import Session
from assistant_app.settings import get_settings

SESSION = "steward.session"  # Where the gate leaves the session in the scope.
_LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,2000}")


def client_address(scope: Scope) -> str:
    """Return the address of the client, as the trusted proxies in front have seen it."""
    hops = get_settings().trusted_proxy_hops
    if hops:
        seen = [part.strip() for part in Headers(scope=scope).get("x-forwarded-for", "").split(",") if part.strip()]
        if len(seen) >= hops:
            return seen[-hops]
    client = scope.get("client")
    return client[0] if client else ""


def is_own_origin(scope: Scope) -> bool:
    """Tell whether a request comes from one of our own pages."""
    headers = Headers(scope=scope)
    origin, origins = headers.get("origin", ""), get_settings().origins
    if origin in origins:
        return True
    # Behind a proxy that ends TLS the scheme may differ; the host has to be one of ours, and the one asked for.
    parts = urlsplit(origin)
    return (
        parts.scheme in ("http", "https")
        and parts.netloc == headers.get("host", "")
        and parts.netloc in {urlsplit(own).netloc for own in origins}
    )


def local_path(wanted: str) -> str:
    """Return a path of ours to go on to, the start page for everything else."""
    if not _LOCAL_PATH.fullmatch(wanted) or wanted.startswith(("/login", "/logout", "/setup", "/invite", "/reset")):
        return "/"
    return wanted


def session_of(request: Request) -> Session | None:
    """Return the session that the gate has found."""
    return request.scope.get(SESSION)


async def form_values(request: Request) -> Mapping[str, str]:
    """Return the text fields of a form; files are no text and are left out."""
    form = await request.form(max_files=0, max_fields=20)
    return {key: value for key, value in form.items() if isinstance(value, str)}
