"""The ledger as a file to keep: JSON for programs, CSV for spreadsheets."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from assistant_app import clock
from assistant_app.services import ledger
from assistant_app.services.exports import Export
from assistant_app.services.ledger import ActionView

Form = Literal["json", "csv"]

_BATCH = 500
_FORMAT = "steward-activity"
_VERSION = 1
_MEDIA_TYPES: Mapping[Form, str] = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def export_activity(*, user_id: str, form: Form) -> Export:
    """Return every change, the newest first."""
    records = [_record(action) for action in await _read_all(user_id)]
    body = _json(records) if form == "json" else _csv(records)
    return Export(f"steward-activity-{clock.now():%Y-%m-%d}.{form}", _MEDIA_TYPES[form], body)


async def _read_all(user_id: str) -> list[ActionView]:
    found: list[ActionView] = []
    before: int | None = None
    while batch := await ledger.list_actions(user_id=user_id, before_number=before, limit=_BATCH):
        found += batch
        before = batch[-1].number
    return found


def _record(action: ActionView) -> dict[str, Any]:
    return {
        "at": action.created_at.isoformat(),
        "summary": action.summary,
        "verb": action.verb,
        "kind": action.kind,
        "object": action.object_id,
        "source": action.source,
        "conversation": action.conversation_id or "",
        "undone": action.undone,
        "id": action.id,
    }


def _json(records: Sequence[Mapping[str, Any]]) -> bytes:
    whole = {"format": _FORMAT, "version": _VERSION, "exported_at": clock.now().isoformat(), "actions": records}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _csv(records: Sequence[Mapping[str, Any]]) -> bytes:
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(["at", "summary", "verb", "kind", "object", "source", "conversation", "undone", "id"])
    for record in records:
        writer.writerow([_cell(value) for value in record.values()])
    return held.getvalue().encode("utf-8-sig")  # With the mark by which spreadsheets know UTF-8.


def _cell(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula, whatever somebody called their task."""
    text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
