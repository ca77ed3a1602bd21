"""The application as people run it: a process of its own, on a data folder of its own."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

ROOT = Path(__file__).parents[2]
_PATIENCE_SECONDS = 30
_LOOK_EVERY = 0.05
_LINE = re.compile(r"^(?=\d{4}-\d\d-\d\dT)", re.MULTILINE)
_TROUBLE = re.compile(r"Traceback|\[(error|critical) ")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass
class Application:
    """One Steward; it can be stopped, killed and started again on the same port and data."""

    data: Path
    provider_url: str = ""
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of its pages."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        """The database, for tests that put something into it."""
        return f"sqlite:///{self.data / 'steward.db'}"

    @property
    def log_path(self) -> Path:
        """The file with everything that it said."""
        return self.data.parent / f"{self.data.name}.log"

    @property
    def log(self) -> str:
        """Everything that it said so far."""
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    async def start(self) -> None:
        """Start, and return once it answers."""
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220, S603 - our own program; it only forks here
                [sys.executable, "-m", "assistant_app", "run", "--no-build", "--port", str(self.port)],
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        async with asyncio.timeout(_PATIENCE_SECONDS), httpx2.AsyncClient(base_url=self.url) as client:
            while not await _is_ready(client):
                if self._process.poll() is not None:
                    raise RuntimeError(f"Steward ended with {self._process.returncode}:\n{self.log}")
                await asyncio.sleep(_LOOK_EVERY)

    async def stop(self) -> None:
        """Ask it to end, as a service manager does."""
        await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """Have it gone between two instructions."""
        await self._end(signal.SIGKILL)

    async def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(number)
        try:
            await asyncio.to_thread(self._process.wait, _PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise
        finally:
            self._process = None

    def troubles_after(self, position: int) -> list[str]:
        """Return the entries of the log, from a position on, that tell of an error nobody foresaw."""
        return [entry for entry in _LINE.split(self.log[position:]) if _TROUBLE.search(entry)]

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("STEWARD_", "REFLEX_"))}
        return {
            **inherited,
            "STEWARD_DATA": str(self.data),
            "STEWARD_DATABASE_URL": "",
            "STEWARD_HOST": "127.0.0.1",
            "STEWARD_OPENAI_COMPATIBLE_URL": self.provider_url,
            "STEWARD_ZONE": "UTC",
        }


async def _is_ready(client: httpx2.AsyncClient) -> bool:
    try:
        return (await client.get("/readyz")).status_code == 200
    except httpx2.TransportError:
        return False
