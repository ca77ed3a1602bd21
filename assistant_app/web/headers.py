"""Headers that every answer carries."""

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

from assistant_app.settings import get_settings

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": under that, browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=()",
}
_YEAR = 365 * 24 * 3600


def with_headers(send: Send, scope: Scope, policy: str) -> Send:
    """Return a `send` that adds the headers which an answer has not set itself."""

    async def send_more(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", policy)
            headers.setdefault("Cache-Control", _caching(scope["path"], message["status"]))
            if get_settings().is_https:
                headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
        await send(message)

    return send_more


def _caching(path: str, status: int) -> str:
    # The names of the built files change with what is in them.
    if path.startswith("/assets/") and status in (200, 206, 304):
        return f"private, max-age={_YEAR}, immutable"
    return "no-cache"
