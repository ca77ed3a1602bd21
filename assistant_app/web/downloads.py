"""Files that a signed-in person takes away."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from assistant_app.errors import StewardError
from assistant_app.services import activity_exports, exports
from assistant_app.services.exports import Export
from assistant_app.web.refusals import refusal_status
from assistant_app.web.requests import session_of

FORMS = ("md", "json")
ACTIVITY_FORMS = ("json", "csv")


async def export_conversation(request: Request) -> Response:
    """Send one conversation as a file."""
    session, form = session_of(request), request.path_params["form"]
    if session is None:
        return PlainTextResponse("Sign in first.", status_code=401)
    conversation_id = request.path_params["conversation_id"]
    try:
        if form not in FORMS:
            return PlainTextResponse("Conversations are exported as md or json.", status_code=404)
        return _file(
            await exports.export_conversation(user_id=session.user_id, conversation_id=conversation_id, form=form)
        )
    except StewardError as error:
        return PlainTextResponse(str(error), status_code=refusal_status(error))


async def export_all(request: Request) -> Response:
    """Send every conversation of the person as one file."""
    session, form = session_of(request), request.path_params["form"]
    if session is None:
        return PlainTextResponse("Sign in first.", status_code=401)
    if form not in FORMS:
        return PlainTextResponse("Conversations are exported as md or json.", status_code=404)
    return _file(await exports.export_all(user_id=session.user_id, form=form))


async def export_activity(request: Request) -> Response:
    """Send everything that was changed as one file."""
    session, form = session_of(request), request.path_params["form"]
    if session is None:
        return PlainTextResponse("Sign in first.", status_code=401)
    if form not in ACTIVITY_FORMS:
        return PlainTextResponse("The activity is exported as json or csv.", status_code=404)
    return _file(await activity_exports.export_activity(user_id=session.user_id, form=form))


def _file(export: Export) -> Response:
    # A title may hold anything; header values hold ASCII, so that the name goes in percent-encoded.
    disposition = f"attachment; filename*=UTF-8''{quote(export.filename)}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(export.body, media_type=export.media_type, headers=headers)
