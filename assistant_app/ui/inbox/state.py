"""Which matters the inbox's page shows, and what is answered to one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import reflex as rx

from assistant_app import bus
from assistant_app.agent import approvals as deciding
from assistant_app.errors import ConflictError, NotFoundError
from assistant_app.services import accounts, approvals, arrivals, inbox, inbox_actions
from assistant_app.services.approvals import Decision
from assistant_app.services.inbox import State
from assistant_app.services.task_views import quoted
from assistant_app.ui.components.message_text import Piece
from assistant_app.ui.inbox.addresses import Place, address_of, read_place
from assistant_app.ui.inbox.arrivals import ArrivalState
from assistant_app.ui.inbox.rows import ItemRow, approval_row, end_words, row_of
from assistant_app.ui.inbox.snoozing import SnoozeState, how_many
from assistant_app.ui.notices import click, say, tell_problem
from assistant_app.ui.session import user_of

PAGE = 100
_STATES: dict[str, State] = {"": "open", "snoozed": "snoozed", "answered": "closed"}


class ItemTextState(rx.State):
    """The texts of opened items that are Markdown, on their way to the page (see components/message_text.js)."""

    pieces: list[Piece] = []

    @rx.event
    async def send_text(self, item_id: str) -> None:
        """Send an item's whole text."""
        await self._send(item_id)

    async def _send(self, item_id: str) -> None:
        item = await inbox.get_item(user_id=await user_of(self), item_id=item_id)
        self.pieces = [Piece(id=item_id, at=0, text=item.text)]


