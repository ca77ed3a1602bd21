"""Keeps a tab in step with what happens elsewhere: other devices, running answers, background work.

One handler a tab. It stands last in every page's `on_load`, so that Reflex ends it when the tab goes away or moves on.
"""

import asyncio
import contextlib
from collections.abc import Iterable

import reflex as rx
import structlog

from assistant_app import bus, clock
from assistant_app.agent import runs
from assistant_app.agent.runs import LiveRun
from assistant_app.bus import Subscription
from assistant_app.errors import NotFoundError
from assistant_app.services import ledger, temporary
from assistant_app.services.conversations import LIST_TOPIC, thread_topic
from assistant_app.services.temporary import is_temporary
from assistant_app.services.tool_calls import calls_topic
from assistant_app.ui.chat.card_state import CardState, DoingState
from assistant_app.ui.chat.models import ModelState
from assistant_app.ui.chat.state import SHOWN_TOPIC, ChatState, TextState
from assistant_app.ui.inbox import arrivals
from assistant_app.ui.inbox.arrivals import ArrivalState
from assistant_app.ui.panel.state import PanelState
from assistant_app.ui.session import SessionState, user_of
from assistant_app.ui.sidebar.state import SidebarState

# Seconds between two pieces of text. Long answers cost the browser more to draw, and nobody reads that fast.
_PACES = ((4_000, 0.05), (16_000, 0.08))
_SLOWEST = 0.12
_AT_EASE = 12  # So many answers at once make no haste.
_CROWDED = 0.25
_LIST_WAITS = 0.15  # The list of conversations may be a moment late; the answer may not.
_AFTER_FAULT = 0.5  # Seconds before a tab that could not be brought in step is brought in step again.
_MOST_FAULTS = 20  # One after the other, before it is left alone until it is loaded again.
_LOG = structlog.get_logger("steward.follow")


def pace(length: int, at_once: int = 1) -> float:
    """Return how many seconds to wait before the next piece of an answer of this length.

    With many answers `at_once` each piece is larger and comes later; so the server has time for what cannot wait.
    """
    seconds = next((seconds for limit, seconds in _PACES if length < limit), _SLOWEST)
    return max(seconds, min(_CROWDED, seconds * at_once / _AT_EASE))


class FollowState(rx.State):
    """Has no variables: it moves the other states."""

    @rx.event(background=True, supersedes=True)
    async def follow(self, with_chat: bool) -> None:
        """Follow the user's changes for as long as the tab is there, and the shown conversation if there is one.

        Without `with_chat` one is shown only while the panel beside the page is open.
        """
        async with self:
            user_id = await user_of(self)
        if user_id:
            with bus.subscribe(user_id) as changes:
                await _Follower(self, user_id, changes, with_chat=with_chat).run()


