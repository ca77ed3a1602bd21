"""Search over titles and messages."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from assistant_app import models
from assistant_app.repositories import database
from assistant_app.repositories.database import Database
from assistant_app.services import answers, messages, search, snippets, trash


async def write(user: models.User, words: str, title: str = "—") -> str:
    """Store a conversation with one message, and return the message's id."""
    async with database.write() as session:
        conversation = models.Conversation(user_id=user.id, title=title)
        session.add(conversation)
        await session.flush()
        message = models.Message(user_id=user.id, conversation_id=conversation.id, role="user", text=words)
        session.add(message)
        await session.flush()
        conversation.leaf_id = message.id
    return message.id


async def found(user: models.User, query: str) -> list[str | None]:
    """Return the ids of the messages found; None stands for a title."""
    return [hit.message_id for hit in await search.search(user_id=user.id, query=query)]


def marked(parts: tuple[search.SnippetPart, ...]) -> str:
    """Return a snippet with its matches in brackets."""
    return "".join(f"[{part.text}]" if part.is_match else part.text for part in parts)


@pytest.mark.parametrize(
    ("words", "queries"),
    [
        (
            "Bring the wet umbrella, please.",
            ["u", "umb", "umbrella", "UMBRELLA", "wet umb", "umbrella wet", "wet, umb"],
        ),
        ("Café Škoda naïve Ångström", ["cafe", "café", "CAFÉ", "skoda", "naive ang", "Ångström", "cafe\u0301"]),
        ("Deja\u0300 vu", ["déjà", "deja", "dejà vu"]),
        (
            "mail to ada.lovelace@example.org now",
            ["ada", "lovelace", "example.org", "ada.lovelace@ex", "org"],
        ),
        ("see https://example.org/some/path?q=1", ["example", "path", "some/pa"]),
        ("snake_case and kebab-case", ["snake", "case keb", "snake_case", "kebab-ca"]),
        ("it's 3.14 or -5 or 20th", ["it's", "3.14", "5", "20t"]),
        ("Привет, мир", ["привет", "ПРИВ", "мир"]),
        ("한국어 문장", ["한국", "문장"]),
        ("हिन्दी में", ["हिन्दी"]),
        ("東京 タワー", ["東京", "タワ"]),
        ("don\"t 'quote' (me) \\ now", ['don"t', "'quote'", "\\ now"]),
    ],
)
async def test_message_is_found_by_its_words(ada: models.User, words: str, queries: list[str]) -> None:
    message_id = await write(ada, words)
    await write(ada, "something else altogether")
    for query in queries:
        assert await found(ada, query) == [message_id], query


@pytest.mark.parametrize("query", ["wet sun", "brella", "umbrellas", "umb wet", "", "  ", "?!", "\0", "*", "%", '"'])
async def test_message_is_not_found_by_anything_else(ada: models.User, query: str) -> None:
    await write(ada, "Bring the wet umbrella.")
    assert await found(ada, query) == []


async def test_titles_come_first_and_match_anywhere(ada: models.User) -> None:
    message_id = await write(ada, "an umbrella", title="Rain")
    await write(ada, "nothing", title="My sunUMBRella")
    results = await search.search(user_id=ada.id, query="umbr")
    assert [(hit.title, hit.message_id) for hit in results] == [("My sunUMBRella", None), ("Rain", message_id)]
    assert marked(results[1].snippet) == "an [umbr]ella"


@pytest.mark.parametrize(
    ("title", "queries"),
    [
        ("Crème brûlée", ["creme", "BRÛ", "me br"]),
        ("100% of C++", ["100%", "c++", "% of"]),
        ("a_b", ["a_b"]),
        ("Ελλάδα", ["ελλαδα", "λάδ"]),
    ],
)
async def test_title_is_found_by_any_part(ada: models.User, title: str, queries: list[str]) -> None:
    await write(ada, "x", title=title)
    await write(ada, "x", title="aXb 1000 of C")
    for query in queries:
        assert [hit.title for hit in await search.search(user_id=ada.id, query=query)] == [title], query


async def test_signs_in_a_query_stand_for_themselves_in_titles(ada: models.User) -> None:
    await write(ada, "x", title="100 of them")
    await write(ada, "x", title="aXb")
    assert await found(ada, "100%") == []
    assert await found(ada, "a_b") == []


async def test_newest_message_comes_first_and_no_more_than_asked_for(ada: models.User) -> None:
    ids = [await write(ada, f"umbrella {number}") for number in range(5)]
    assert await found(ada, "umbrella") == ids[::-1]
    assert len(await search.search(user_id=ada.id, query="umbrella", limit=2)) == 2


