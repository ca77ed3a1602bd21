"""What the sidebar shows, and what is done with a conversation from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import reflex as rx

from assistant_app import clock
from assistant_app.services import accounts, branches, conversations, trash
from assistant_app.services.views import ConversationRow
from assistant_app.ui.notices import say
from assistant_app.ui.session import user_of

PAGE = 40


@dataclass(frozen=True)
class Entry:
    """One line of the sidebar."""

    id: str
    title: str
    time: str
    unread: bool
    running: bool
    pinned: bool


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    label: str
    lines: list[Entry]


class SidebarState(rx.State):
    """The conversations of a user, newest first."""

    groups: list[Group] = []
    shelf: str = "list"
    has_more: bool = False
    loaded: bool = False
    renaming_id: str = ""
    _limit: int = PAGE

    @rx.event
    async def load(self) -> None:
        """Show the list as it is now."""
        await self._refresh()

    async def _refresh(self) -> None:
        user_id = await user_of(self)
        found = await conversations.list_conversations(
            user_id=user_id, limit=self._limit + 1, archived=self.shelf == "archive", trash=self.shelf == "trash"
        )
        if self.has_more != (len(found) > self._limit):
            self.has_more = not self.has_more
        zone = (await accounts.get_person(user_id=user_id)).zone
        groups = group_by_day(found[: self._limit], zone=zone)
        if groups != self.groups:
            self.groups = groups
        if not self.loaded:
            self.loaded = True

    @rx.event
    async def show_more(self) -> None:
        """Show the next page below."""
        self._limit += PAGE
        await self._refresh()

    @rx.event
    async def show_shelf(self, shelf: str) -> None:
        """Show the list, the archive or the trash."""
        self.shelf = shelf if shelf in ("archive", "trash") else "list"
        self._limit = PAGE
        await self._refresh()

    @rx.event
    async def begin_rename(self, conversation_id: str) -> None:
        """Let a title be edited where it stands."""
        self.renaming_id = conversation_id

    @rx.event
    async def cancel_rename(self) -> None:
        """Leave a title as it was."""
        self.renaming_id = ""

    @rx.event
    async def rename(self, conversation_id: str, title: str) -> None:
        """Save a title that was edited."""
        await conversations.rename_conversation(
            user_id=await user_of(self), conversation_id=conversation_id, title=title
        )
        self.renaming_id = ""
        await self._refresh()

    @rx.event
    async def pin(self, conversation_id: str) -> None:
        """Keep a conversation at the top."""
        await conversations.pin_conversation(user_id=await user_of(self), conversation_id=conversation_id)
        await self._refresh()

    @rx.event
    async def unpin(self, conversation_id: str) -> None:
        """Let a conversation go back to its day."""
        await conversations.unpin_conversation(user_id=await user_of(self), conversation_id=conversation_id)
        await self._refresh()

    @rx.event
    async def archive(self, conversation_id: str) -> None:
        """Put a conversation aside."""
        await conversations.archive_conversation(user_id=await user_of(self), conversation_id=conversation_id)
        await say(self, "Archived. You find it in the menu under your name, in Archive.")
        await self._refresh()

    @rx.event
    async def unarchive(self, conversation_id: str) -> None:
        """Take a conversation back from the archive."""
        await conversations.unarchive_conversation(user_id=await user_of(self), conversation_id=conversation_id)
        await self._refresh()

    @rx.event
    async def delete(self, conversation_id: str) -> None:
        """Move a conversation to the trash."""
        await trash.move_to_trash(user_id=await user_of(self), conversation_id=conversation_id)
        await say(self, f"Moved to the trash, where it stays for {trash.DAYS} days.")
        await self._refresh()

    @rx.event
    async def restore(self, conversation_id: str) -> None:
        """Take a conversation back from the trash."""
        await trash.restore_conversation(user_id=await user_of(self), conversation_id=conversation_id)
        await say(self, "Restored.")
        await self._refresh()

    @rx.event
    async def delete_forever(self, conversation_id: str) -> None:
        """Remove a conversation from the trash for good."""
        await trash.delete_forever(user_id=await user_of(self), conversation_id=conversation_id)
        await self._refresh()

    @rx.event
    async def empty_trash(self) -> None:
        """Remove everything in the trash for good."""
        await trash.empty_trash(user_id=await user_of(self))
        await self._refresh()

    @rx.event
    async def duplicate(self, conversation_id: str) -> rx.event.EventSpec:
        """Make a copy of a conversation and open it."""
        copy_id = await branches.duplicate_conversation(user_id=await user_of(self), conversation_id=conversation_id)
        return rx.redirect(f"/c/{copy_id}")


def group_by_day(rows: Sequence[ConversationRow], *, zone: str) -> list[Group]:
    """Put rows under Pinned, Today, Yesterday, Last 7 days and Older, as the user's calendar has it."""
    here = ZoneInfo(zone)
    today = clock.now().astimezone(here).date()

    def label(row: ConversationRow) -> str:
        return "Pinned" if row.pinned else day_label(row.touched_at.astimezone(here).date(), today)

    return [
        Group(name, [_entry(row, row.touched_at.astimezone(here), today) for row in group])
        for name, group in groupby(rows, label)
    ]


def day_label(day: date, today: date) -> str:
    """Return the heading under which a day stands."""
    ago = (today - day).days
    if ago <= 0:
        return "Today"
    return "Yesterday" if ago == 1 else "Last 7 days" if ago <= 7 else "Older"


def _entry(row: ConversationRow, touched: datetime, today: date) -> Entry:
    ago = (today - touched.date()).days
    if ago <= 1:  # The heading says which of the two days it was.
        time = f"{touched:%H:%M}"
    elif ago <= 7:
        time = f"{touched:%a}"
    elif touched.year == today.year:
        time = f"{touched.day} {touched:%b}"
    else:
        time = f"{touched:%b %Y}"
    return Entry(row.id, row.title, time, row.unread, row.running, row.pinned)
