"""Keys are encrypted, each for its own row, under a file that only its owner reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant_app.errors import InvalidInputError
from assistant_app.services import secrets
from assistant_app.settings import get_settings


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder."""
    monkeypatch.setenv("STEWARD_DATA", str(tmp_path / "data"))
    get_settings.cache_clear()
    yield tmp_path / "data"
    get_settings.cache_clear()


def test_what_is_encrypted_can_be_read_back() -> None:
    assert secrets.decrypt(secrets.encrypt("sk-1234", row_id="prv_1"), row_id="prv_1") == "sk-1234"


def test_the_text_is_not_in_what_is_stored() -> None:
    assert "sk-1234" not in secrets.encrypt("sk-1234", row_id="prv_1")


def test_the_same_text_is_never_stored_the_same_way() -> None:
    assert secrets.encrypt("sk-1234", row_id="prv_1") != secrets.encrypt("sk-1234", row_id="prv_1")


def test_a_value_cannot_be_moved_to_another_row() -> None:
    value = secrets.encrypt("sk-1234", row_id="prv_1")
    with pytest.raises(InvalidInputError):
        secrets.decrypt(value, row_id="prv_2")


@pytest.mark.parametrize("value", ["v1:", "v1:AAAA", "v1:not base64!", "v1:" + "A" * 80, "ü"])
def test_a_damaged_value_is_a_sentence(value: str) -> None:
    with pytest.raises(InvalidInputError, match="cannot be read"):
        secrets.decrypt(value, row_id="prv_1")


def test_nothing_stays_nothing() -> None:
    assert secrets.encrypt("", row_id="prv_1") == ""
    assert secrets.decrypt("", row_id="prv_1") == ""


def test_the_key_file_is_its_owners_alone_and_made_once(data: Path) -> None:
    value = secrets.encrypt("sk-1234", row_id="prv_1")
    key = data / "secret.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in data.iterdir()] == ["secret.key"]
    before = key.read_bytes()
    secrets._open_key.cache_clear()
    assert secrets.decrypt(value, row_id="prv_1") == "sk-1234"
    assert key.read_bytes() == before


def test_another_processs_key_is_not_overwritten(data: Path) -> None:
    data.mkdir()
    (data / "secret.key").write_bytes(b"k" * 32)
    secrets._create_key(data / "secret.key")
    assert (data / "secret.key").read_bytes() == b"k" * 32
    assert [path.name for path in data.iterdir()] == ["secret.key"]


def test_another_key_file_is_told_from_the_right_one(data: Path) -> None:
    value = secrets.encrypt("sk-1234", row_id="prv_1")
    (data / "secret.key").write_bytes(b"k" * 32)
    secrets._open_key.cache_clear()
    with pytest.raises(InvalidInputError, match=r"secret\.key"):
        secrets.decrypt(value, row_id="prv_1")


def test_a_damaged_key_file_is_said(data: Path) -> None:
    data.mkdir()
    (data / "secret.key").write_bytes(b"short")
    with pytest.raises(InvalidInputError, match="damaged"):
        secrets.encrypt("sk-1234", row_id="prv_1")


def test_a_hint_shows_four_signs_of_a_long_key_and_none_of_a_short_one() -> None:
    assert secrets.hint("sk-1234567890") == "…7890"
    assert secrets.hint("abc") == "…"
    assert secrets.hint("") == ""
