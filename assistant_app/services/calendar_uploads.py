"""Calendar files that somebody brought and has not decided on: one a person, in memory, for a quarter of an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant_app import bus, clock
from assistant_app.errors import InvalidInputError, NotFoundError
from assistant_app.services import calendar_files
from assistant_app.services.calendar_files import Imported, Preview
from assistant_app.services.ledger import Origin

TOPIC = "calendar_upload"
_KEPT = timedelta(minutes=15)
_MOST = 10
_uploads: dict[str, "_Kept"] = {}


@dataclass(frozen=True)
class Upload:
    """What was brought: what is in it, or the sentence that says why it cannot be read."""

    filename: str
    preview: Preview | None
    problem: str


@dataclass(frozen=True)
class _Kept:
    upload: Upload
    data: bytes
    until: datetime


async def keep_upload(*, user_id: str, filename: str, data: bytes) -> Upload:
    """Look into a file and keep it, in the place of one that was brought before."""
    name = filename.replace("\\", "/").rpartition("/")[2][:200] or "calendar.ics"
    try:
        upload = Upload(name, await calendar_files.read_calendar(user_id=user_id, data=data), "")
    except InvalidInputError as error:
        upload, data = Upload(name, None, str(error)), b""
    _forget_old()
    _uploads.pop(user_id, None)
    while len(_uploads) >= _MOST:
        _uploads.pop(next(iter(_uploads)))
    _uploads[user_id] = _Kept(upload, data, clock.now() + _KEPT)
    bus.publish(user_id, TOPIC)
    return upload


async def find_upload(*, user_id: str) -> Upload | None:
    """Return what the person brought, if it is still there."""
    _forget_old()
    kept = _uploads.get(user_id)
    return kept.upload if kept else None


async def import_upload(*, user_id: str, origin: Origin) -> Imported:
    """Take over what the person brought, as one action."""
    _forget_old()
    kept = _uploads.get(user_id)
    if kept is None or kept.upload.preview is None:
        raise NotFoundError("The file is not there any more. Choose it again.")
    done = await calendar_files.import_calendar(user_id=user_id, data=kept.data, origin=origin)
    await drop_upload(user_id=user_id)
    return done


async def drop_upload(*, user_id: str) -> None:
    """Forget what the person brought."""
    _uploads.pop(user_id, None)
    bus.publish(user_id, TOPIC)


def _forget_old() -> None:
    now = clock.now()
    for user_id in [user_id for user_id, kept in _uploads.items() if kept.until <= now]:
        del _uploads[user_id]
