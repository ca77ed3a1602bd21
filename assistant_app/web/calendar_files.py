"""Calendar files: one to take away, one to bring, and the feed that calendar programs read without signing in."""

from limits import RateLimitItemPerMinute
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from assistant_app.errors import NotFoundError, StewardError
from assistant_app.services import calendar_feeds, calendar_files, calendar_uploads, throttle
from assistant_app.web.refusals import refusal_headers, refusal_status
from assistant_app.web.requests import client_address, session_of

SECTION = "/settings/calendar"
_TYPE = "text/calendar; charset=utf-8"
_READS = RateLimitItemPerMinute(60, namespace="feeds")


async def export_calendar(request: Request) -> Response:
    """Send a person's events and tasks as one file."""
    session = session_of(request)
    if session is None:
        return PlainTextResponse("Sign in first.", status_code=401)
    body = await calendar_files.export_calendar(user_id=session.user_id)
    headers = {"Content-Disposition": 'attachment; filename="steward.ics"', "Cache-Control": "no-store"}
    return Response(body, media_type=_TYPE, headers=headers)


async def bring_calendar(request: Request) -> Response:
    """Take a file to look into; the settings show what is in it, and ask."""
    session = session_of(request)
    if session is None:
        return PlainTextResponse("Sign in first.", status_code=401)
    async with request.form(max_files=1, max_fields=0) as form:
        file = form.get("file")
        if isinstance(file, UploadFile):
            name, data = file.filename or "", await file.read()
            await calendar_uploads.keep_upload(user_id=session.user_id, filename=name, data=data)
    return RedirectResponse(SECTION, status_code=303)


async def show_feed(request: Request) -> Response:
    """Send the calendar to whoever knows its private address."""
    address = client_address(request.scope)
    if not throttle.allow(_READS, throttle.network_of(address)):
        return PlainTextResponse("Too many requests. Try again in a minute.", status_code=429)
    try:
        body = await calendar_feeds.feed_calendar(token=request.path_params["token"])
    except NotFoundError as error:
        return _refuse_guess(error, address)
    return Response(body, media_type=_TYPE, headers={"Cache-Control": "private, max-age=300"})


def _refuse_guess(error: StewardError, address: str) -> Response:
    """Count what may be a guess, and say no more than that there is nothing."""
    try:
        throttle.count_attempt(door="feed", address=address)
    except StewardError as too_many:
        error = too_many
    return PlainTextResponse(
        str(error), status_code=refusal_status(error), headers={"Cache-Control": "no-store", **refusal_headers(error)}
    )
