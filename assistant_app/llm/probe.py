"""Asks a provider whether it answers, takes the key, and which models it has."""

import asyncio
import ipaddress
import json
import socket
from asyncio import get_running_loop
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2

from assistant_app.errors import InvalidInputError, ModelCutError, ModelNotFoundError
from assistant_app.llm import faults
from assistant_app.llm.catalog import Kind
from assistant_app.llm.faults import Callee

_PATIENCE = httpx2.Timeout(10.0, connect=5.0)
_SECONDS = 20.0  # For all of one answer; the patience is for each of its pieces.
_MOST_BYTES = 4 * 1024 * 1024
_MOST_NAMES = 500
_LONGEST_NAME = 200
# Where clouds hand out a machine's own credentials. Other addresses of the house are fine: an Ollama may live there.
_METADATA_HOSTS = frozenset({"metadata.google.internal", "metadata", "instance-data"})
_METADATA = frozenset(map(ipaddress.ip_address, ("169.254.169.254", "100.100.100.200", "fd00:ec2::254")))


@dataclass(frozen=True)
class Probe:
    """What a provider said, and at which `base_url`: that may be more exact than the one given."""

    names: tuple[str, ...]
    base_url: str


@dataclass(frozen=True)
class _Reply:
    """An answer that has been read, and is not too large for that."""

    status_code: int
    headers: httpx2.Headers
    body: bytes


class _StatusError(Exception):
    """The provider answered with an error."""

    def __init__(self, response: _Reply) -> None:
        super().__init__(response.body[:300].decode(errors="replace"))
        self.status_code, self.response = response.status_code, response


async def probe(kind: Kind, *, title: str, secret: str = "", base_url: str = "") -> Probe:
    """Check the key and list the models' names; raises a ModelError that says what is wrong."""
    if kind.server:
        await check_address(base_url)
    callee = Callee(title, "", base_url)
    async with httpx2.AsyncClient(timeout=_PATIENCE, headers=_headers(kind, secret)) as client:
        for base in _bases(kind, base_url):
            response = await _get(client, f"{base}{kind.proof}", callee)
            if response.status_code != 404:
                break
        else:
            raise ModelNotFoundError(
                f"{title} answers at {base_url}, but has no list of models there. Check the address.", provider=title
            )
        if kind.listing and kind.listing != kind.proof:
            response = await _get(client, f"{base}{kind.listing}", callee)
    names = _names(response, title) if kind.listing else ()
    return Probe(names, base)


def _headers(kind: Kind, secret: str) -> dict[str, str]:
    if not secret:
        return {}
    match kind.header:
        case "x-api-key":
            return {"x-api-key": secret, "anthropic-version": "2023-06-01"}
        case "x-goog-api-key":
            return {"x-goog-api-key": secret}
        case "bearer":
            return {"authorization": f"Bearer {secret}"}


def _bases(kind: Kind, base_url: str) -> tuple[str, ...]:
    """Return the addresses to try: people leave the /v1 away, or add one where it does not belong."""
    if not kind.server:
        return ("",)
    bare = base_url.removesuffix("/v1")
    return (bare,) if kind.id == "ollama" else tuple(dict.fromkeys((base_url, f"{bare}/v1")))


async def _get(client: httpx2.AsyncClient, url: str, callee: Callee) -> _Reply:
    try:
        async with asyncio.timeout(_SECONDS):
            response = await _read(client, url, callee)
    except TimeoutError:
        raise faults.too_slow(callee, _SECONDS, when="first") from None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise faults.translate(error, callee, streaming=False).error from None
    if response.status_code >= 400 and response.status_code != 404:
        raise faults.translate(_StatusError(response), callee, streaming=False).error
    return response


async def _read(client: httpx2.AsyncClient, url: str, callee: Callee) -> _Reply:
    """Read an answer as far as one can be believed: whoever gives an address may have put anything there."""
    body = bytearray()
    async with client.stream("GET", url) as response:
        async for piece in response.aiter_bytes(64 * 1024):
            body += piece
            if len(body) > _MOST_BYTES:
                raise _no_list(callee.provider)
    return _Reply(response.status_code, response.headers, bytes(body))


def _names(response: _Reply, title: str) -> tuple[str, ...]:
    """Read OpenAI's `{"data": [{"id": ...}]}` or Ollama's `{"models": [{"name": ...}]}`."""
    try:
        body: Any = json.loads(response.body)
        entries = body.get("data", body.get("models", []))
        names = [str(entry.get("id") or entry.get("name")) for entry in entries]
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise _no_list(title) from None
    return tuple(dict.fromkeys(name for name in names if len(name) <= _LONGEST_NAME))[:_MOST_NAMES]


def _no_list(title: str) -> ModelCutError:
    return ModelCutError(f"{title} sent something that is no list of models. Check the address.", provider=title)


def clean_address(text: str) -> str:
    """Return a server's base URL in one form; raises InvalidInputError where it cannot be one."""
    address = text.strip().rstrip("/").removesuffix("/chat/completions")
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise InvalidInputError(f"“{text}” is no web address. Write one such as http://127.0.0.1:11434.") from None
    if not usable or parts.query or parts.fragment or parts.username is not None:
        raise InvalidInputError("Write the server's address with http:// or https://, such as http://127.0.0.1:11434.")
    return address


async def check_address(base_url: str) -> None:
    """Refuse an address that leads to link-local or metadata services, by its name or by what the name resolves to."""
    host = (urlsplit(base_url).hostname or "").rstrip(".").lower()
    if host in _METADATA_HOSTS or any(_forbidden(address) for address in await _addresses(host)):
        raise InvalidInputError(f"{host} is a link-local address of this machine's network, not a model server.")


async def _addresses(host: str) -> list[str]:
    try:
        found = await get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []  # It does not exist (now), and calling it will say so.
    return [str(entry[4][0]) for entry in found]


def _forbidden(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_link_local or ip.is_multicast or ip in _METADATA
