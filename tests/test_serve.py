"""Serving: one process that answers, refuses what would go wrong, and stops without losing anything."""

import asyncio
import base64
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from assistant_app.cli import build
from assistant_app.cli.environment import ROOT
from tests.conftest import skip_or_fail
from tests.e2e.application import Application, free_port

SMALL_APP = """
import asyncio, sys
from assistant_app import logs
from assistant_app.cli.server import serve
from assistant_app.settings import get_settings

async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        if sys.argv[2] == "fails":
            raise RuntimeError("no start today")
        await send({"type": "lifespan.startup.complete"})
        await receive()
        print("everything is stored", flush=True)
        await send({"type": "lifespan.shutdown.complete"})
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            pass
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"hello"})

logs.set_up(get_settings())
asyncio.run(serve(application, host="127.0.0.1", port=int(sys.argv[1]), when_ready=lambda: print("ready", flush=True)))
"""


class Small:
    """A tiny application, served as Steward is."""

    def __init__(self, mode: str = "works") -> None:
        """Start it."""
        self.port = free_port()
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", SMALL_APP, str(self.port), mode],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def wait_until_ready(self) -> None:
        """Return once connections are accepted."""
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Ask it to end; return exit code, output and errors."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=8)
        return self.process.returncode, out, err


@pytest.fixture
def small() -> Iterator[Small]:
    """A tiny application that is served."""
    served = Small()
    served.wait_until_ready()
    yield served
    served.process.kill()
    served.process.communicate()


def open_websocket(port: int) -> socket.socket:
    """Shake hands, and return the open connection."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=5)
    key = base64.b64encode(os.urandom(16)).decode()
    request = (
        f"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    connection.sendall(request.encode())
    assert b" 101 " in connection.recv(1000)
    return connection


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stop_is_quick_and_leaves_everything_stored(small: Small, number: signal.Signals) -> None:
    code, out, _ = small.stop(number)
    assert code == 0
    assert out == "everything is stored\n"


def test_stop_ends_open_websockets_with_a_word(small: Small) -> None:
    with open_websocket(small.port) as connection:
        assert small.stop()[1] == "everything is stored\n"
        assert connection.recv(100) == b"\x88\x02" + (1012).to_bytes(2, "big")


def test_each_request_is_one_line(small: Small) -> None:
    assert httpx2.get(f"http://127.0.0.1:{small.port}/some/page?token=abcdefgh").text == "hello"
    httpx2.get(f"http://127.0.0.1:{small.port}/assets/app.js")
    open_websocket(small.port).close()
    lines = small.stop()[2].splitlines()
    assert sum("path=/some/page " in line and "status=200" in line for line in lines) == 1
    assert sum("method=WEBSOCKET" in line for line in lines) == 1
    assert not any("abcdefgh" in line or "app.js" in line for line in lines)


def test_failing_start_is_not_served() -> None:
    served = Small("fails")
    out, err = served.process.communicate(timeout=10)
    assert served.process.returncode == 1
    assert out == ""
    assert "no start today" in err


@pytest.fixture(scope="module")
def built() -> None:
    """The built front end."""
    if not build.is_built():
        skip_or_fail("browser", "the front end is not built; `make test` does that")


@pytest_asyncio.fixture
async def running(built: None, tmp_path: Path) -> AsyncIterator[Application]:
    """Steward, on a data folder of its own."""
    application = Application(tmp_path / "data")
    await application.start()
    yield application
    await application.stop()


def run_steward(data: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Start Steward in a way that it should refuse."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "assistant_app", "run", "--no-build", *words],
        env={**os.environ, "STEWARD_DATA": str(data), **settings},
        cwd=ROOT,
        text=True,
        capture_output=True,
        timeout=30,
        check=False,
    )


async def test_first_start_prints_where_to_begin(running: Application) -> None:
    assert f"Steward is at {running.url}\n" in running.log
    link = running.log.split("Create the first account at ")[1].splitlines()[0]
    assert link.startswith(f"{running.url}/setup?token=")
    async with httpx2.AsyncClient() as client:
        assert (await client.get(link)).status_code == 200
        assert (await client.get(f"{running.url}/healthz")).json() == {"status": "ok"}
        ready = (await client.get(f"{running.url}/readyz")).json()
    assert ready == {"status": "ready", "database": True, "migrations": True}


async def test_second_steward_on_one_data_folder_is_refused(running: Application) -> None:
    refused = await asyncio.to_thread(run_steward, running.data, "--port", str(free_port()))
    assert refused.returncode == 1
    assert "Another Steward is running" in refused.stderr


async def test_taken_port_is_refused(running: Application, tmp_path: Path) -> None:
    refused = await asyncio.to_thread(run_steward, tmp_path / "other", "--port", str(running.port))
    assert refused.returncode == 1
    assert f"port {running.port}: Address already in use" in refused.stderr


async def test_killed_steward_lets_go_of_its_data_folder(running: Application) -> None:
    await running.kill()
    await running.start()
    assert "Traceback" not in running.log


async def test_nothing_is_left_unsaid_or_traced_at_the_stop(running: Application) -> None:
    await running.stop()
    assert "Traceback" not in running.log
    assert "experimental" not in running.log


def test_database_of_a_newer_version_is_refused_before_serving(tmp_path: Path) -> None:
    environment = {**os.environ, "STEWARD_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "assistant_app", "migrate"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own program
    with sqlite3.connect(tmp_path / "steward.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    refused = run_steward(tmp_path, "--port", str(free_port()))
    assert refused.returncode == 1
    assert "made by a newer Steward" in refused.stderr
    assert "Traceback" not in refused.stderr
