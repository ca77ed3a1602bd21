"""Signing in and out."""

from collections.abc import Mapping
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from assistant_app.errors import NotFoundError, StewardError
from assistant_app.services import accounts, credentials, devices
from assistant_app.services.devices import NewSession
from assistant_app.settings import get_settings
from assistant_app.web.pages import Field, form_page
from assistant_app.web.refusals import refusal_headers, refusal_status
from assistant_app.web.requests import client_address, form_values, local_path, session_of

_FIELDS = (
    Field("login", "Sign-in name", "username"),
    Field("password", "Password", "current-password", kind="password"),
)


async def show_login(request: Request) -> Response:
    """Show the sign-in form, or go on if the device is signed in."""
    wanted = local_path(request.query_params.get("next", "/"))
    if session_of(request):
        return RedirectResponse(wanted, status_code=303)
    if not await accounts.is_set_up():
        return form_page(
            "Steward is not set up yet",
            intro="Open the set-up link that Steward printed where it was started. It creates the first account.",
        )
    return _login_page({"next": wanted})


async def sign_in(request: Request) -> Response:
    """Sign a device in."""
    values = await form_values(request)
    try:
        opened = await credentials.sign_in(
            login=values.get("login", ""),
            password=values.get("password", ""),
            address=client_address(request.scope),
            user_agent=request.headers.get("user-agent", ""),
        )
    except StewardError as error:
        return _login_page(values, error)
    return signed_in(opened, local_path(values.get("next", "/")))


async def sign_out(request: Request) -> Response:
    """End the session, and have the browser forget what it kept."""
    session = session_of(request)
    if session:
        with suppress(NotFoundError):  # Another tab, or another device, was faster.
            await devices.revoke_device(user_id=session.user_id, device_id=session.id)
    response = RedirectResponse("/login", status_code=303, headers={"Clear-Site-Data": '"storage"'})
    response.delete_cookie(
        devices.cookie_name(), path="/", secure=get_settings().is_https, httponly=True, samesite="lax"
    )
    return response


async def show_session(request: Request) -> Response:
    """Tell a page whether its session lives."""
    session = session_of(request)
    return JSONResponse(
        {"signed_in": session is not None},
        status_code=200 if session else 401,
        headers={"Cache-Control": "no-store"},
    )


def signed_in(opened: NewSession, path: str) -> Response:
    """Go on to `path` with the cookie of a session just opened."""
    response = RedirectResponse(path, status_code=303)
    response.set_cookie(
        devices.cookie_name(),
        opened.token,
        max_age=get_settings().session_days * 24 * 3600,
        path="/",
        secure=get_settings().is_https,
        httponly=True,
        samesite="lax",
    )
    return response


def _login_page(values: Mapping[str, str], error: StewardError | None = None) -> Response:
    page = form_page(
        "Sign in",
        action="/login",
        fields=_FIELDS,
        button="Sign in",
        values=values,
        hidden={"next": local_path(values.get("next", "/"))},
        error=str(error) if error else "",
        status=refusal_status(error) if error else 200,
    )
    page.headers.update(refusal_headers(error))
    return page
