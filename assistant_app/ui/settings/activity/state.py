"""What is shown of the ledger: which days, of which kind, from which conversation; and taking changes back."""

from datetime import date, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit

import reflex as rx

from assistant_app import clock
from assistant_app.services import accounts, conversations, ledger
from assistant_app.services.ledger import ActionView, ChangedSinceError
from assistant_app.times.zones import to_utc
from assistant_app.ui.notices import click
from assistant_app.ui.session import user_of
from assistant_app.ui.settings.activity.rows import KINDS, ActivityDay, days_of
from assistant_app.ui.settings.live import follow_topic
from assistant_app.ui.settings.parts import Option

_WINDOW = 50
_MOST = 1000


class ActivityState(rx.State):
    """A window of the ledger, the newest first. `asked_id` is the change about whose undo `asked` asks."""

    loaded: bool = False
    days: list[ActivityDay] = []
    has_more: bool = False
    day: str = ""
    kind: str = ""
    conversation: str = ""
    chats: list[Option] = []
    asked_id: str = ""
    asked: str = ""
    _limit: int = _WINDOW

    @rx.event
    async def load(self) -> None:
        """Show the newest changes, or those of the conversation that the address names."""
        query = parse_qs(urlsplit(str(self.router.url)).query)
        self.day = self.kind = self.asked_id = self.asked = ""
        self.conversation, self._limit = query.get("chat", [""])[0][:60], _WINDOW
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show changes as they are made."""
        await follow_topic(self, ledger.TOPIC, self._refresh)

    @rx.event
    async def choose_day(self, day: str) -> None:
        """Show the changes of one day; empty for all days."""
        try:
            self.day = date.fromisoformat(day).isoformat() if day else ""
        except ValueError:  # A date that is half typed.
            return
        await self._start()

    @rx.event
    async def choose_kind(self, kind: str) -> None:
        """Show the changes of one kind of object."""
        self.kind = kind if kind in KINDS else ""
        await self._start()

    @rx.event
    async def choose_conversation(self, conversation_id: str) -> None:
        """Show what was changed in one conversation."""
        self.conversation = conversation_id[:60]
        await self._start()

    @rx.event
    async def show_everything(self) -> None:
        """Show all changes again."""
        self.day = self.kind = self.conversation = ""
        await self._start()

    @rx.event
    async def show_more(self) -> None:
        """Look further back."""
        self._limit = min(self._limit + _WINDOW, _MOST)
        await self._refresh()

    @rx.event
    async def undo(self, action_id: str, force: bool) -> None:
        """Take a change back, or do it again; ask first if that would lose what came after."""
        self.asked_id = self.asked = ""
        try:
            await ledger.undo(user_id=await user_of(self), action_id=action_id, force=force, origin=click())
        except ChangedSinceError as error:
            self.asked_id, self.asked = action_id, str(error)
        await self._refresh()

    @rx.event
    async def leave(self) -> None:
        """Leave a change as it is."""
        self.asked_id = self.asked = ""

    async def _start(self) -> None:
        self._limit, self.asked_id, self.asked = _WINDOW, "", ""
        await self._refresh()

    async def _refresh(self) -> None:
        user_id = await user_of(self)
        zone = (await accounts.get_person(user_id=user_id)).zone
        found = await self._read(user_id, zone)
        shown = found[: self._limit]
        wanted = {action.conversation_id for action in shown if action.conversation_id}
        titles = await conversations.list_titles(user_id=user_id, ids=wanted | ({self.conversation} - {""}))
        self.days = days_of(shown, titles, zone=zone, now=clock.local_now(zone))
        self.has_more = len(found) > self._limit and self._limit < _MOST
        self.chats = [Option(key, title, "") for key, title in sorted(titles.items(), key=lambda one: one[1].lower())]
        self.loaded = True

    async def _read(self, user_id: str, zone: str) -> list[ActionView]:
        since = until = None
        if self.day:
            midnight = datetime.combine(date.fromisoformat(self.day), time())
            since, until = to_utc(midnight, zone), to_utc(midnight + timedelta(days=1), zone)
        return await ledger.list_actions(
            user_id=user_id,
            since=since,
            until=until,
            kind=self.kind,
            conversation_id=self.conversation,
            limit=self._limit + 1,
        )
