"""The pages behind one-time links: set Steward up, join by invitation, choose a new password."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import time

from starlette.requests import Request
from starlette.responses import Response

from assistant_app.errors import StewardError
from assistant_app.services import accounts, credentials, devices, invites, schedule_offers, throttle
from assistant_app.web.pages import Field, Offer, form_page
from assistant_app.web.refusals import refusal_headers, refusal_status
from assistant_app.web.requests import client_address, form_values
from assistant_app.web.signing import signed_in

_NAME = Field("name", "Your name", "name", hint="What the assistant calls you.")
_LOGIN = Field("login", "Sign-in name", "username", hint="Letters and digits, or . _ - @ +")
_SUMMARY = Offer("summary", "Send me a daily summary at", f"{schedule_offers.SUMMARY_AT:%H:%M}")
_PASSWORD = Field("password", "Password", "new-password", kind="password", hint="8 to 128 characters.")


@dataclass(frozen=True)
class _Link:
    """What one kind of link shows and does; `act` returns the id of the person who is signed in then."""

    kind: str
    title: str
    intro: str
    button: str
    fields: tuple[Field, ...]
    act: Callable[[Mapping[str, str]], Awaitable[str]]
    offer: Offer | None = None

    async def show(self, request: Request) -> Response:
        """Show the form, if the link is worth something."""
        return await self._answer(request, {"token": request.query_params.get("token", "")}, submitted=False)

    async def submit(self, request: Request) -> Response:
        """Do what the link is for, and sign the device in."""
        return await self._answer(request, await form_values(request), submitted=True)

    async def _answer(self, request: Request, values: Mapping[str, str], *, submitted: bool) -> Response:
        address = client_address(request.scope)
        try:
            throttle.count_attempt(door="link", address=address)
            await invites.check_link(kind=self.kind, token=values.get("token", ""))
        except StewardError as error:
            return _refuse(error)
        if not submitted:
            return self._page(values)
        try:
            user_id = await self.act(values)
        except StewardError as error:
            return self._page(values, error)
        user_agent = request.headers.get("user-agent", "")
        return signed_in(await devices.open_session(user_id=user_id, user_agent=user_agent, address=address), "/")

    def _page(self, values: Mapping[str, str], error: StewardError | None = None) -> Response:
        return form_page(
            self.title,
            intro=self.intro,
            action=f"/{self.kind}",
            fields=self.fields,
            offer=self.offer,
            button=self.button,
            values=values,
            hidden={"token": values.get("token", ""), "zone": values.get("zone", "")},
            error=str(error) if error else "",
            status=refusal_status(error) if error else 200,
        )


def _refuse(error: StewardError) -> Response:
    page = form_page("This link does not work", intro=str(error), status=refusal_status(error))
    page.headers.update(refusal_headers(error))
    return page


def _person(values: Mapping[str, str]) -> dict[str, str]:
    return {key: values.get(key, "") for key in ("token", "login", "name", "password", "zone")}


async def _set_up(values: Mapping[str, str]) -> str:
    return await _welcomed((await accounts.create_owner(**_person(values))).id, values)


async def _join(values: Mapping[str, str]) -> str:
    return await _welcomed((await accounts.accept_invite(**_person(values))).id, values)


async def _welcomed(user_id: str, values: Mapping[str, str]) -> str:
    """Have the daily summary come, if that was ticked; the account is there by now, whatever the time field says."""
    if values.get(_SUMMARY.name):
        try:
            at = time.fromisoformat(values.get(f"{_SUMMARY.name}_at", "")).replace(tzinfo=None)
        except ValueError:
            at = schedule_offers.SUMMARY_AT
        await schedule_offers.add_daily_summary(user_id=user_id, at=at)
    return user_id


async def _reset(values: Mapping[str, str]) -> str:
    return await credentials.reset_password(token=values.get("token", ""), new=values.get("password", ""))


LINKS = (
    _Link(
        "setup",
        "Welcome to Steward",
        "Create the first account. It owns this Steward and can invite others.",
        "Create account",
        (_NAME, _LOGIN, _PASSWORD),
        _set_up,
        _SUMMARY,
    ),
    _Link(
        "invite",
        "Join this Steward",
        "You are invited. Your conversations are yours alone.",
        "Create account",
        (_NAME, _LOGIN, _PASSWORD),
        _join,
        _SUMMARY,
    ),
    _Link(
        "reset",
        "Choose a new password",
        "You will be signed out on all your devices and signed in on this one.",
        "Save password",
        (_PASSWORD,),
        _reset,
    ),
)
