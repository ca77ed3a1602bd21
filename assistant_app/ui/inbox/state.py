"""Which matters the inbox's page shows, and what is answered to one."""

from urllib.parse import parse_qs, urlsplit

import reflex as rx

from assistant_app import bus
from assistant_app.agent import approvals as deciding
from assistant_app.errors import ConflictError
from assistant_app.services import accounts, approvals, inbox
from assistant_app.services.approvals import Decision
from assistant_app.services.task_views import quoted
from assistant_app.ui.inbox.arrivals import TOPICS, ArrivalState
from assistant_app.ui.inbox.rows import KINDS, ItemRow, approval_row, row_of
from assistant_app.ui.notices import click, say, tell_problem
from assistant_app.ui.session import user_of

CLOSED = "closed"
PAGE = 100


class InboxState(rx.State):
    """The matters of one `view`: a kind, everything that is open (empty), or what is closed."""

    view: str = ""
    rows: list[ItemRow] = []
    open_id: str = ""
    has_new: bool = False
    has_more: bool = False
    loaded: bool = False
    _limit: int = PAGE

    @rx.event
    async def load(self) -> None:
        """Show the view that the address names."""
        wanted = parse_qs(urlsplit(str(self.router.url)).query).get("view", [""])[0]
        view = wanted if wanted in (*KINDS, CLOSED) else ""
        if view != self.view:
            self.view, self.open_id, self._limit = view, "", PAGE
        await self._refresh()

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Show what comes, and what is answered on another device."""
        async with self:
            user_id = await user_of(self)
        if not user_id:
            return
        with bus.subscribe(user_id) as changes:
            while True:
                if await changes.changes() & TOPICS:
                    async with self:
                        await self._refresh()

    async def _refresh(self) -> None:
        user_id = await user_of(self)
        rows = await self._items(user_id)
        if self.view in ("", "approval"):
            zone = (await accounts.get_person(user_id=user_id)).zone
            waiting = await approvals.list_waiting(user_id=user_id)
            rows = sorted([approval_row(one, zone) for one in waiting] + rows, key=lambda row: row.at, reverse=True)
        self._put(
            rows=rows[: self._limit],
            has_more=len(rows) > self._limit,
            has_new=any(row.is_new and row.kind != "approval" for row in rows),
            loaded=True,
        )

    async def _items(self, user_id: str) -> list[ItemRow]:
        is_closed = self.view == CLOSED
        found = await inbox.list_items(
            user_id=user_id,
            kind="" if is_closed else self.view,
            state="closed" if is_closed else "open",
            limit=self._limit + 1,
        )
        return [row_of(item) for item in found]

    def _put(self, **values: object) -> None:
        """Set what is different: anything set is sent, and drawn again, even if it is the same."""
        for name, value in values.items():
            if getattr(self, name) != value:
                setattr(self, name, value)

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
        if row is not None and row.is_new and row.kind != "approval":
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
        await say(self, f"Dismissed {quoted(item.title)}.", undo=origin)
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