async def test_every_version_is_found_but_nothing_deleted(ada: models.User) -> None:
    asked = await answers.ask(user_id=ada.id, conversation_id=None, text="umbrella one", model="m")
    assert await found(ada, "parasol") == []
    await answers.save_partial(user_id=ada.id, run_id=asked.run.run_id, text="a parasol")
    assert await found(ada, "parasol") == []
    await answers.finish_run(user_id=ada.id, run_id=asked.run.run_id, status="complete", text="a parasol indeed")
    assert await found(ada, "parasol indeed") == [asked.run.message_id]
    edited = await messages.edit_user_message(user_id=ada.id, message_id=asked.question.id, text="umbrella two")
    # The title, which begins as the first message does, is found as well.
    assert await found(ada, "umbrella") == [None, edited.id, asked.question.id]
    await messages.delete_message(user_id=ada.id, message_id=asked.question.id)
    assert await found(ada, "umbrella") == [None, edited.id]
    await trash.move_to_trash(user_id=ada.id, conversation_id=asked.conversation_id)
    assert await found(ada, "umbrella") == []
    assert await found(ada, "parasol") == []
    await trash.restore_conversation(user_id=ada.id, conversation_id=asked.conversation_id)
    assert await found(ada, "parasol") == [asked.run.message_id]


async def test_index_stays_whole_when_conversations_are_deleted(db: Database, ada: models.User) -> None:
    asked = await answers.ask(user_id=ada.id, conversation_id=None, text="umbrella", model="m")
    await trash.delete_forever(user_id=ada.id, conversation_id=asked.conversation_id)
    assert await found(ada, "umbrella") == []
    if db.is_sqlite:
        async with database.write() as session:
            await session.execute(text("INSERT INTO message_text(message_text, rank) VALUES ('integrity-check', 1)"))


async def test_rare_word_is_found_behind_thousands_of_newer_messages(ada: models.User) -> None:
    old = await write(ada, "the umbrella")
    async with database.write() as session:
        conversation = models.Conversation(user_id=ada.id)
        session.add(conversation)
        await session.flush()
        session.add_all(
            models.Message(user_id=ada.id, conversation_id=conversation.id, role="user", text="the rain")
            for _ in range(5_100)
        )
    assert await found(ada, "umbrella") == [old]
    assert len(await found(ada, "the")) == 20


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(query=st.text(max_size=60) | st.text(alphabet="ab\"'*:()&|!<>\\-^{}+%_ \u0301\0", max_size=30))
@example("umbrella' OR 1=1 --")
@example('" OR rowid:*')
@example("NEAR(a b)")
@example("a AND NOT b")
@example("text : a")
@example("'a' & !b | c:*")
@example("\ud800 a")
@example("x" * 5_000)
async def test_any_query_is_only_text(ada: models.User, query: str) -> None:
    for hit in await search.search(user_id=ada.id, query=query):
        raise AssertionError(f"nothing is stored, and yet {hit} was found")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(words=st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40))
async def test_message_is_found_by_its_own_text(ada: models.User, words: str) -> None:
    message_id = await write(ada, words)
    if words.isascii() and snippets.words_of(words):
        assert message_id in [hit.message_id for hit in await search.search(user_id=ada.id, query=words, limit=100)]
    else:
        await search.search(user_id=ada.id, query=words)
    async with database.write() as session:
        await session.execute(text("DELETE FROM conversation"))


@pytest.mark.parametrize(
    ("words", "query", "snippet"),
    [
        ("an umbrella and Umbrellas", "umbrella", "an [umbrella] and [Umbrella]s"),
        ("an Ümbrella", "umbr", "an [Ümbr]ella"),
        ("one two", "one tw", "[one] [tw]o"),
        ("one\n\n  two", "two", "one [two]"),
        ("nothing of it", "umbrella", "nothing of it"),
    ],
)
def test_snippet_marks_the_matches_on_one_line(words: str, query: str, snippet: str) -> None:
    assert marked(snippets.cut(words, snippets.words_of(query))) == snippet


def test_snippet_is_the_piece_around_the_first_match() -> None:
    parts = snippets.cut("before " * 1000 + "umbrella" + " after" * 1000, ["umbrella"])
    whole = marked(parts)
    assert whole.startswith("…before")
    assert "[umbrella] after" in whole
    assert whole.endswith("…")
    assert len(whole) < 200


@given(words=st.text(max_size=300), query=st.text(max_size=20))
def test_snippet_never_loses_its_place(words: str, query: str) -> None:
    if found_words := snippets.words_of(query):
        parts = snippets.cut(words, found_words)
        assert all(part.text for part in parts)
        assert "\n" not in "".join(part.text for part in parts)


async def test_result_says_when_it_was_written(ada: models.User) -> None:
    await write(ada, "umbrella")
    (hit,) = await search.search(user_id=ada.id, query="umbrella")
    assert abs((datetime.now(UTC) - hit.at).total_seconds()) < 60
