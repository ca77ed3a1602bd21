"""Event guard: who reaches a handler, and with what."""

import importlib
import inspect
from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

import pytest
import reflex as rx
import structlog
from reflex.state import State, UpdateVarsInternalState
from reflex_base.registry import RegistrationContext
from structlog.testing import capture_logs

from assistant_app import models
from assistant_app.errors import InvalidInputError
from assistant_app.services import accounts, devices
from assistant_app.ui import guard, handlers
from assistant_app.ui.handlers import Access
from assistant_app.ui.session import SessionState, owner_only, session_of, user_of
from tests.conftest import add_user
from tests.ui.conftest import OpenTab, cookie_of


class NotebookState(rx.State):
    """A state like those of the pages."""

    text: str = ""
    number: int = 0
    due: str = ""
    owner: str = ""
    calls: rx.Field[list[str]] = rx.field(default_factory=list)

    @rx.event
    async def write(self, text: str) -> None:
        """Keep a text, and for whom."""
        self.text, self.owner = text, await user_of(self)

    @rx.event
    def count(self, number: int, kind: Literal["up", "down"] = "up") -> None:
        """Count."""
        self.number += number if kind == "up" else -number

    @rx.event
    def schedule(self, due: date) -> None:
        """Take what JSON cannot say."""
        self.due = due.strftime("%A")

    @rx.event
    def submit(self, form: dict[str, Any]) -> None:
        """Take a form."""
        self.calls = [*self.calls, f"submit {sorted(form)}"]

    @rx.event
    @owner_only
    async def invite(self) -> None:
        """Do what only owners may."""
        self.calls = [*self.calls, "invite"]

    @rx.event
    async def whoami(self) -> None:
        """Show which device session this is."""
        self.text = await session_of(self)

    @rx.event
    def fail(self) -> None:
        """Raise what a service raises."""
        raise InvalidInputError("A name has 1 to 80 characters.")

    def careless(self, anything) -> None:  # type: ignore[no-untyped-def]  # noqa: ARG002 - this is the mistake
        """Be public without a decorator or annotations."""
        self.calls = [*self.calls, "careless"]


PREFIX = NotebookState.get_full_name()


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    structlog.configure(cache_logger_on_first_use=False)
    with capture_logs():
        yield
    structlog.reset_defaults()


async def test_a_session_reaches_handlers_as_its_user(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada, on_load=[SessionState.load])
    await tab.send(NotebookState.write("milk"))
    assert tab.value(NotebookState, "text") == "milk"
    assert tab.value(NotebookState, "owner") == ada.id
    assert tab.value(SessionState, "name") == "Ada"
    assert tab.value(SessionState, "expired") is False


async def test_without_a_session_nothing_is_reached_and_the_tab_learns_that_it_expired(open_tab: OpenTab) -> None:
    tab = await open_tab(None)
    await tab.send(NotebookState.write("milk"))
    assert not tab.value(NotebookState, "text")
    assert tab.value(SessionState, "expired") is True


async def test_a_revoked_session_is_refused_with_the_next_event_and_its_tree_is_emptied(
    open_tab: OpenTab, ada: models.User
) -> None:
    tab = await open_tab(ada)
    await tab.send(NotebookState.write("milk"))
    await devices.revoke_all_devices(user_id=ada.id)
    await tab.send(NotebookState.write("bread"))
    assert tab.value(NotebookState, "text") == ""
    assert tab.value(SessionState, "expired") is True


async def test_a_disabled_person_is_refused_with_the_next_event(open_tab: OpenTab, ada: models.User) -> None:
    owner = await add_user("olga", role="owner")
    tab = await open_tab(ada)
    await accounts.disable_person(user_id=owner.id, person_id=ada.id)
    await tab.send(NotebookState.write("milk"))
    assert not tab.value(NotebookState, "text")


async def test_another_users_client_token_shows_nothing_of_theirs(
    open_tab: OpenTab, ada: models.User, bob: models.User
) -> None:
    hers = await open_tab(ada)
    await hers.send(NotebookState.write("secret"))
    his = await open_tab(bob, token=hers.token)
    assert "secret" not in str(his.deltas)
    await his.send(NotebookState.write("mine"))
    assert his.value(NotebookState, "owner") == bob.id


