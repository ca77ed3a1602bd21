"""The commands, as somebody types them."""

import asyncio
import io
import json
import logging
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text

from assistant_app.cli.main import COMMANDS, main
from assistant_app.repositories import database
from assistant_app.services import storage
from assistant_app.settings import get_settings

Typed = Callable[..., tuple[int, str, str]]
PASSWORD = "correct horse battery staple"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of our own."""
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def typed(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Typed]:
    """Run a command: `typed("users", "list")` returns exit code, output and errors."""
    root, folder = logging.getLogger(), Path.cwd()
    handlers, level, root.handlers = root.handlers, root.level, []

    def run(*words: str, given: str = "") -> tuple[int, str, str]:
        get_settings.cache_clear()
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        capsys.readouterr()
        code = main(words)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    yield run
    get_settings.cache_clear()
    structlog.reset_defaults()
    root.handlers = handlers
    root.setLevel(level)
    os.chdir(folder)


@pytest.fixture
def ada(typed: Typed) -> str:
    """An owner."""
    assert typed("users", "add", "ada", "--role", "owner", "--name", "Ada", "--password-stdin", given=PASSWORD)[0] == 0
    return "ada"


def help_of(*words: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what --help says."""
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    shown = help_of(capsys=capsys)
    for command in COMMANDS:
        assert f"    {command}" in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert help_of(command, capsys=capsys).startswith(f"usage: python -m assistant_app {command}")


def test_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["dance"])
    assert ended.value.code == 2
    assert "dance" in capsys.readouterr().err


def test_wrong_setting_is_named(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_PORT", "70000")
    code, out, err = typed("migrate")
    assert code == 2
    assert out == ""
    assert "STEWARD_PORT" in err
    assert "65535" in err


def test_migrate_makes_the_database_once(typed: Typed, data: Path) -> None:
    assert typed("migrate")[:2] == (0, "The database is up to date.\n")
    assert typed("migrate")[:2] == (0, "The database was up to date already.\n")
    assert (data / "steward.db").is_file()
    assert data.stat().st_mode & 0o077 == 0


def test_migrate_refuses_a_newer_database(typed: Typed) -> None:
    typed("migrate")

    async def grow_newer() -> None:
        async with storage.opened_storage(), database.write() as session:
            await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    asyncio.run(grow_newer())
    code, _, err = typed("migrate")
    assert code == 1
    assert "made by a newer Steward" in err
    assert "Traceback" not in err


def test_commands_that_change_all_wait_for_the_server_to_stop(typed: Typed, tmp_path: Path) -> None:
    typed("migrate")
    typed("backup", str(tmp_path / "backup.zip"))
    with storage.hold_data_folder():
        for words in (("migrate",), ("restore", str(tmp_path / "backup.zip"))):
            code, _, err = typed(*words)
            assert code == 1
            assert "Another Steward is running" in err


def test_database_that_does_not_answer_is_said_in_a_sentence(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_DATABASE_URL", "postgresql://steward:swordfish@127.0.0.1:1/steward")
    code, _, err = typed("migrate")
    assert code == 1
    assert "The database cannot be used" in err
    assert "swordfish" not in err


def test_data_folder_that_cannot_be_made_is_said_in_a_sentence(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path / "file/data"))
    code, _, err = typed("migrate")
    assert code == 1
    assert "STEWARD_DATA" in err


def test_users_are_added_and_listed(typed: Typed, ada: str) -> None:
    typed("users", "add", "Bob", "--password-stdin", given=PASSWORD)
    lines = typed("users", "list")[1].splitlines()
    assert [line.split()[:2] for line in lines] == [["ada", "owner"], ["bob", "member"]]


def test_user_is_disabled_and_enabled(typed: Typed, ada: str) -> None:
    assert typed("users", "disable", ada)[0] == 0
    assert "disabled" in typed("users", "list")[1]
    assert typed("users", "enable", ada)[0] == 0
    assert "disabled" not in typed("users", "list")[1]


def test_password_is_set_anew_or_by_link(typed: Typed, ada: str) -> None:
    code, out, _ = typed("users", "reset-password", ada, "--password-stdin", given="another good password\n")
    assert code == 0
    assert "signed out everywhere" in out
    assert "/reset?token=" in typed("users", "reset-password", ada, "--link")[1]


def test_password_is_never_shown(typed: Typed) -> None:
    shown = typed("users", "add", "ada", "--password-stdin", given=PASSWORD)
    assert PASSWORD not in str(shown)


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("add", "a b", "--password-stdin"), PASSWORD, "sign-in name"),
        (("add", "eve", "--password-stdin"), "short", "8"),
        (("add", "ada", "--password-stdin"), PASSWORD, "ada"),
        (("disable", "nobody"), "", "nobody"),
    ],
)
def test_wrong_user_is_refused_in_a_sentence(
    typed: Typed, ada: str, words: tuple[str, ...], given: str, said: str
) -> None:
    code, _, err = typed("users", *words, given=given)
    assert code in (1, 2)
    assert said in err
    assert "Traceback" not in err


