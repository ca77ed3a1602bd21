"""What a tab does with the cards of calls: open them, take back what they did, and do it again."""

import reflex as rx

from assistant_app.services import ledger, tool_calls
from assistant_app.services.ledger import ChangedSinceError
from assistant_app.services.tool_calls import CallView
from assistant_app.ui.chat.calls import CallDetails, details_of
from assistant_app.ui.chat.state import ChatState
from assistant_app.ui.notices import click
from assistant_app.ui.session import SessionState, user_of


class DoingState(rx.State):
    """The tool that works at this moment, in the conversation that is shown; a state of its own, as it is brief."""

    title: str = ""


class CardState(rx.State):
    """The cards that are open, and those whose undo would lose a later change: what is asked about each."""

    opened: dict[str, CallDetails] = {}
    asked: dict[str, str] = {}
    _answers: dict[str, str] = {}

    @rx.event
    async def toggle(self, message_id: str, call_id: str) -> None:
        """Open a card, or close it."""
        if call_id in self.opened:
            self.opened = {key: value for key, value in self.opened.items() if key != call_id}
            return
        self._answers[call_id] = message_id
        await self._read([*self.opened, call_id])

    async def _refresh(self) -> None:
        """Bring what is open up to date."""
        if self.opened:
            await self._read(list(self.opened))

    async def _read(self, call_ids: list[str]) -> None:
        user_id, zone = await user_of(self), (await self.get_state(SessionState)).zone
        message_ids = {self._answers[call_id] for call_id in call_ids}
        of_answer: dict[str, list[CallView]] = {}
        for view in await tool_calls.list_calls(user_id=user_id, message_ids=message_ids):
            of_answer.setdefault(view.message_id, []).append(view)
        self.opened = {
            view.id: details_of(view, views, zone=zone)
            for views in of_answer.values()
            for view in views
            if view.id in call_ids
        }

    @rx.event
    async def undo(self, call_id: str, force: bool) -> None:
        """Take back all that a call did, or ask first if that would lose what came after."""
        self._put_question(call_id)
        try:
            await ledger.undo_call(user_id=await user_of(self), tool_call_id=call_id, force=force, origin=click())
        except ChangedSinceError as error:
            self._put_question(call_id, str(error))
        await self._show()

    @rx.event
    async def redo(self, call_id: str, force: bool) -> None:
        """Do again what a call did and what was taken back."""
        self._put_question(call_id)
        try:
            await ledger.redo_call(user_id=await user_of(self), tool_call_id=call_id, force=force, origin=click())
        except ChangedSinceError as error:
            self._put_question(call_id, str(error))
        await self._show()

    @rx.event
    async def leave(self, call_id: str) -> None:
        """Leave things as they are."""
        self._put_question(call_id)

    def _put_question(self, call_id: str, question: str = "") -> None:
        others = {key: value for key, value in self.asked.items() if key != call_id}
        asked = {**others, call_id: question} if question else others
        if asked != self.asked:
            self.asked = asked

    async def _show(self) -> None:
        await (await self.get_state(ChatState))._refresh_calls()
        await self._refresh()
