"""Whole characters, however a provider cuts them."""

import pytest

from assistant_app.llm.characters import Characters


def join(*pieces: str) -> list[str]:
    characters = Characters()
    return [characters.join(piece) for piece in pieces]


@pytest.mark.parametrize("text", ["", "plain", "Grüße", "日本語", "👩\u200d🚀 flies", "e\u0301"])
def test_whole_characters_stay_as_they_are(text: str) -> None:
    assert join(text, *text) == [text, *text]


def test_halves_in_two_pieces_become_one_character() -> None:
    assert join("a \ud83d", "\ude00 b") == ["a ", "😀 b"]
    assert join("\ud83d", "\ude00\ud83d", "\ude00") == ["", "😀", "😀"]


@pytest.mark.parametrize(
    "pieces", [("\ud83d", "a"), ("\ude00a",), ("\ud83d\ud83d", "a"), ("\ud83d", "", "a"), ("\0a",)]
)
def test_what_is_no_character_is_dropped(pieces: tuple[str, ...]) -> None:
    assert "".join(join(*pieces)) == "a"
