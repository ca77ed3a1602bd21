"""Fifty tabs, each with a conversation and an answer of its own, at the same time; without browsers.

    python -m benchmarks.clients                fifty people
    python -m benchmarks.clients --one-person   one person with fifty tabs

Each client speaks the page's protocol: it comes in with a cookie, opens a conversation as the page does, follows it,
sends a question, and reads pieces of the answer until it is whole.
"""

import argparse
import asyncio
import functools
import json
import statistics
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from assistant_app.ui.chat.state import ChatState, TextState
from benchmarks import stage
from benchmarks.figures import Figure, percentile, run_alone
from benchmarks.stage import Guest, Provider, Steward
from benchmarks.text import markdown

_CLIENTS, _TOKENS, _RATE, _ROUNDS = 50, 500, 50, 3
_MODEL = f"tokens-{_TOKENS}-{_RATE}"
_SPREAD_SECONDS = 2.0
_PREFIX = '42/_event,["event",'
_SEND = f"{ChatState.get_full_name()}.send"
_HYDRATE = "reflex___state____state.hydrate_and_load"
_CHAT, _TEXT = ChatState.get_full_name(), TextState.get_full_name()
_SUFFIX = "_rx_state_"


@dataclass
class Client:
    """One tab without a browser. Times are seconds since 1970."""

    session: aiohttp.ClientSession
    server: Steward
    guest: Guest
    conversation_id: str
    sent: float = 0.0
    first_text: float = 0.0
    last_text: float = 0.0
    received: int = 0
    frames: int = 0
    _socket: aiohttp.ClientWebSocketResponse | None = None
    _texts: dict[str, str] = field(default_factory=dict[str, str])
    _is_loaded: asyncio.Event = field(default_factory=asyncio.Event)
    _is_running: bool = False
    _is_done: asyncio.Event = field(default_factory=asyncio.Event)

    async def open(self) -> None:
        """Connect, and open the conversation."""
        where = self.server.base.replace("http", "ws") + f"/_event/?token={uuid.uuid4()}&EIO=4&transport=websocket"
        headers = {"Cookie": f"{self.server.cookie}={self.guest.token}", "Origin": self.server.base}
        self._socket = await self.session.ws_connect(where, headers=headers, max_msg_size=0)
        self._reader = asyncio.create_task(self._read(self._socket))
        await self._socket.send_str("40/_event," + json.dumps({"event": self._event(_HYDRATE)}))
        async with asyncio.timeout(20):
            await self._is_loaded.wait()

    async def ask(self, text: str, *, after: float = 0.0) -> None:
        """Send a question, and wait until its answer is whole."""
        assert self._socket is not None
        self._is_done.clear()
        self.first_text = self.last_text = 0.0
        await asyncio.sleep(after)
        self.received = self.frames = 0
        self.sent = time.time()
        event = self._event(_SEND, text=text, nonce=uuid.uuid4().hex)
        await self._socket.send_str(f"{_PREFIX}{json.dumps(event)}]")
        async with asyncio.timeout(120):
            await self._is_done.wait()

    async def close(self) -> None:
        """Go away."""
        if self._socket is not None:
            await self._socket.close()
            await self._reader

    def _event(self, name: str, **payload: Any) -> dict[str, Any]:
        path = f"/c/{self.conversation_id}"
        router = {"pathname": path, "asPath": path, "query": {"conversation": self.conversation_id}}
        return {"name": name, "payload": payload, "router_data": router}

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            data = str(message.data)
            if data == "2":
                await socket.send_str("3")
            elif data.startswith(_PREFIX):
                self.received += len(data)
                self.frames += 1
                self._take(json.loads(data[len(_PREFIX) : -1]).get("delta") or {})

    def _take(self, delta: dict[str, dict[str, Any]]) -> None:
        now = time.time()
        pieces: list[dict[str, Any]] = delta.get(_TEXT, {}).get(f"pieces{_SUFFIX}", [])
        for piece in pieces:
            before = self._texts.get(piece["id"], "")
            self._texts[piece["id"]] = before[: piece.get("at", 0)] + piece.get("text", "")
            # The first words of an answer come alone; with a question comes the empty answer.
            if self._is_running and len(pieces) == 1 and piece.get("text"):
                self.first_text = self.first_text or now
                self.last_text = now
        running = delta.get(_CHAT, {}).get(f"running{_SUFFIX}")
        if running is not None:
            if self._is_running and not running:
                self._is_done.set()
            self._is_running = running
        if delta.get("reflex___state____state", {}).get(f"is_hydrated{_SUFFIX}"):
            self._is_loaded.set()

    @property
    def answer(self) -> str:
        """The text of the newest message."""
        return self._texts[max(self._texts)]


