"""What the inbox's page knows of a matter, in the words in which it is shown."""

import re
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import quote

from assistant_app import clock
from assistant_app.services.approvals import ApprovalView
from assistant_app.services.inbox import ItemView
from assistant_app.services.temporary import is_temporary
from assistant_app.services.texts import one_line, shortened
from assistant_app.times.wording import moment_words
from assistant_app.times.zones import to_local

KINDS = {
    "summary": "Summary",
    "reminder": "Reminder",
    "approval": "Approval",
    "conflict": "Conflict",
    "suggestion": "Suggestion",
    "result": "Result",
    "error": "Error",
}
_ENDS = {"done": "Done", "dismissed": "Dismissed", "approved": "Approved", "denied": "Denied", "expired": "Expired"}
_MARKDOWN = ("summary", "result")  # These are written by a job or a model; the texts of the others are sentences.
_MOST_TEXT = 2_000
_ESCAPED = re.compile(r"\\([^\w\s])")
_PREVIEW = 160
_LINK = 40
_OBJECTS = {"task": ("Task", "/tasks?task="), "event": ("Event", "/calendar?event=")}


@dataclass(frozen=True)
class LinkRow:
    """A way to what a matter is about."""

    title: str
    address: str


@dataclass(frozen=True)
class ActionRow:
    """An answer of the item's own; the first that changes something `is_main`."""

    name: str
    label: str
    is_main: bool


@dataclass(frozen=True)
class ItemRow:
    """One matter. `at` is an ISO instant; `ended` says how a closed one was answered, `off` until when it is snoozed.

    Of what `is_markdown` the `text` is only its beginning; the whole is sent when it is opened. `subject_kind` and
    `subject_id` name the object it is about, if it is about one.
    """

    id: str
    kind: str
    kind_words: str
    title: str
    text: str
    why: str
    at: str
    is_new: bool
    is_late: bool
    is_markdown: bool = False
    ended: str = ""
    off: str = ""
    can_select: bool = True
    actions: list[ActionRow] = field(default_factory=list[ActionRow])
    links: list[LinkRow] = field(default_factory=list[LinkRow])
    subject_kind: str = ""
    subject_id: str = ""


def row_of(item: ItemView) -> ItemRow:
    """Return what the page shows of an item."""
    is_about_object, is_markdown = item.kind == "reminder", item.kind in _MARKDOWN
    main = next((action.name for action in item.actions if action.effect == "write"), "")
    off = item.snoozed_until
    return ItemRow(
        id=item.id,
        kind=item.kind,
        kind_words=KINDS[item.kind],
        title=item.title,
        text=_preview(item.text) if is_markdown else shortened(item.text, _MOST_TEXT),
        why=item.why,
        at=(item.resolved_at.isoformat() if item.resolved_at else "")
        or item.data.get("due_at", "")
        or item.created_at.isoformat(),
        is_new=item.state == "new",
        is_late=item.late,
        is_markdown=is_markdown,
        ended=end_words(item),
        off=f"comes again {moment_words(off, clock.now().astimezone(off.tzinfo))}" if off else "",
        can_select=item.resolved_at is None,
        actions=[ActionRow(action.name, action.label, action.name == main) for action in item.actions],
        links=_links(item),
        subject_kind="reminder" if is_about_object else "",
        subject_id=item.subject_id if is_about_object else "",
    )


def end_words(item: ItemView) -> str:
    """Say how a matter was answered, in the word of the button; empty while it is open."""
    return "Ignored" if (item.kind, item.state) == ("conflict", "dismissed") else _ENDS.get(item.state, "")


def approval_row(asked: ApprovalView, zone: str) -> ItemRow:
    """Return what the page shows of a call that waits for a yes: it is as open as if nobody had read it."""
    until = moment_words(to_local(asked.expires_at, zone), clock.local_now(zone))
    stands = f" The question stands until {until}." if asked.status == "waiting" else ""
    address = _chat_address(asked.conversation_id, asked.message_id)
    who = (
        f"Your schedule “{asked.schedule}” asked for this while nobody sat there, so that it waits for you."
        if asked.schedule
        else "A chat asked for this, and your settings say to ask you first."
    )
    return ItemRow(
        id=asked.id,
        kind="approval",
        kind_words=KINDS["approval"],
        title=asked.summary,
        text="",
        why=f"{who}{stands}",
        at=(asked.decided_at or asked.created_at).isoformat(),
        is_new=asked.status == "waiting",
        is_late=False,
        ended=_ENDS.get(asked.status, ""),
        can_select=False,  # Each is answered by itself: nobody says yes to a heap.
        links=[LinkRow("Open the chat", address)] if not is_temporary(asked.conversation_id) else [],
    )


def _links(item: ItemView) -> list[LinkRow]:
    """Return the ways to the task, events, conversation and schedule that an item's data name."""
    data = item.data
    links = [_object_link(each) for each in data.get("objects", ()) if each.get("kind") in _OBJECTS]
    if data.get("task_id"):
        links.append(LinkRow("Open the task", f"/tasks?task={quote(data['task_id'])}"))
    if data.get("conversation_id"):
        links.append(LinkRow("Open the chat", _chat_address(data["conversation_id"], data.get("message_id", ""))))
    if data.get("schedule_id"):
        links.append(LinkRow("Its schedule", "/settings/schedules"))
    if data.get("test"):
        links.append(LinkRow("Notification settings", "/settings/notifications"))
    return links


def _object_link(thing: dict[str, str]) -> LinkRow:
    words, address = _OBJECTS[thing["kind"]]
    return LinkRow(f"{words} “{shortened(thing.get('title', ''), _LINK)}”", address + quote(thing.get("id", "")))


def _chat_address(conversation_id: str, message_id: str) -> str:
    return f"/c/{quote(conversation_id)}" + (f"?m={quote(message_id)}" if message_id else "")


def _preview(markdown: str) -> str:
    """Return the beginning of a text as it reads without marks: a heading leads its items, which make a sentence."""
    said: list[str] = []
    for is_item, lines in groupby(markdown.splitlines(), key=lambda line: line.startswith("- ")):
        if is_item:
            said.append("; ".join(line.removeprefix("- ") for line in lines).rstrip(".") + ".")
        else:
            said += [f"{line.lstrip('# ')}:" if line.startswith("#") else line for line in lines]
    plain = _ESCAPED.sub(r"\1", one_line(" ".join(said)).replace("**", "").replace("`", ""))
    return shortened(plain, _PREVIEW)
