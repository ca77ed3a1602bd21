"""Settings: checked at start, and named when they are wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant_app.errors import InvalidInputError
from assistant_app.settings import Settings, get_settings


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read the settings anew, in a folder without a .env file."""
    monkeypatch.chdir(tmp_path)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("PORT", "99999", "65535"),
        ("PORT", "eighty", "integer"),
        ("ZONE", "Mars/Olympus", "IANA time zone"),
        ("LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("LOG_FORMAT", "xml", "'text' or 'json'"),
        ("DATABASE_URL", "mysql://host/db", "postgresql://"),
        ("PUBLIC_URL", "steward.example.org", "https://"),
        ("OLLAMA_URL", "127.0.0.1:11434", "http://"),
        ("OLLAMA_URL", "http://me:secret@127.0.0.1:11434", "must not hold a name or password"),
        ("SESSION_DAYS", "0", "1"),
        ("TRUSTED_PROXY_HOPS", "-1", "0"),
    ],
)
def test_wrong_value_is_named_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, allowed: str
) -> None:
    monkeypatch.setenv(f"STEWARD_{name}", value)
    with pytest.raises(InvalidInputError) as caught:
        get_settings()
    assert f"STEWARD_{name}" in str(caught.value)
    assert allowed in str(caught.value)


def test_all_wrong_values_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_PORT", "0")
    monkeypatch.setenv("STEWARD_ZONE", "Nowhere")
    with pytest.raises(InvalidInputError) as caught:
        get_settings()
    assert "STEWARD_PORT" in str(caught.value)
    assert "STEWARD_ZONE" in str(caught.value)


def test_wrong_value_with_a_password_in_it_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_DATABASE_URL", "mysql://steward:swordfish@host/db")
    with pytest.raises(InvalidInputError) as caught:
        get_settings()
    assert "swordfish" not in str(caught.value)


def test_file_is_read_and_the_environment_rules_over_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("STEWARD_ZONE=Europe/Rome\nSTEWARD_PORT=8100\n")
    monkeypatch.setenv("STEWARD_PORT", "8200")
    assert get_settings().zone == "Europe/Rome"
    assert get_settings().port == 8200


def test_keys_are_not_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEWARD_ANTHROPIC_API_KEY", "swordfish")
    assert get_settings().anthropic_api_key.get_secret_value() == "swordfish"
    assert "swordfish" not in repr(get_settings())


def test_database_is_sqlite_in_the_data_folder_unless_named(tmp_path: Path) -> None:
    assert Settings(data=tmp_path).sqlalchemy_url == f"sqlite:///{tmp_path / 'steward.db'}"
    assert Settings(database_url="postgres://host/name").sqlalchemy_url == "postgresql://host/name"


def test_origins_are_every_address_people_use() -> None:
    settings = Settings(
        host="192.0.2.7", port=8001, host_names="steward.lan", public_url="https://steward.example.org/"
    )
    assert settings.origins[0] == "https://steward.example.org"
    assert {"http://192.0.2.7:8001", "http://steward.lan:8001", "http://localhost:8001"} <= set(settings.origins)
    assert settings.is_https


def test_default_port_of_http_is_left_out_of_origins() -> None:
    assert "http://localhost" in Settings(port=80).origins
