"""A person's answer to what waits for it: yes, no, or yes to something else."""

from typing import Any, Protocol

import reflex as rx

from assistant_app.agent import approvals as answering
from assistant_app.agent.policy import find_tool
from assistant_app.errors import ConflictError, InvalidInputError, NotFoundError, StewardError
from assistant_app.services import approvals
from assistant_app.services.approvals import ApprovalView, Decision
from assistant_app.ui.chat.approval_fields import Field, arguments_of, fields_of
from assistant_app.ui.chat.state import ChatState
from assistant_app.ui.notices import tell_problem
from assistant_app.ui.session import SessionState, user_of

_ANSWERED = "That question was answered already, here or on another device."


class _Answer(Protocol):
    async def __call__(self, *, user_id: str, approval_id: str) -> Decision: ...


class ApprovalState(rx.State):
    """The question whose arguments are being edited in this tab; `problem` is why they were refused."""

    editing_id: str = ""
    fields: list[Field] = []
    problem: str = ""
    _arguments: dict[str, Any] = {}
    _answered: str = ""

    @rx.event
    async def approve(self, approval_id: str) -> None:
        """Say yes to exactly what the card says."""
        await self._answer(approval_id, answering.approve)

    @rx.event
    async def deny(self, approval_id: str) -> None:
        """Say no."""
        await self._answer(approval_id, answering.deny)

    @rx.event
    async def begin_edit(self, approval_id: str) -> None:
        """Show the arguments as a form."""
        waiting = await self._find(approval_id)
        tool = find_tool(waiting.tool)
        if tool is None:
            raise NotFoundError("The tool for this is not part of Steward any more.")
        zone = (await self.get_state(SessionState)).zone
        self.editing_id, self.problem, self._arguments = approval_id, "", waiting.arguments
        self.fields = fields_of(tool.parameters, waiting.arguments, zone)

    @rx.event
    async def cancel_edit(self) -> None:
        """Leave the arguments as they were."""
        self._close()

    @rx.event
    async def save_edit(self, form: dict[str, Any]) -> None:
        """Say yes to what the form says; what cannot be done so stays as it was typed."""
        if not self.editing_id:
            return
        zone = (await self.get_state(SessionState)).zone
        try:
            wanted = arguments_of(self.fields, form, self._arguments, zone)
        except StewardError as error:
            self.problem = str(error)
            return
        try:
            await answering.approve(user_id=await user_of(self), approval_id=self.editing_id, arguments=wanted)
        except InvalidInputError as error:
            self.problem = str(error)
            return
        except StewardError as error:
            await tell_problem(self, str(error))
        self._close()
        await self._show()

    async def _answer(self, approval_id: str, answer: _Answer) -> None:
        if approval_id == self._answered:  # The second half of a double click.
            return
        try:
            await answer(user_id=await user_of(self), approval_id=approval_id)
            self._answered = approval_id
        except StewardError as error:
            await tell_problem(self, str(error))
        await self._show()

    async def _show(self) -> None:
        await (await self.get_state(ChatState))._refresh(all_texts=False)

    async def _find(self, approval_id: str) -> ApprovalView:
        waiting = await approvals.list_waiting(user_id=await user_of(self))
        found = next((one for one in waiting if one.id == approval_id), None)
        if found is None:
            await self._show()
            raise ConflictError(_ANSWERED)
        return found

    def _close(self) -> None:
        self.editing_id, self.fields, self.problem, self._arguments = "", [], "", {}
