"""How long a start without changes takes until the server answers, and how much memory it needs then.

Run from the project's folder, after `make run` has built the front end: `.venv/bin/python -m benchmarks.start`.
"""

import argparse
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

_IDLE_SECONDS = 5


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as data:
        measure(data)  # Makes the database and warms the disk's cache.
        figures = [measure(data) for _ in range(runs)]
    print(f"start until /healthz answers   median {statistics.median(f[0] for f in figures):.2f} s", end="")
    print(f" (best {min(f[0] for f in figures):.2f}, worst {max(f[0] for f in figures):.2f})")
    print(f"processor time of the start    median {statistics.median(f[1] for f in figures):.2f} s")
    print(f"memory, idle (all processes)   median {statistics.median(f[2] for f in figures):.0f} MiB")
    print(f"stop                           median {statistics.median(f[3] for f in figures):.2f} s")


def measure(data: str) -> tuple[float, float, float, float]:
    """Return the seconds until ready, the processor's seconds, the memory in MiB, and the seconds until stopped."""
    port = free_port()
    command = [sys.executable, "-m", "assistant_app", "run", "--no-build", "--port", str(port)]
    settings = {"STEWARD_DATA": data, "STEWARD_LOG_LEVEL": "warning"}
    environment = {**os.environ, **settings}  # noqa: TID251 - passed on, with the settings of this measurement
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own server
    try:
        wait_until_healthy(port, process)
        ready = time.monotonic() - started
        used = processor_seconds(process.pid)
        time.sleep(_IDLE_SECONDS)
        memory = sum(map(resident_mib, [process.pid, *children(process.pid)]))
    finally:
        stopping = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
    return ready, used, memory, time.monotonic() - stopping


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def wait_until_healthy(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Ask until the server answers."""
    while process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.01)
    raise SystemExit("The server did not start; run it by hand to see why.")


def processor_seconds(pid: int) -> float:
    """Return the processor time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """Return the processes a process has started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def resident_mib(pid: int) -> float:
    """Return the memory of a process that is in use."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