@dataclass(frozen=True)
class Round:
    """What one round of all clients took: milliseconds at the 95th percentile, and seconds of the server's work."""

    first_text: float
    first_text_median: float
    shown: float
    lag: float
    cpu: float
    kib: float


async def measure(*, one_person: bool = False, profile: str = "") -> Sequence[Figure]:
    """Let all clients ask at the same moment, then spread over some seconds."""
    async with stage.data_folder() as data, stage.provider(text=markdown(_TOKENS)) as provider:
        guests = await _guests(one_person=one_person)
        async with (
            stage.steward(data, served_by=provider, profile=profile) as server,
            aiohttp.ClientSession() as session,
        ):
            clients = [Client(session, server, guest, own) for guest in guests for own in guest.conversation_ids]
            await asyncio.gather(*(client.open() for client in clients))
            await asyncio.sleep(1)
            spread = [await _round(server, provider, clients, seconds=_SPREAD_SECONDS) for _ in range(_ROUNDS + 1)]
            burst = [await _round(server, provider, clients, seconds=0) for _ in range(_ROUNDS)]
            await asyncio.gather(*(client.close() for client in clients))
    who = "50 tabs of one person" if one_person else "50 people"
    return [
        *_figures(f"{who}, questions within {_SPREAD_SECONDS:.0f} s", spread[1:], judged=not one_person),
        *_figures(f"{who}, all questions at once", burst, judged=False),
    ]


async def _guests(*, one_person: bool) -> list[Guest]:
    if one_person:
        return [await stage.invite([_MODEL] * _CLIENTS)]
    return [await stage.invite([_MODEL], login=f"bench{number}") for number in range(_CLIENTS)]


async def _round(server: Steward, provider: Provider, clients: Sequence[Client], *, seconds: float) -> Round:
    before = server.cpu_seconds()
    gap = seconds / len(clients)
    await asyncio.gather(*(client.ask("Go on.", after=number * gap) for number, client in enumerate(clients)))
    await asyncio.sleep(1)
    cpu = server.cpu_seconds() - before
    newest = {one["body"]["metadata"]["conversation_id"]: one for one in await provider.requests()}
    requests = [newest[client.conversation_id] for client in clients]
    pairs = list(zip(clients, requests, strict=True))
    if len({client.answer for client in clients}) != 1:
        raise AssertionError("the answers differ")
    first = [(client.first_text - client.sent) * 1000 for client in clients]
    return Round(
        first_text=percentile(first, 0.95),
        first_text_median=statistics.median(first),
        shown=percentile([(client.first_text - one["first_byte"]) * 1000 for client, one in pairs], 0.95),
        lag=percentile([(client.last_text - one["finished"]) * 1000 for client, one in pairs], 0.95),
        cpu=cpu,
        kib=sum(client.received for client in clients) / 1024,
    )


def _figures(name: str, rounds: Sequence[Round], *, judged: bool) -> list[Figure]:
    def target(value: float) -> float | None:
        return value if judged else None

    return [
        Figure(f"{name}: question to first text, p95", "ms", [one.first_text for one in rounds], target(110)),
        Figure(f"{name}: question to first text, median", "ms", [one.first_text_median for one in rounds]),
        Figure(f"{name}: provider's first byte to first text, p95", "ms", [one.shown for one in rounds]),
        Figure(f"{name}: provider's last byte to last text, p95", "ms", [one.lag for one in rounds], target(10)),
        Figure(f"{name}: server's CPU", "s", [one.cpu for one in rounds], target(5)),
        Figure(f"{name}: websocket payload of all", "KiB", [one.kib for one in rounds]),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--one-person", action="store_true")
    parser.add_argument(
        "--profile", default="", metavar="FILE", help="have cProfile count in the server (it slows down)"
    )
    run_alone(functools.partial(measure, **vars(parser.parse_args())))