class _Follower:
    """What one tab has seen so far."""

    def __init__(self, state: FollowState, user_id: str, changes: Subscription, *, with_chat: bool) -> None:
        self._state, self._user_id, self._changes, self._with_chat = state, user_id, changes, with_chat
        self._is_ready = False
        self._shown = ""
        self._run: LiveRun | None = None
        self._text_due = 0.0
        self._list_due: float | None = None
        self._arrivals_due: float | None = None
        self._topics: frozenset[str] = frozenset()
        self._heard_at = 0.0

    async def run(self) -> None:
        try:
            await self._follow()
        finally:
            if is_temporary(self._shown):
                with contextlib.suppress(NotFoundError):  # It was discarded, not left.
                    await temporary.leave_conversation(user_id=self._user_id, conversation_id=self._shown)

    async def _follow(self) -> None:
        faults = 0
        while True:
            try:
                await self._step()
                faults = 0
            except Exception:  # A database that is away for a moment must not freeze the page for good.
                faults += 1
                if faults > _MOST_FAULTS:
                    raise
                _LOG.exception("follow_failed")
                await asyncio.sleep(_AFTER_FAULT)

    async def _step(self) -> None:
        if not self._is_ready:
            await self._look(anew=not self._with_chat)
            await self._show_arrivals()
            self._is_ready = True
        await self._send_text()
        await self._send_list()
        if self._arrivals_due is not None and clock.monotonic() >= self._arrivals_due:
            await self._show_arrivals()
        if not self._topics:
            self._topics = await self._changes.changes(seconds=self._patience(), quiet=self._quiet())
            self._heard_at = clock.monotonic()
        await self._apply(self._topics)
        self._topics = frozenset()

    def _patience(self) -> float | None:
        now = clock.monotonic()
        waits = [self._text_due - now] if self._text_due > now else []
        waits += [max(0.0, due - now) for due in (self._list_due, self._arrivals_due) if due is not None]
        return min(waits, default=None)

    def _quiet(self) -> frozenset[str]:
        """Between two pieces of text, more text is no reason to wake up."""
        paced = clock.monotonic() < self._text_due
        return frozenset({runs.run_topic(self._shown)}) if paced else frozenset()

    async def _look(self, *, anew: bool = False) -> None:
        """See which conversation the tab shows; `anew` brings the panel of a page that has just been opened up to date.

        A temporary conversation goes on with its tab, whether it is in sight or not.
        """
        async with self._state:
            chat, panel = await self._state.get_state(ChatState), await self._state.get_state(PanelState)
            is_shown = self._with_chat or panel.is_open or is_temporary(chat.conversation_id)
            if is_shown and anew:
                await panel._show()
            self._shown = chat.conversation_id if is_shown else ""

    async def _show_arrivals(self) -> None:
        """Show what has come; when quiet hours begin or end this is another without anything coming."""
        async with self._state:
            shown = await self._state.get_state(ArrivalState)
            shown._shown = self._shown
            changes_at = await shown._refresh()
        seconds = None if changes_at is None else (changes_at - clock.now()).total_seconds()
        self._arrivals_due = None if seconds is None else clock.monotonic() + seconds

    async def _send_text(self) -> None:
        if not self._shown or clock.monotonic() < self._text_due:
            return
        run = runs.find(user_id=self._user_id, conversation_id=self._shown) or self._run
        if run is None or run.start.conversation_id != self._shown:
            return
        self._run = run
        async with self._state:
            doing = await self._state.get_state(DoingState)
            if doing.title != run.doing:
                doing.title = run.doing
            texts = await self._state.get_state(TextState)
            if texts._deliver([(run.start.message_id, run.text, run.reasoning)]):
                self._text_due = clock.monotonic() + pace(len(run.text), runs.count())
        if run.status != "running":
            self._run = None

    async def _send_list(self) -> None:
        if self._list_due is not None and clock.monotonic() >= self._list_due:
            async with self._state:
                await (await self._state.get_state(SidebarState))._refresh()
            self._list_due = None

    async def _show_thread(self) -> None:
        """Show the conversation anew, unless the page has done so since: whoever sends reads it, too."""
        async with self._state:
            chat = await self._state.get_state(ChatState)
            if chat._read_at <= self._heard_at:
                await chat._refresh(all_texts=False)

    async def _apply(self, topics: Iterable[str]) -> None:
        if runs.end_topic(self._shown) in topics:
            self._text_due = 0.0
            await self._send_text()
        if any(topic == SHOWN_TOPIC or topic.startswith("thread:") for topic in topics):
            before = self._shown
            await self._look()
            if self._shown != before:  # What asks in the conversation in sight is no news in the corner.
                await self._show_arrivals()
        if thread_topic(self._shown) in topics:
            await self._show_thread()
        if self._shown and not {calls_topic(self._shown), ledger.TOPIC}.isdisjoint(topics):
            async with self._state:
                await (await self._state.get_state(CardState))._show()
        if not arrivals.TOPICS.isdisjoint(topics):
            await self._show_arrivals()
        if LIST_TOPIC in topics and self._list_due is None:
            self._list_due = clock.monotonic() + _LIST_WAITS
        for topic, state in (("profile", SessionState), ("providers", ModelState)):
            if topic in topics:
                async with self._state:
                    await (await self._state.get_state(state))._load()
