"""What a measurement found: values of several runs, held against a target, on a machine that is named."""

import asyncio
import os
import platform
import statistics
import subprocess
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
_PACKAGES = ("reflex", "granian", "litellm", "playwright")


@dataclass
class Figure:
    """One row of the table. `target` None means that it is reported for comparison only; less is better."""

    name: str
    unit: str
    values: Sequence[float]
    target: float | None = None
    note: str = ""
    load: float = field(default_factory=lambda: os.getloadavg()[0])

    @property
    def median(self) -> float:
        """What is held against the target."""
        return statistics.median(self.values)

    @property
    def verdict(self) -> str:
        """Met, missed, or nothing."""
        if self.target is None:
            return ""
        return "met" if self.median <= self.target else "**missed**"

    def row(self) -> str:
        """Return the figure as a row of a Markdown table."""
        spread = f"{_short(min(self.values))} - {_short(max(self.values))}, {len(self.values)} runs"
        target = "" if self.target is None else f"<= {_short(self.target)}"
        name = f"{self.name} ({self.note})" if self.note else self.name
        return (
            f"| {name} | {_short(self.median)} {self.unit} | {spread} | {target} | {self.verdict} | {self.load:.1f} |"
        )


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def machine() -> str:
    """Describe what the figures were taken on."""
    cpus = [
        line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    ]
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    chromium = subprocess.run(  # noqa: S603 - the browser's own word on its version
        [CHROMIUM, "--version", "--no-sandbox"], capture_output=True, text=True, check=True
    ).stdout.strip()
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"{len(cpus)} cores ({cpus[0]}), {pages:.0f} GiB, Linux {platform.release()}, "
        f"Python {platform.python_version()}, {chromium}, {packages}"
    )


def table(figures: Sequence[Figure]) -> str:
    """Return figures as a Markdown table."""
    head = "| what | median | range | target | | load |\n|---|---|---|---|---|---|"
    return "\n".join([head, *(figure.row() for figure in figures)])


def run_alone(measure: Callable[[], Awaitable[Sequence[Figure]]]) -> None:
    """Run one measurement from the command line."""

    async def run() -> None:
        print(machine(), flush=True)
        print(table(await measure()))

    asyncio.run(run())
