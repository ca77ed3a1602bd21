"""What is told of a day or a week: facts in short sections, as Markdown in which titles stay text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant_app.llm.builtin.wording import escaped

__all__ = ["Brief", "Line", "Section", "escaped", "missing_facts", "write_brief"]


@dataclass(frozen=True)
class Brief:
    """A title, and a text as Markdown. `empty` tells that there is nothing to say but one friendly sentence.

    `data["facts"]` lists the titles and times that every wording of it has, `data["objects"]` what it is about.
    """

    title: str
    text: str
    empty: bool
    data: dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One item: what it says as Markdown, its title and times, and the object that it is about."""

    text: str
    titles: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    about: dict[str, str] | None = None


@dataclass(frozen=True)
class Section:
    """Items under a heading; `total` counts those that are left out as well."""

    heading: str
    lines: Sequence[Line]
    total: int = field(default=-1)


def write_brief(title: str, opening: str, sections: Iterable[Section]) -> Brief:
    """Put the sections that have something to say under each other."""
    shown = [section for section in sections if section.lines]
    lines = [line for section in shown for line in section.lines]
    cut = [f"{section.total:,}" for section in shown if section.total > len(section.lines)]
    titles = [" ".join(title.split()) for line in lines for title in line.titles]
    times = list(dict.fromkeys([*(at for line in lines for at in line.times), *cut]))
    objects = {line.about["id"]: line.about for line in lines if line.about}
    text = "\n\n".join([opening, *(_section(section) for section in shown)])
    return Brief(title, text, False, {"facts": [*titles, *times], "objects": list(objects.values())})


def missing_facts(text: str, brief: Brief) -> list[str]:
    """Return which titles and times of a brief another wording of it lacks.

    A title that is there twice must be said twice, and a short one does not count as said within a longer one.
    """
    said = _plain(text)
    missing: list[str] = []
    for fact in sorted(brief.data["facts"], key=lambda fact: -len(fact)):
        found = re.search(rf"(?<!\w){re.escape(_plain(fact))}(?!\w)", said)
        if found is None:
            missing.append(fact)
        else:
            said = f"{said[: found.start()]}\n{said[found.end() :]}"
    return missing


def _section(section: Section) -> str:
    is_cut = section.total > len(section.lines)
    heading = f"{section.heading} ({section.total:,}, the first {len(section.lines)})" if is_cut else section.heading
    return "\n".join([f"### {heading}", "", *(f"- {line.text}" for line in section.lines)])


def _plain(text: str) -> str:
    """Return text without its backslashes: whether one escapes a mark or is part of a title makes no other fact."""
    return " ".join(text.replace("\\", "").casefold().split())
