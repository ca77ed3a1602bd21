"""Log lines: one form for all, and no secret in any."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from assistant_app import logs
from assistant_app.settings import Settings


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is written, as JSON, from here to the end of the test."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    # Closing them, as a new set-up does, would take pytest's own away.
    root.handlers = []
    monkeypatch.setattr("sys.stderr", written)
    logs.set_up(Settings(log_format="json", log_level="info"))
    yield written
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def read(lines: io.StringIO) -> list[dict[str, object]]:
    """Return the lines as objects."""
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_line_has_time_level_part_and_event(lines: io.StringIO) -> None:
    structlog.get_logger("steward.test").info("run_finished", run_id="run_1", ms=12.5)
    line = read(lines)[0]
    wanted = {"event": "run_finished", "run_id": "run_1", "ms": 12.5, "level": "info", "logger": "steward.test"}
    assert wanted.items() <= line.items()
    assert str(line["timestamp"]).endswith("Z")


def test_libraries_write_the_same_form(lines: io.StringIO) -> None:
    logging.getLogger("some.library").warning("%s is slow", "it")
    assert read(lines)[0]["event"] == "it is slow"


def test_chatter_of_libraries_is_left_out(lines: io.StringIO) -> None:
    for name in ("_granian", "reflex.app", "alembic.runtime", "httpx2", "LiteLLM", "apscheduler.scheduler"):
        logging.getLogger(name).info("chatter")
    structlog.get_logger("steward.test").debug("detail")
    assert lines.getvalue() == ""


def test_error_is_one_line_with_its_trace(lines: io.StringIO) -> None:
    try:
        int("no such number: sk-abcdefghijklmnop")
    except ValueError:
        structlog.get_logger("steward.test").exception("failed")
    (line,) = read(lines)
    assert "ValueError" in str(line["exception"])
    assert "sk-abc" not in lines.getvalue()


def test_text_form_is_a_line_for_people(lines: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", lines)
    logs.set_up(Settings(log_format="text", log_level="info"))
    structlog.get_logger("steward.test").info("hello", who="you")
    assert "hello" in lines.getvalue()
    assert "who=you" in lines.getvalue()


@pytest.mark.parametrize(
    "name", ["password", "api_key", "apiKey", "Authorization", "cookie", "set-cookie", "token", "client_secret", "KEY"]
)
def test_value_under_a_secret_name_is_hidden(lines: io.StringIO, name: str) -> None:
    structlog.get_logger("steward.test").info("saved", **{name: "swordfish"}, nested={name: ["swordfish"]})
    assert "swordfish" not in lines.getvalue()


@pytest.mark.parametrize("name", ["prompt_tokens", "keyboard", "monkey", "secretary", "tokenizer", "path"])
def test_value_under_a_harmless_name_is_shown(lines: io.StringIO, name: str) -> None:
    structlog.get_logger("steward.test").info("saved", **{name: "swordfish"})
    assert "swordfish" in lines.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "sk-proj-abcdefghijklmnop",
        "sk-ant-api03-abcdefghijklmnop",
        "gsk_abcdefghijklmnopqrst",
        "AIzaSyabcdefghijklmnopqrstuvwxyz01234",
        "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abc",
        "Authorization: Bearer abcdef.ghijkl",
        "postgresql://steward:swordfish@db/steward",
        "/setup?token=ZYcal5cyruOlDfUdW8-HG9JP_FOJAttWnXngAx8S5DA",
        "path=/feeds/ZYcal5-short.ics",
        "steward_session=ZYcal5cyruOlDfUdW8-HG9JP_FOJAttWnXngAx8S5DA; Path=/",
        "password=swordfish",
        '{"api_key": "swordfish"}',
    ],
)
def test_what_looks_like_a_secret_is_hidden_anywhere(text: str) -> None:
    hidden = logs.redact_text(f"before {text} after")
    assert logs.REDACTED in hidden
    assert hidden.startswith("before ")
    assert hidden.endswith(" after")
    for secret in ("swordfish", "abcdefghijkl", "ZYcal5", "eyJz", "abcdef.gh"):
        assert secret not in hidden


@pytest.mark.parametrize(
    "text",
    [
        "con_01m7ykv22q2jcy93rp9vhdd7t3",
        "assistant_app___ui___chat___state____chat_state.send_message",
        "together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo-Free",
        "The tokens of the answer: 512",
        "http://127.0.0.1:8000/c/con_01m7ykv22q2jcy93rp9vhdd7t3",
    ],
)
def test_what_is_no_secret_is_shown(text: str) -> None:
    assert logs.redact_text(text) == text


@given(st.dictionaries(st.text(max_size=8), st.one_of(st.none(), st.text(), st.binary(), st.integers(), st.floats())))
def test_any_line_can_be_redacted(line: dict[str, object]) -> None:
    assert logs.redact_line(None, "info", line).keys() == line.keys()
