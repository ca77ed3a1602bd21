"""Sets up what is measured: a provider and Steward, each in a process of its own, with people signed in beforehand."""

import asyncio
import contextlib
import json
import logging
import os
import random
import socket
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import structlog
from sqlalchemy import insert

from assistant_app.models import Conversation, User
from assistant_app.repositories import database, migrations
from assistant_app.services import devices

ROOT = Path(__file__).resolve().parents[1]
_START_WITHIN, _STOP_WITHIN = 30.0, 15.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Guest:
    """Somebody who is signed in, with conversations that wait for the first question, each with a model."""

    user_id: str
    token: str
    conversation_ids: tuple[str, ...]


@dataclass
class Steward:
    """The server: where it is, since when, and what it costs."""

    base: str
    process: asyncio.subprocess.Process
    ready_seconds: float = 0.0
    printed_seconds: float = 0.0

    @property
    def cookie(self) -> str:
        """The name of the cookie that carries a guest's token."""
        return devices.cookie_name()

    def cpu_seconds(self) -> float:
        """Return the processor time that the server has used so far."""
        total = 0
        for pid in _tree(self.process.pid):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / _TICKS

    def memory_mib(self) -> tuple[float, float]:
        """Return proportional and resident memory of all its processes."""
        pss = rss = 0
        for pid in _tree(self.process.pid):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                name, _, value = line.partition(":")
                if name in ("Pss", "Rss"):
                    pss += int(value.split()[0]) * (name == "Pss")
                    rss += int(value.split()[0]) * (name == "Rss")
        return pss / 1024, rss / 1024


@dataclass
class Provider:
    """A model provider in a process of its own."""

    url: str

    async def requests(self) -> list[dict[str, Any]]:
        """Return what it was asked, with the times of arrival, first byte and last byte."""
        return json.loads(await asyncio.to_thread(_get, self.url.removesuffix("/v1") + "/_requests"))

    async def request_of(self, conversation_id: str, *, number: int = -1) -> dict[str, Any]:
        """Return the times of one conversation's newest request, or its `number`th."""
        return [one for one in await self.requests() if _conversation_of(one) == conversation_id][number]


def _conversation_of(request: dict[str, Any]) -> str:
    return request["body"].get("metadata", {}).get("conversation_id", "")


def _get(url: str) -> bytes:
    with urlopen(url, timeout=10) as response:  # noqa: S310 - our own servers on this machine
        return response.read()


def _tree(pid: int) -> list[int]:
    """Return a process and all below it."""
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        children += map(int, (task / "children").read_text().split())
    return [pid, *(each for child in children for each in _tree(child))]


def free_port() -> int:
    """Return a port nobody listens on, of those that the system gives to nobody by itself."""
    while True:
        port = random.randint(20_000, 30_000)  # noqa: S311 - no secret
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextlib.asynccontextmanager
async def data_folder() -> AsyncGenerator[Path]:
    """Give a folder with an empty, migrated database, open in this process."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory(prefix="steward-bench-") as name:
        folder = Path(name)
        opened = database.open_database(f"sqlite:///{folder / 'steward.db'}")
        try:
            await migrations.migrate(opened)
            yield folder
        finally:
            await database.close_database()


async def invite(models: Sequence[str], *, login: str = "bench", user_id: str = "") -> Guest:
    """Sign somebody in, and give each of the models a conversation; titles are fixed, so that no model is asked."""
    async with database.write() as session:
        if not user_id:
            user = User(login=login, name=login.title(), password_hash="-", role="owner")
            session.add(user)
            await session.flush()
            user_id = user.id
        rows = [
            Conversation(user_id=user_id, title=f"{model} {number}", title_by="user", model=chosen(model))
            for number, model in enumerate(models)
        ]
        if rows:
            await session.execute(insert(Conversation), [row.model_dump() for row in rows])
    opened = await devices.open_session(user_id=user_id, user_agent="benchmark", address="127.0.0.1")
    return Guest(user_id, opened.token, tuple(row.id for row in rows))


def chosen(model: str) -> str:
    """Return the full id of a model of the provider."""
    return model if model == "builtin" else f"openai_compatible/{model}"


@contextlib.asynccontextmanager
async def provider(*, text: str = "") -> AsyncGenerator[Provider]:
    """Run the provider; its answers are made of the words of `text`."""
    with tempfile.NamedTemporaryFile("w", suffix=".md", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        options = ["--text-file", file.name] if text else []
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.peers.openai_server", *options, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        try:
            yield Provider((await process.stdout.readline()).decode().strip())
        finally:
            await _stop(process)


@contextlib.asynccontextmanager
async def steward(data: Path, *, served_by: Provider | None = None, profile: str = "") -> AsyncGenerator[Steward]:
    """Run the server that is built, on a data folder that is prepared; `profile` names a file for cProfile."""
    port = free_port()
    settings = {
        "STEWARD_DATA": str(data),
        "STEWARD_PORT": str(port),
        "STEWARD_LOG_LEVEL": "warning",
        "STEWARD_OPENAI_COMPATIBLE_URL": served_by.url if served_by else "",
    }
    started = time.perf_counter()
    module = ["cProfile", "-o", profile, "-m", "assistant_app"] if profile else ["assistant_app"]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *module, "run", "--no-build"),
        cwd=ROOT,
        env={**os.environ, **settings},  # noqa: TID251 - passed on, with the settings of this measurement
        stdout=asyncio.subprocess.PIPE,
    )
    server = Steward(f"http://127.0.0.1:{port}", process)
    try:
        await asyncio.gather(_until_ready(server, started), _until_printed(server, started))
        drain = asyncio.create_task(_drain(process))
        yield server
        drain.cancel()
    finally:
        await _stop(process)


async def _until_ready(server: Steward, started: float) -> None:
    while time.perf_counter() - started < _START_WITHIN:
        try:
            await asyncio.to_thread(_get, f"{server.base}/readyz")
        except OSError:
            await asyncio.sleep(0.005)
        else:
            server.ready_seconds = time.perf_counter() - started
            return
    raise TimeoutError("Steward did not start")


async def _until_printed(server: Steward, started: float) -> None:
    assert server.process.stdout is not None
    while line := await server.process.stdout.readline():
        if line.startswith(b"Steward is at"):
            server.printed_seconds = time.perf_counter() - started
            return
    raise RuntimeError("Steward ended before it had started")


async def _drain(process: asyncio.subprocess.Process) -> None:
    assert process.stdout is not None
    while line := await process.stdout.readline():
        print("  server:", line.decode().rstrip()[:300], flush=True)


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
        try:
            async with asyncio.timeout(_STOP_WITHIN):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