def test_ask_answers_in_the_terminal(typed: Typed, ada: str) -> None:
    code, out, err = typed("ask", "what is 3*4?", "--model", "builtin")
    assert (code, err) == (0, "")
    assert "12" in out


def test_ask_prints_an_object_per_question(typed: Typed, ada: str) -> None:
    code, out, _ = typed("ask", "--stdin", "--json", "--user", ada, given="hello\n\nwhat is 3*4?\n")
    first, second = map(json.loads, out.splitlines())
    assert code == 0
    assert first["question"] == "hello"
    assert "12" in second["text"]
    assert second["model"] == "builtin"
    assert second["tool_calls"] == []
    assert second["usage"].keys() == {"prompt_tokens", "completion_tokens", "cost"}
    assert second["duration"] >= 0


def test_ask_goes_on_after_a_question_that_failed(typed: Typed, ada: str) -> None:
    code, out, err = typed("ask", "--stdin", "--json", "--model", "nobody/knows", given="one\ntwo\n")
    assert code == 1
    assert [sorted(json.loads(line)) for line in out.splitlines()] == [["error", "question"]] * 2
    assert "2 of the questions" in err


def test_ask_leaves_no_conversation_behind(typed: Typed, ada: str) -> None:
    typed("ask", "hello")

    async def count() -> int:
        async with storage.opened_storage(), database.read() as session:
            return (await session.execute(text("SELECT count(*) FROM conversation"))).scalar_one()

    assert asyncio.run(count()) == 0


def test_ask_without_an_account_answers_a_guest_and_keeps_nothing(typed: Typed) -> None:
    code, out, _ = typed("ask", "what is 6 times 7?")
    assert code == 0
    assert "42" in out
    assert "guest" not in typed("users", "list")[1]


@pytest.mark.parametrize("words", [(), ("hello", "--stdin")])
def test_ask_wants_one_source_of_questions(typed: Typed, words: tuple[str, ...]) -> None:
    assert typed("ask", *words)[0] == 2


def test_backup_is_written_and_restored(typed: Typed, ada: str, tmp_path: Path) -> None:
    path = tmp_path / "backup.zip"
    code, out, _ = typed("backup", str(path))
    assert code == 0
    assert str(path) in out
    assert zipfile.is_zipfile(path)
    typed("users", "add", "eve", "--password-stdin", given=PASSWORD)
    code, out, _ = typed("restore", str(path))
    assert code == 0
    assert "before-restore-" in out
    assert "eve" not in typed("users", "list")[1]


def test_backup_file_is_meant_from_where_one_is(typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed("migrate")
    monkeypatch.chdir(tmp_path)
    assert typed("backup", "here.zip")[0] == 0
    assert (tmp_path / "here.zip").is_file()


def test_broken_archive_is_refused_in_a_sentence(typed: Typed, tmp_path: Path) -> None:
    typed("migrate")
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    code, _, err = typed("restore", str(tmp_path / "broken.zip"))
    assert code == 2
    assert "not a backup of Steward" in err
