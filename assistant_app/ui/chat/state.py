"""The conversation that a tab shows, and what its user does in it."""

from collections.abc import Iterable, Sequence
from urllib.parse import parse_qs, urlsplit

import reflex as rx

from assistant_app import bus, clock
from assistant_app.agent import runs, talk
from assistant_app.errors import NotFoundError, StewardError
from assistant_app.ids import new_id
from assistant_app.services import branches, conversations, messages, providers, temporary, threads
from assistant_app.services.temporary import is_temporary
from assistant_app.services.views import MessageView, Thread
from assistant_app.ui.beside import Beside, is_chat, look_beside
from assistant_app.ui.chat.calls import CallRow, question_of, read_calls
from assistant_app.ui.chat.rows import MessageRow, rows_of, with_calls
from assistant_app.ui.components.message_text import Piece
from assistant_app.ui.notices import tell_problem
from assistant_app.ui.session import SessionState, user_of

NEW_TITLE = "New chat"
SHOWN_TOPIC = "shown"  # Tells followers that a tab shows another conversation, or none.


class TextState(rx.State):
    """The newest pieces of text on their way to the page; a state of its own, since it changes all the time."""

    pieces: list[Piece] = []
    _delivered: dict[str, tuple[int, int]] = {}

    def _deliver(self, shown: Iterable[tuple[str, str, str]]) -> bool:
        """Send of each `(message id, text, reasoning)` what the page does not have; tell whether that was anything.

        To be called once in an event: a second list of pieces would take the place of the first.
        """
        pieces = [piece for entry in shown if (piece := self._rest_of(*entry))]
        if pieces:
            self.pieces = pieces
        return bool(pieces)

    def _rest_of(self, message_id: str, text: str, reasoning: str) -> Piece | None:
        had_text, had_reasoning = self._delivered.get(message_id, (-1, 0))
        if len(text) < had_text or len(reasoning) < had_reasoning:
            had_text, had_reasoning = -1, 0
        piece = Piece(id=message_id)
        if len(text) > had_text:
            at = max(0, had_text)
            piece.update(at=at, text=text[at:])
        if len(reasoning) > had_reasoning:
            piece.update(reasoning_at=had_reasoning, reasoning=reasoning[had_reasoning:])
        self._delivered[message_id] = len(text), len(reasoning)
        return piece if len(piece) > 1 else None

    def _forget(self, message_ids: Iterable[str] | None = None) -> None:
        """Have texts sent whole again: those of some messages, or all."""
        for message_id in list(self._delivered) if message_ids is None else message_ids:
            self._delivered.pop(message_id, None)


