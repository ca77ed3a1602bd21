"""Calendar files over HTTP: taken away, brought, and read by whoever has the private address."""

from datetime import datetime

import httpx2
import pytest

from assistant_app import models
from assistant_app.services import calendar_feeds, calendar_uploads, events
from tests.web.conftest import cookie_of

CALENDAR = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Somebody//Else//EN\r
BEGIN:VEVENT\r
UID:one@somewhere\r
DTSTAMP:20261101T000000Z\r
DTSTART:20261203T090000Z\r
DTEND:20261203T100000Z\r
SUMMARY:Team meeting\r
END:VEVENT\r
END:VCALENDAR\r
"""


async def event_of(user: models.User, title: str) -> None:
    start = datetime(2026, 12, 3, 9)  # noqa: DTZ001 - a wall time
    await events.add_event(user_id=user.id, title=title, start=start)


async def test_the_calendar_is_a_file_to_keep(client: httpx2.AsyncClient, ada: models.User, bob: models.User) -> None:
    await event_of(ada, "Hers")
    await event_of(bob, "His")
    answer = await client.get("/export/calendar.ics", headers=await cookie_of(ada))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="steward.ics"'
    assert answer.headers["cache-control"] == "no-store"
    assert "SUMMARY:Hers" in answer.text
    assert "His" not in answer.text


async def test_without_a_session_nothing_is_taken_or_brought(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/export/calendar.ics")).status_code == 401
    assert (await client.post("/import/calendar", files={"file": ("a.ics", CALENDAR)})).status_code == 401


async def test_a_file_that_is_brought_waits_for_a_yes(client: httpx2.AsyncClient, ada: models.User) -> None:
    files = {"file": ("C:\\My files\\team.ics", CALENDAR, "text/calendar")}
    answer = await client.post("/import/calendar", files=files, headers=await cookie_of(ada))
    assert (answer.status_code, answer.headers["location"]) == (303, "/settings/calendar")
    upload = await calendar_uploads.find_upload(user_id=ada.id)
    assert upload is not None
    assert upload.preview is not None
    assert (upload.filename, upload.problem) == ("team.ics", "")
    assert [item.title for item in upload.preview.events] == ["Team meeting"]


@pytest.mark.parametrize("data", [b"", b"no calendar at all", b"\x00\xff" * 1000])
async def test_what_is_no_calendar_is_said_to_be_none(
    client: httpx2.AsyncClient, ada: models.User, data: bytes
) -> None:
    answer = await client.post("/import/calendar", files={"file": ("a.ics", data)}, headers=await cookie_of(ada))
    assert answer.status_code == 303
    upload = await calendar_uploads.find_upload(user_id=ada.id)
    assert upload is not None
    assert upload.preview is None
    assert upload.problem.endswith(".")


async def test_a_file_may_be_larger_than_a_form_but_not_endless(client: httpx2.AsyncClient, ada: models.User) -> None:
    cookie = await cookie_of(ada)
    padded = CALENDAR.replace(b"END:VCALENDAR", b"X-NOTE:" + b"x" * 2_000_000 + b"\r\nEND:VCALENDAR")
    answer = await client.post("/import/calendar", files={"file": ("a.ics", padded)}, headers=cookie)
    assert answer.status_code == 303
    endless = await client.post("/import/calendar", files={"file": ("a.ics", b"x" * 7_000_000)}, headers=cookie)
    assert endless.status_code == 413
    elsewhere = await client.post("/logout", content=b"x" * 2_000_000, headers=cookie)
    assert elsewhere.status_code == 413


async def test_another_site_cannot_bring_a_file(client: httpx2.AsyncClient, ada: models.User) -> None:
    headers = {**await cookie_of(ada), "origin": "https://evil.example"}
    answer = await client.post("/import/calendar", files={"file": ("a.ics", CALENDAR)}, headers=headers)
    assert answer.status_code == 403
    assert await calendar_uploads.find_upload(user_id=ada.id) is None


async def test_the_feed_needs_its_address_and_no_session(client: httpx2.AsyncClient, ada: models.User) -> None:
    await event_of(ada, "Hers")
    token = await calendar_feeds.make_feed(user_id=ada.id)
    answer = await client.get(f"/feeds/{token}.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"].startswith("private")
    assert "SUMMARY:Hers" in answer.text
    assert (await client.head(f"/feeds/{token}.ics")).status_code == 200


async def test_a_revoked_or_replaced_address_gives_nothing(client: httpx2.AsyncClient, ada: models.User) -> None:
    first = await calendar_feeds.make_feed(user_id=ada.id)
    second = await calendar_feeds.make_feed(user_id=ada.id)
    assert (await client.get(f"/feeds/{first}.ics")).status_code == 404
    await calendar_feeds.revoke_feed(user_id=ada.id)
    answer = await client.get(f"/feeds/{second}.ics")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")


async def test_addresses_cannot_be_guessed_for_long(client: httpx2.AsyncClient, ada: models.User) -> None:
    statuses = [(await client.get(f"/feeds/{number}.ics")).status_code for number in range(70)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    assert (await client.get("/feeds/../c/con_1")).status_code == 401
