"""Long answers in Markdown, as models write them: never the same block twice, so that nothing is drawn from a cache."""

import random

from benchmarks.make_data import Writer


def markdown(tokens: int, *, seed: int = 7) -> str:
    """Return a text of at least that many words: prose, lists, tables, code."""
    writer = Writer(seed)
    rng = random.Random(seed)  # noqa: S311 - a text to measure with
    parts: list[str] = []
    words = 0
    while words < tokens:
        part = rng.choices((_prose, _list, _code, _table, _heading), (10, 4, 2, 1, 2))[0](writer, rng)
        words += len(part.split())
        parts.append(part)
    return "\n\n".join(parts) + "\n"


def _prose(writer: Writer, rng: random.Random) -> str:
    return " ".join(_sentence(writer, rng) for _ in range(rng.randint(2, 6)))


def _sentence(writer: Writer, rng: random.Random) -> str:
    words = writer.text(rng.randint(6, 18)).split()
    for mark in ("**", "`", "*"):
        if rng.random() < 0.15:
            at = rng.randrange(len(words))
            words[at] = f"{mark}{words[at]}{mark}"
    return " ".join(words).capitalize() + "."


def _heading(writer: Writer, rng: random.Random) -> str:
    return f"{'#' * rng.randint(2, 3)} {writer.text(rng.randint(2, 5)).capitalize()}"


def _list(writer: Writer, rng: random.Random) -> str:
    mark = rng.choice(("-", "1."))
    return "\n".join(f"{mark} {_sentence(writer, rng)}" for _ in range(rng.randint(3, 7)))


def _code(writer: Writer, rng: random.Random) -> str:
    lines = [f"def {writer.text(1)}({writer.text(1)}):"]
    lines += [f"    {writer.text(1)} = {writer.text(1)}({rng.randint(1, 99)})" for _ in range(rng.randint(3, 12))]
    return "\n".join(["```python", *lines, "```"])


def _table(writer: Writer, rng: random.Random) -> str:
    rows = [f"| {writer.text(1)} | {writer.text(2)} | {rng.randint(1, 999)} |" for _ in range(rng.randint(3, 8))]
    return "\n".join(["| name | meaning | count |", "|---|---|---|", *rows])