class ChatState(rx.State):
    """One conversation: `conversation_id` is empty until the first message of a new one."""

    conversation_id: str = ""
    title: str = NEW_TITLE
    rows: list[MessageRow] = []
    suggestions: list[str] = []
    asks: str = ""
    has_earlier: bool = False
    has_later: bool = False
    running: bool = False
    is_missing: bool = False
    is_temporary: bool = False
    is_pinned: bool = False
    is_archived: bool = False
    is_deleted: bool = False
    model: str = ""
    editing_id: str = ""
    draft_key: str = ""
    sent_nonce: str = ""
    refused_nonce: str = ""
    follow_nonce: str = ""
    jump_to: str = ""
    jump_nonce: str = ""
    _limit: int = threads.WINDOW
    _around: str = ""
    _beside: Beside | None = None
    _read_at: float = 0.0  # When what is shown began to be read.
    _opened_in: str = ""  # The connection in which the page was opened last.
    _is_chosen: bool = False  # Something was chosen for this conversation, which may not have begun.

    # Opening. These run again at every reconnect, so that they only ever show what is.

    @rx.event
    async def open(self) -> None:
        """Show the conversation that the address names."""
        await self._open_address()

    async def _open_address(self) -> None:
        self._opened_in = self.router.session.session_id
        address = urlsplit(str(self.router.url))
        conversation_id = address.path.strip("/").removeprefix("c/").strip("/")
        if conversation_id != self.conversation_id:
            await self._leave()
            self.conversation_id = conversation_id
        if wanted := parse_qs(address.query).get("m", [""])[0]:
            await self._show_message(wanted)
        bus.publish(await user_of(self), SHOWN_TOPIC)  # The tab's follower may have been faster than the page.
        await self._refresh(all_texts=True)

    @rx.event
    async def open_new(self) -> None:
        """Show an empty conversation, with what was chosen for it, or the temporary one that goes on in this tab."""
        await self._open_empty()

    async def _open_empty(self) -> None:
        self._opened_in = self.router.session.session_id
        is_begun = self.conversation_id and not is_temporary(self.conversation_id)
        if is_begun or not (self.conversation_id or self._is_chosen):
            await self._leave()
        await self._refresh(all_texts=True)

    async def _open_late(self) -> None:
        """Open the page for who was faster than it: what the tab showed before it was loaded is not meant."""
        if self._opened_in != self.router.session.session_id:
            is_empty = not urlsplit(str(self.router.url)).path.strip("/")
            await (self._open_empty() if is_empty else self._open_address())

    @rx.event
    async def new_chat(self) -> rx.event.EventSpec:
        """Leave this conversation for an empty one."""
        await self._leave()
        await self._refresh(all_texts=True)
        return rx.redirect("/")

    @rx.event
    async def toggle_temporary(self) -> None:
        """Choose whether a conversation that has not begun will be kept."""
        if not self.conversation_id:
            self.is_temporary, self._is_chosen = not self.is_temporary, True
            await self._refresh(all_texts=False)

    async def _leave(self) -> None:
        if is_temporary(self.conversation_id):
            user_id = await user_of(self)
            await runs.stop(user_id=user_id, conversation_id=self.conversation_id)
            await temporary.discard_conversation(user_id=user_id, conversation_id=self.conversation_id)
        self.conversation_id, self.title, self.editing_id, self.model = "", NEW_TITLE, "", ""
        self.rows, self._limit, self._around, self._beside = [], threads.WINDOW, "", None
        self.has_earlier = self.has_later = self.running = self.is_temporary = self.is_missing = False
        self.is_pinned = self.is_archived = self.is_deleted = self._is_chosen = False

    async def _refresh(self, *, all_texts: bool) -> None:
        """Show the conversation as it is stored now; texts that the page has are not sent again."""
        began = clock.monotonic()
        await self._show_stored(all_texts=all_texts)
        self._read_at = began

    async def _show_stored(self, *, all_texts: bool) -> None:
        user_id = await user_of(self)
        self._put(draft_key=f"{user_id}/{self.conversation_id or 'new'}")
        if not self.conversation_id:
            self.model = self.model or await providers.default_model(user_id=user_id)
            return
        try:
            thread = await self._read(user_id)
        except NotFoundError:
            self.is_missing, self.rows, self.running, self.has_earlier = True, [], False, False
            return
        self._show(thread, await self._read_calls(message.id for message in thread.messages))
        await self._send_texts(thread.messages, again=all_texts)
        if thread.unread:
            await conversations.mark_read(user_id=user_id, conversation_id=thread.id)

    async def _read(self, user_id: str) -> Thread:
        if is_temporary(self.conversation_id):
            return await temporary.open_thread(user_id=user_id, conversation_id=self.conversation_id, limit=self._limit)
        wanted = {"user_id": user_id, "conversation_id": self.conversation_id}
        if self._around:
            try:
                return await threads.open_thread(**wanted, limit=self._limit, around_message_id=self._around)
            except NotFoundError:  # What was jumped to is deleted, or on a branch that is not shown any more.
                self._around = ""
        return await threads.open_thread(**wanted, limit=self._limit)

    async def _read_calls(self, message_ids: Iterable[str]) -> dict[str, list[CallRow]]:
        zone = (await self.get_state(SessionState)).zone
        return await read_calls(user_id=await user_of(self), message_ids=message_ids, zone=zone)

    async def _refresh_calls(self) -> None:
        """Show the cards as they are now; everything else stays."""
        calls = await self._read_calls(row.id for row in self.rows)
        self._put(rows=with_calls(self.rows, calls, suggested=bool(self.suggestions)), asks=question_of(calls))

    def _show(self, thread: Thread, calls: dict[str, list[CallRow]]) -> None:
        last = thread.messages[-1] if thread.messages and not thread.has_later and not thread.run_id else None
        self._put(
            is_missing=False,
            title=thread.title,
            has_earlier=thread.has_earlier,
            has_later=thread.has_later,
            is_pinned=thread.pinned,
            is_archived=thread.archived,
            is_deleted=thread.deleted,
            is_temporary=thread.temporary,
            running=bool(thread.run_id),
            model=thread.model or self.model,
            rows=rows_of(thread.messages, calls),
            suggestions=list(last.suggestions) if last else [],
            asks=question_of(calls),
        )

    def _put(self, **values: object) -> None:
        """Set what is different: anything set is sent, and drawn again, even if it is the same."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    async def _send_texts(self, shown: Sequence[MessageView], *, again: bool) -> None:
        """Send texts; what is being written at this moment comes from its run, which is ahead of the database."""
        run = runs.find(user_id=await user_of(self), conversation_id=self.conversation_id)
        texts = await self.get_state(TextState)
        if again:
            texts._forget()
        texts._deliver(
            (message.id, run.text, run.reasoning)
            if run is not None and run.start.message_id == message.id
            else (message.id, message.text, message.reasoning)
            for message in shown
        )

    @rx.event
    async def send_text(self, message_id: str) -> None:
        """Send one message's text again, because the page misses a part of it."""
        thread = await self._read(await user_of(self))
        (await self.get_state(TextState))._forget([message_id])
        await self._send_texts([message for message in thread.messages if message.id == message_id], again=False)

    # Moving about in the conversation.

    @rx.event
    async def show_earlier(self) -> None:
        """Show more of what was said before."""
        self._limit += threads.WINDOW
        await self._refresh(all_texts=False)

    @rx.event
    async def show_latest(self) -> None:
        """Go back from an old part of the conversation to its end."""
        self._around, self._limit = "", threads.WINDOW
        self.follow_nonce = new_id("jmp")
        await self._refresh(all_texts=False)

    async def _show_message(self, message_id: str) -> None:
        """Bring a message into the window, on whichever branch it is."""
        if self.jump_to == message_id and self._around == message_id:
            return
        user_id = await user_of(self)
        try:
            await threads.open_thread(
                user_id=user_id, conversation_id=self.conversation_id, around_message_id=message_id
            )
        except NotFoundError:
            try:
                await messages.switch_version(user_id=user_id, message_id=message_id)
            except StewardError as error:  # The conversation is worth showing without it.
                await tell_problem(self, str(error))
                return
        self._around, self.jump_to, self.jump_nonce = message_id, message_id, new_id("jmp")

    @rx.event
    async def switch_version(self, message_id: str) -> None:
        """Show another version of a message, and what followed it."""
        place = temporary if is_temporary(self.conversation_id) else messages
        await place.switch_version(user_id=await user_of(self), message_id=message_id)
        await self._refresh(all_texts=False)

    # Asking and answering.

    @rx.event
    async def send(self, text: str, nonce: str) -> rx.event.EventSpec | None:
        """Send what was written; the composer keeps it until it hears that the server has it."""
        return await self._ask(text, nonce)

    async def _ask(self, text: str, nonce: str) -> rx.event.EventSpec | None:
        if nonce == self.sent_nonce:
            return None
        in_page = is_chat(self)
        if in_page:
            await self._open_late()
        elif not self.model:
            await self._refresh(all_texts=True)
        is_new, beside = not self.conversation_id, await look_beside(self)
        try:
            asked = await talk.ask(
                user_id=await user_of(self),
                conversation_id=self.conversation_id,
                text=text,
                model=self.model,
                keep=not self.is_temporary,
                sight=beside.sight(self._beside),
            )
        except StewardError as error:
            self.refused_nonce = nonce
            await tell_problem(self, str(error))
            return None
        self.sent_nonce = self.follow_nonce = nonce
        self.conversation_id, self._around, self._beside = asked.conversation_id, "", beside
        await self._refresh(all_texts=False)
        if is_new and in_page and not self.is_temporary:
            return rx.redirect(f"/c/{asked.conversation_id}", replace=True)
        return None

    @rx.event
    async def try_example(self, text: str) -> rx.event.EventSpec | None:
        """Send one of the example prompts."""
        return await self._ask(text, new_id("try"))

    @rx.event
    async def stop(self) -> None:
        """End the answer that is being written."""
        await runs.stop(user_id=await user_of(self), conversation_id=self.conversation_id)
        await self._refresh(all_texts=False)

    @rx.event
    async def begin_edit(self, message_id: str) -> None:
        """Let a question be edited where it stands."""
        self.editing_id = message_id

    @rx.event
    async def cancel_edit(self) -> None:
        """Leave a question as it was."""
        self.editing_id = ""

    @rx.event
    async def save_edit(self, message_id: str, text: str) -> None:
        """Ask a question again in other words."""
        await talk.ask_edited(
            user_id=await user_of(self),
            conversation_id=self.conversation_id,
            message_id=message_id,
            text=text,
            model=self.model,
        )
        self.editing_id, self.follow_nonce, self._around = "", new_id("ask"), ""
        await self._refresh(all_texts=False)

    @rx.event
    async def regenerate(self, message_id: str) -> None:
        """Ask for another answer."""
        await self._answer_with(talk.regenerate, message_id)

    @rx.event
    async def retry(self, message_id: str) -> None:
        """Try again what failed."""
        await self._answer_with(talk.retry, message_id)

    @rx.event
    async def resume(self, message_id: str) -> None:
        """Let an answer go on that ended early."""
        await self._answer_with(talk.resume, message_id)

    async def _answer_with(self, step: "talk.Step", message_id: str) -> None:
        await step(
            user_id=await user_of(self),
            conversation_id=self.conversation_id,
            message_id=message_id,
            model=self.model,
        )
        self._around = ""  # The new answer is at the end.
        await self._refresh(all_texts=False)

    @rx.event
    async def delete_message(self, message_id: str) -> None:
        """Remove one message; what follows it stays."""
        place = temporary if is_temporary(self.conversation_id) else messages
        await place.delete_message(user_id=await user_of(self), message_id=message_id)
        await self._refresh(all_texts=False)

    @rx.event
    async def branch_from(self, message_id: str) -> rx.event.EventSpec:
        """Go on from a message in a conversation of its own."""
        branch_id = await branches.branch_from(user_id=await user_of(self), message_id=message_id)
        return rx.redirect(f"/c/{branch_id}")

    async def _choose_model(self, model: str) -> None:
        """Have the next answers written by another model."""
        user_id = await user_of(self)
        await providers.resolve_model(user_id=user_id, model=model)
        self.model, self._is_chosen = model, True
        if self.conversation_id:
            place = temporary if is_temporary(self.conversation_id) else conversations
            await place.set_model(user_id=user_id, conversation_id=self.conversation_id, model=model)