class InboxState(rx.State):
    """The matters of one place; `open_id` is the one that is unfolded, `look_nonce` changes when it is to be seen."""

    show: str = ""
    kind: str = ""
    rows: list[ItemRow] = []
    open_id: str = ""
    look_nonce: bool = False
    has_new: bool = False
    has_more: bool = False
    loaded: bool = False
    _limit: int = PAGE
    _address: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the view, or the item, that the address names."""
        address = str(self.router.url)
        place = read_place(address)
        is_new = address != self._address
        if is_new:
            self._address, self._limit = address, PAGE
            self._put(open_id="", show=place.show, kind=place.kind)
        if place.item_id and (is_new or all(row.id != place.item_id for row in self.rows)):
            await self._go_to(place)
        await self._refresh()

    async def _go_to(self, place: Place) -> None:
        """Open one item, among those that are open, snoozed or answered as it is."""
        user_id = await user_of(self)
        if any(one.id == place.item_id for one in await approvals.list_waiting(user_id=user_id)):
            self._put(open_id=place.item_id, look_nonce=not self.look_nonce)
            return
        if any(one.id == place.item_id for one in await approvals.list_answered(user_id=user_id)):
            self._put(open_id=place.item_id, look_nonce=not self.look_nonce, show="answered")
            return
        try:
            item = await inbox.read_item(user_id=user_id, item_id=place.item_id)
        except NotFoundError as error:
            await tell_problem(self, str(error))
            return
        show = "answered" if item.resolved_at else "snoozed" if item.snoozed_until else ""
        self._put(open_id=item.id, look_nonce=not self.look_nonce, show=show)

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show what comes, and what is answered on another device."""
        async with self:
            user_id = await user_of(self)
        if not user_id:
            return
        with bus.subscribe(user_id) as changes:
            while True:
                if await changes.changes() & arrivals.TOPICS:
                    async with self:
                        await self._refresh()

    async def _refresh(self) -> None:
        user_id = await user_of(self)
        rows = await self._items(user_id) + await self._approvals(user_id)
        rows = await self._with_opened(user_id, sorted(rows, key=_moment, reverse=True))
        self._put(
            rows=rows[: self._limit],
            has_more=len(rows) > self._limit,
            has_new=any(row.is_new and row.kind != "approval" for row in rows),
            loaded=True,
        )
        (await self.get_state(InboxSelectionState))._keep(self.rows)

    async def _items(self, user_id: str) -> list[ItemRow]:
        state, limit = _STATES[self.show], self._limit + 1
        found = await inbox.list_items(user_id=user_id, kind=self.kind, state=state, limit=limit)
        return [row_of(item) for item in found]

    async def _approvals(self, user_id: str) -> list[ItemRow]:
        if self.kind not in ("", "approval") or self.show == "snoozed":
            return []
        zone = (await accounts.get_person(user_id=user_id)).zone
        if self.show == "answered":
            found = await approvals.list_answered(user_id=user_id, limit=self._limit + 1)
        else:
            found = await approvals.list_waiting(user_id=user_id)
        return [approval_row(one, zone) for one in found]

    async def _with_opened(self, user_id: str, rows: list[ItemRow]) -> list[ItemRow]:
        """Return the rows with the item that the address names first, if it is older than all that are shown."""
        wanted = read_place(self._address).item_id
        if not wanted or wanted != self.open_id or any(row.id == wanted for row in rows[: self._limit]):
            return rows
        try:
            item = await inbox.get_item(user_id=user_id, item_id=wanted)
        except NotFoundError:
            return rows
        is_here = ("answered" if item.resolved_at else "snoozed" if item.snoozed_until else "") == self.show
        return [row_of(item), *rows] if is_here else rows

    def _put(self, **values: object) -> None:
        """Set what is different: anything set is sent, and drawn again, even if it is the same."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

    @rx.event
    async def choose_kind(self, kind: str) -> Any:
        """Show one kind of matters, or all."""
        return rx.redirect(address_of(self.show, kind))

    @rx.event
    async def show_more(self) -> None:
        """Show the next page below."""
        self._limit += PAGE
        await self._refresh()

    @rx.event
    async def toggle(self, item_id: str) -> None:
        """Show all of a matter, which makes it read; or fold it again."""
        row = next((row for row in self.rows if row.id == item_id), None)
        self.open_id = "" if row is None or self.open_id == item_id else item_id
        if row is None:
            return
        if row.is_markdown and self.open_id:
            await (await self.get_state(ItemTextState))._send(item_id)
        if row.is_new and row.kind != "approval":
            await inbox.read_item(user_id=await user_of(self), item_id=item_id)
            await self._show_everywhere()

    @rx.event
    async def read_all(self) -> None:
        """Note that everything was looked at."""
        await inbox.read_all(user_id=await user_of(self))
        await self._show_everywhere()

    @rx.event
    async def dismiss(self, item_id: str) -> None:
        """Put a matter aside for good."""
        origin = click()
        item = await inbox.dismiss_item(user_id=await user_of(self), item_id=item_id, origin=origin)
        lasts = " It will not come up again." if item.kind in ("conflict", "suggestion") else ""
        await say(self, f"{end_words(item)} {quoted(item.title)}.{lasts}", undo=origin)
        await self._show_everywhere()

    @rx.event
    async def act(self, item_id: str, action: str) -> None:
        """Do what an item offers by itself."""
        origin = click()
        said = await inbox_actions.act(user_id=await user_of(self), item_id=item_id, action=action, origin=origin)
        await say(self, said, undo=origin)
        await self._show_everywhere()

    @rx.event
    async def approve(self, approval_id: str) -> None:
        """Say yes to a call that waits: it is carried out with exactly the arguments that are shown."""
        try:
            decision = await deciding.approve(user_id=await user_of(self), approval_id=approval_id)
        except ConflictError as error:
            await tell_problem(self, str(error))
        else:
            await self._tell(decision)
        await self._show_everywhere()

    @rx.event
    async def deny(self, approval_id: str) -> None:
        """Say no to a call that waits."""
        try:
            await deciding.deny(user_id=await user_of(self), approval_id=approval_id)
        except ConflictError as error:
            await tell_problem(self, str(error))
        else:
            await say(self, "Denied. Nothing was done.")
        await self._show_everywhere()

    async def _tell(self, decision: Decision) -> None:
        outcome = decision.outcome
        if outcome.status == "ok":
            await say(self, outcome.summary)
        else:
            await tell_problem(self, outcome.summary or "It could not be done. Its chat says why.")

    async def _show_everywhere(self) -> None:
        await self._refresh()
        await (await self.get_state(ArrivalState))._refresh()


def _moment(row: ItemRow) -> datetime:
    return datetime.fromisoformat(row.at)


class InboxSelectionState(rx.State):
    """The items that are selected, all of them in sight."""

    ids: list[str] = []

    @rx.event
    async def toggle(self, item_id: str) -> None:
        """Select an item, or not any more."""
        chosen = [each for each in self.ids if each != item_id]
        self.ids = chosen if len(chosen) < len(self.ids) else [*self.ids, item_id]
        await self._keep_shown()

    @rx.event
    async def choose_all(self) -> None:
        """Select all that is shown and can be answered together."""
        self.ids = [row.id for row in (await self.get_state(InboxState)).rows if row.can_select]

    @rx.event
    async def clear(self) -> None:
        """Select nothing."""
        self.ids = []

    @rx.event
    async def finish(self) -> None:
        """Be done with all that is selected."""
        await self._answer("done", "Done with")

    @rx.event
    async def dismiss(self) -> None:
        """Put all that is selected aside."""
        await self._answer("dismissed", "Dismissed")

    @rx.event
    async def snooze(self, wait: str) -> None:
        """Have all that is selected come again after one of the usual times."""
        await (await self.get_state(SnoozeState))._snooze_for(self.ids, wait)
        await self._go_on()

    @rx.event
    async def ask(self) -> None:
        """Ask for another time at which all that is selected comes again."""
        await (await self.get_state(SnoozeState))._ask(self.ids, f"{len(self.ids)} items")

    @rx.event
    async def read(self) -> None:
        """Note that all that is selected was looked at."""
        await inbox.read_items(user_id=await user_of(self), item_ids=self.ids)
        await self._go_on()

    async def _answer(self, answer: inbox.Answer, said: str) -> None:
        origin = click()
        items = await inbox.answer_items(user_id=await user_of(self), item_ids=self.ids, answer=answer, origin=origin)
        await say(self, f"{said} {how_many(items)}.", undo=origin if items else None)
        await self._go_on()

    async def _go_on(self) -> None:
        self.ids = []
        await (await self.get_state(InboxState))._show_everywhere()

    async def _keep_shown(self) -> None:
        self._keep((await self.get_state(InboxState)).rows)

    def _keep(self, shown: Sequence[ItemRow]) -> None:
        """Forget what is not shown any more."""
        kept = [each for each in self.ids if any(row.id == each and row.can_select for row in shown)]
        if kept != self.ids:
            self.ids = kept
