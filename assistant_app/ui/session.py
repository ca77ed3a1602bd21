"""Who looks at this tab: the session that the guard has verified, and what every page shows of its person."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import reflex as rx

from assistant_app.errors import NotFoundError
from assistant_app.services import accounts

P = ParamSpec("P")
T = TypeVar("T")
OWNER_ONLY = "__owner_only__"


def owner_only(handler: Callable[P, T]) -> Callable[P, T]:
    """Mark a handler, below `@rx.event`, that the guard keeps from everybody but owners."""
    setattr(handler, OWNER_ONLY, True)
    return handler


class SessionState(rx.State):
    """The verified session. The guard alone writes `_user_id` and `_session_id`, anew with every event."""

    _user_id: str = ""
    _session_id: str = ""

    expired: bool = False
    name: str = ""
    initial: str = ""
    login: str = ""
    is_owner: bool = False
    zone: str = "UTC"
    theme: str = "system"
    density: str = "comfortable"

    @rx.event
    async def load(self) -> None:
        """Show what the account says now; first in every page's `on_load`, and after a change to the profile."""
        await self._load()

    async def _load(self) -> None:
        try:
            person = await accounts.get_person(user_id=self._user_id)
        except NotFoundError:
            self.expired = True
            return
        self.name, self.login, self.is_owner = person.name, person.login, person.is_owner
        self.initial = person.name[:1].upper()
        self.zone, self.theme, self.density = person.zone, person.theme, person.density


async def user_of(state: rx.State) -> str:
    """Return the id of the user for whom an event runs; a background handler asks inside `async with self`."""
    return (await state.get_state(SessionState))._user_id


async def session_of(state: rx.State) -> str:
    """Return the id of the device session from which an event came."""
    return (await state.get_state(SessionState))._session_id