async def test_another_session_may_not_go_on_in_a_tree_without_hydrating(
    open_tab: OpenTab, ada: models.User, bob: models.User
) -> None:
    tab = await open_tab(ada)
    await tab.send(NotebookState.write("secret"))
    tab.router["headers"] = {"cookie": await cookie_of(bob)}
    tab.deltas.clear()
    await tab.send(NotebookState.count(1))
    assert "secret" not in str(tab.deltas)
    assert tab.value(NotebookState, "number") == 0
    assert tab.value(NotebookState, "text") == ""


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        (f"{PREFIX}.setvar", {"var_name": "text", "value": "x"}),
        (f"{PREFIX}.careless", {"anything": 1}),
        (f"{PREFIX}.count", {"number": "1"}),
        (f"{PREFIX}.count", {"number": [1]}),
        (f"{PREFIX}.count", {"number": True}),
        (f"{PREFIX}.count", {"number": 1.5}),
        (f"{PREFIX}.count", {"number": None}),
        (f"{PREFIX}.count", {}),
        (f"{PREFIX}.count", {"number": 1, "kind": "sideways"}),
        (f"{PREFIX}.count", {"number": 1, "self": 2}),
        (f"{PREFIX}.count", {"number": 1, "user_id": "usr_1"}),
        (f"{PREFIX}.schedule", {"due": "not a date"}),
        (f"{PREFIX}.submit", {"form": [["a", 1]]}),
        (f"{PREFIX}.write", {"text": {"a": 1}}),
        (f"{State.get_full_name()}.setvar", {"var_name": "is_hydrated", "value": False}),
        (
            f"{UpdateVarsInternalState.get_full_name()}.update_vars_internal",
            {"vars": {f"{PREFIX}.text": "x", f"{SessionState.get_full_name()}._user_id": "usr_1"}},
        ),
    ],
)
async def test_a_forged_event_changes_nothing(
    open_tab: OpenTab, ada: models.User, name: str, payload: dict[str, Any]
) -> None:
    tab = await open_tab(ada)
    before = {key: dict(values) for key, values in tab.shown.items()}
    await tab.forge(name, payload)
    assert tab.shown == before
    assert open_tab.errors == []


async def test_arguments_arrive_as_they_are_declared(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada)
    await tab.forge(f"{PREFIX}.schedule", {"due": "2027-01-01"})
    await tab.forge(f"{PREFIX}.count", {"number": 3})
    await tab.forge(f"{PREFIX}.count", {"number": 1, "kind": "down"})
    await tab.forge(f"{PREFIX}.submit", {"form": {"name": "Ada", "nested": [1]}})
    assert tab.value(NotebookState, "due") == "Friday"
    assert tab.value(NotebookState, "number") == 2
    assert tab.value(NotebookState, "calls") == ["submit ['name', 'nested']"]


async def test_handlers_of_owners_are_closed_to_members(open_tab: OpenTab, ada: models.User) -> None:
    olga = await add_user("olga", role="owner")
    member, owner = await open_tab(ada), await open_tab(olga)
    await member.send(NotebookState.invite)
    await owner.send(NotebookState.invite)
    assert not member.value(NotebookState, "calls")
    assert owner.value(NotebookState, "calls") == ["invite"]


async def test_what_is_dropped_is_logged_without_its_arguments(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada)
    with capture_logs() as logs:
        await tab.forge(f"{PREFIX}.count", {"number": "my diary"})
    assert [entry["why"] for entry in logs if entry["event"] == "event_dropped"] == ["arguments"]
    assert "my diary" not in str(logs)


async def test_the_session_of_a_tab_is_known_to_its_handlers(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada)
    await tab.send(NotebookState.whoami)
    assert tab.value(NotebookState, "text") == (await devices.list_devices(user_id=ada.id))[0].id


async def test_what_a_handler_raises_reaches_the_exception_handler(open_tab: OpenTab, ada: models.User) -> None:
    tab = await open_tab(ada)
    with pytest.raises(InvalidInputError):
        await tab.send(NotebookState.fail)
    assert [str(error) for error in open_tab.errors] == ["A name has 1 to 80 characters."]


def test_an_error_for_people_is_told_and_any_other_is_only_logged() -> None:
    told: list[str] = []

    def notify(sentence: str) -> Any:
        told.append(sentence)

    handle = guard.exception_handler(notify)
    with capture_logs() as logs:
        handle(InvalidInputError("A name has 1 to 80 characters."))
        handle(KeyError("a password"))
        guard.exception_handler()(KeyError("a password"))
    assert told[0] == "A name has 1 to 80 characters."
    assert "a password" not in told[1]
    assert [entry["event"] for entry in logs] == ["handler_refused", "handler_failed", "handler_failed"]


def test_every_registered_handler_is_classified() -> None:
    importlib.import_module("assistant_app.assistant_app")  # Registers the states of every page.
    wrong: list[str] = []
    for name, registered in RegistrationContext.get().event_handlers.items():
        if (
            name.endswith(".setvar")
            or name in handlers.FRAMEWORK
            or registered.states[0].__module__.startswith("tests.")
        ):
            continue
        if handlers.access_of(name) is Access.NOBODY:
            wrong.append(f"{name} belongs to no package of ours, or an argument has no annotation")
        elif not inspect.getsource(registered.handler.fn).lstrip().startswith("@rx.event"):
            wrong.append(f"{name} is public without @rx.event; begin its name with _ or decorate it")
    assert wrong == []


def test_framework_handlers_that_are_let_through_exist() -> None:
    assert set(RegistrationContext.get().event_handlers) >= handlers.FRAMEWORK
