"""A calendar file that waits for a yes, and the private address under which other programs read the calendar."""

from dataclasses import dataclass, replace
from datetime import date, datetime

import reflex as rx

from assistant_app import clock
from assistant_app.services import accounts, calendar_feeds, calendar_uploads
from assistant_app.services.calendar_files import Preview, PreviewItem
from assistant_app.services.calendar_uploads import TOPIC, Upload
from assistant_app.settings import get_settings
from assistant_app.times.wording import day_words, time_words
from assistant_app.ui.notices import click, say
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.live import follow_topic

_SHOWN = 8


@dataclass(frozen=True)
class ImportRow:
    """One thing that would be taken over."""

    key: str
    title: str
    facts: str


class CalendarFilesState(rx.State):
    """A file that was brought and waits for a yes, and the private address; that is shown only when it is made."""

    loaded: bool = False
    filename: str = ""
    problem: str = ""
    found: str = ""
    rows: list[ImportRow] = []
    more: str = ""
    left_out: list[str] = []
    can_import: bool = False
    has_feed: bool = False
    feed_read: str = ""
    feed_address: str = ""

    @rx.event
    async def load(self) -> None:
        """Show what waits, and whether there is an address."""
        self.feed_address = ""
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show a file that was brought in another tab."""
        await follow_topic(self, TOPIC, self._refresh)

    async def _refresh(self) -> None:
        user_id = await user_of(self)
        today = clock.local_now((await accounts.get_person(user_id=user_id)).zone).date()
        self._show_upload(await calendar_uploads.find_upload(user_id=user_id), today)
        feed = await calendar_feeds.find_feed(user_id=user_id)
        self.has_feed = feed is not None
        self.feed_read = feed.read_at.isoformat() if feed is not None and feed.read_at is not None else ""
        self.loaded = True

    def _show_upload(self, upload: Upload | None, today: date) -> None:
        preview = upload.preview if upload else None
        things = [*preview.events, *preview.tasks] if preview else []
        self.filename, self.problem = (upload.filename, upload.problem) if upload else ("", "")
        self.found = found_words(preview) if preview else ""
        self.rows = [
            ImportRow(str(at), thing.title, facts_of(thing, today)) for at, thing in enumerate(things[:_SHOWN])
        ]
        self.more = f"and {len(things) - _SHOWN} more" if len(things) > _SHOWN else ""
        self.left_out = list(preview.problems[:_SHOWN]) if preview else []
        self.can_import = any(thing.state != "same" for thing in things)

    @rx.event
    async def import_file(self) -> None:
        """Take over what is in the file."""
        origin = replace(click(), source="import")
        done = await calendar_uploads.import_upload(user_id=await user_of(self), origin=origin)
        await say(self, f"{done.summary}.", undo=origin if done.added or done.changed else None)
        await self._refresh()

    @rx.event
    async def discard(self) -> None:
        """Leave the file alone."""
        await calendar_uploads.drop_upload(user_id=await user_of(self))
        await self._refresh()

    @rx.event
    async def make_feed(self) -> None:
        """Make a new private address; one that was there stops working."""
        token = await calendar_feeds.make_feed(user_id=await user_of(self))
        await self._refresh()
        # The address that this person uses is the one that works from where they are; the gate has checked it.
        self.feed_address = f"{self.router.headers.origin or get_settings().origins[0]}/feeds/{token}.ics"

    @rx.event
    async def revoke_feed(self) -> None:
        """Have the private address stop working."""
        await calendar_feeds.revoke_feed(user_id=await user_of(self))
        self.feed_address = ""
        await say(self, "The address no longer works.")
        await self._refresh()


def found_words(preview: Preview) -> str:
    """Say how much there is in a file, and how much of that is here already."""
    counts = [(len(preview.events), "event"), (len(preview.tasks), "task")]
    found = " and ".join(f"{count} {noun}{'s' if count > 1 else ''}" for count, noun in counts if count)
    same = sum(thing.state == "same" for thing in (*preview.events, *preview.tasks))
    here = " All of it is here already." if same and same == sum(count for count, _ in counts) else ""
    part = f" {same} of them are here already." if same and not here else ""
    return f"{found or 'Nothing that Steward can take over'}.{here or part}"


def facts_of(item: PreviewItem, today: date) -> str:
    """Say when something of a file is, how it repeats, and whether it is new here."""
    start = item.start
    day = start.date() if isinstance(start, datetime) else start
    when = "" if day is None else day_words(day, today)
    hours = time_words(start.time()) if isinstance(start, datetime) else ""
    known = {"new": "", "changed": "brings a change", "same": "here already"}[item.state]
    return " · ".join(part for part in (when[:1].upper() + when[1:], hours, item.repeat_words, known) if part)
