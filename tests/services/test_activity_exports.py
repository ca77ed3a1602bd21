"""The ledger as a file: everything in it, and nothing in it that a spreadsheet runs."""

import csv
import io
import json

import pytest

from assistant_app import models
from assistant_app.services import activity_exports, ledger, tasks


async def test_json_has_every_change_newest_first(ada: models.User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(activity_exports, "_BATCH", 2)
    for number in range(5):
        await tasks.add_task(user_id=ada.id, title=f"task {number}")
    export = await activity_exports.export_activity(user_id=ada.id, form="json")
    document = json.loads(export.body)
    assert (document["format"], document["version"]) == ("steward-activity", 1)
    assert [one["summary"] for one in document["actions"]] == [f"Added “task {number}”" for number in (4, 3, 2, 1, 0)]
    assert export.filename.endswith(".json")


async def test_csv_reads_as_a_table_and_runs_no_formula(ada: models.User) -> None:
    task = await tasks.add_task(user_id=ada.id, title="milk, eggs")
    async with ledger.change(user_id=ada.id, origin=ledger.PAGE) as step:
        row = models.TaskList(user_id=ada.id, title="x", position=1.0)
        step.add(row)
        step.say("add", "task_list", row.id, '=HYPERLINK("http://evil.test")')
    export = await activity_exports.export_activity(user_id=ada.id, form="csv")
    head, *lines = list(csv.reader(io.StringIO(export.body.decode("utf-8-sig"))))
    assert head[:2] == ["at", "summary"]
    assert lines[0][1] == '\'=HYPERLINK("http://evil.test")'
    assert lines[1][1] == "Added “milk, eggs”"
    assert lines[1][4] == task.id
