"""The tool that looks at whole days."""

from typing import Annotated

from assistant_app import clock
from assistant_app.services import agenda
from assistant_app.services.agenda import AgendaItem
from assistant_app.services.task_views import counted
from assistant_app.times.repeat_words import listed
from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import ToolResult
from assistant_app.toolkit.tool import described, tool
from assistant_app.tools.objects import MOST_LISTED, agenda_object
from assistant_app.tools.ranges import FROM, TO, range_words, read_range


@tool(title="Look at the agenda", subject="Agenda", effect="read")
async def list_agenda(
    ctx: ToolContext,
    first: Annotated[str, described(FROM, alias="from", max_length=40)],
    last: Annotated[str | None, described(f"{TO} The same day if left out.", alias="to", max_length=40)] = None,
) -> ToolResult:
    """Look up all that days hold, together: events, tasks that are due, and reminders. For "what's on tomorrow?"."""
    begin, end = read_range(first, last or first)
    assert begin is not None and end is not None  # noqa: PT018, S101 - both were given
    days = await agenda.list_agenda(user_id=ctx.user_id, first=begin, last=end, done=False)
    items = _once([item for day in days for item in day.items])
    now = clock.local_now(ctx.zone)
    counts = {kind: sum(item.kind == kind for item in items) for kind in ("event", "task", "reminder")}
    said = listed([counted(count, kind) for kind, count in counts.items() if count]) or "Nothing is on"
    shown = items[:MOST_LISTED]
    more = f"; here are the first {len(shown)}" if len(items) > len(shown) else ""
    return ToolResult(
        f"{said} {range_words(begin, end, now)}{more}",
        {"total": len(items), "objects": [agenda_object(item, now) for item in shown]},
        shown=list(dict.fromkeys((item.kind, item.id) for item in shown)),
    )


def _once(items: list[AgendaItem]) -> list[AgendaItem]:
    """Return an event of several days once, on the first of the days."""
    first: dict[tuple[str, str, object], AgendaItem] = {}
    for item in items:
        first.setdefault((item.kind, item.id, item.starts_at), item)
    return list(first.values())
