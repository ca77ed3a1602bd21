"""Parts of answers that are saved at the same time share a transaction, and nothing else."""

import asyncio

import pytest
from sqlalchemy import event

from assistant_app.errors import NotFoundError
from assistant_app.models import User
from assistant_app.repositories.database import Database
from assistant_app.services import answers, partials, threads
from assistant_app.services.views import Asked


async def ask(user: User) -> Asked:
    return await answers.ask(user_id=user.id, conversation_id=None, text="Which lamp?", model="builtin")


async def shown_text(user: User, asked: Asked) -> str:
    thread = await threads.open_thread(user_id=user.id, conversation_id=asked.conversation_id)
    return thread.messages[-1].text


async def test_saves_of_one_moment_are_one_transaction(db: Database, ada: User, bob: User) -> None:
    asked = [(user, await ask(user)) for user in (ada, bob, ada)]
    commits: list[object] = []

    @event.listens_for(db.engine.sync_engine, "commit")
    def count(connection: object) -> None:
        commits.append(connection)

    await asyncio.gather(
        *(
            answers.save_partial(user_id=user.id, run_id=one.run.run_id, text=f"part {number}")
            for number, (user, one) in enumerate(asked)
        )
    )
    assert len(commits) == 1
    assert [await shown_text(user, one) for user, one in asked] == ["part 0", "part 1", "part 2"]


async def test_a_run_that_is_gone_fails_alone(db: Database, ada: User, bob: User) -> None:
    kept, ended, foreign = await ask(ada), await ask(ada), await ask(bob)
    await answers.finish_run(user_id=ada.id, run_id=ended.run.run_id, status="complete", text="whole")
    outcomes = await asyncio.gather(
        answers.save_partial(user_id=ada.id, run_id=kept.run.run_id, text="part"),
        answers.save_partial(user_id=ada.id, run_id=ended.run.run_id, text="part"),
        answers.save_partial(user_id=ada.id, run_id=foreign.run.run_id, text="part"),
        return_exceptions=True,
    )
    assert outcomes[0] is None
    assert [type(outcome) for outcome in outcomes[1:]] == [NotFoundError, NotFoundError]
    assert await shown_text(ada, kept) == "part"
    assert await shown_text(ada, ended) == "whole"
    assert await shown_text(bob, foreign) == ""


async def test_a_save_that_was_cancelled_is_not_written(db: Database, ada: User) -> None:
    asked, other = await ask(ada), await ask(ada)
    cancelled = asyncio.create_task(answers.save_partial(user_id=ada.id, run_id=asked.run.run_id, text="part"))
    kept = asyncio.create_task(answers.save_partial(user_id=ada.id, run_id=other.run.run_id, text="part"))
    await asyncio.sleep(0)
    cancelled.cancel()
    await asyncio.wait([cancelled, kept])
    assert cancelled.cancelled()
    assert await shown_text(ada, asked) == ""
    assert await shown_text(ada, other) == "part"


async def test_a_database_that_fails_is_told_to_everybody_who_waits(
    db: Database, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [await ask(ada), await ask(ada)]

    async def break_down(_partials: object) -> list[bool]:
        raise OSError("disk full")

    monkeypatch.setattr(partials, "_write", break_down)
    outcomes = await asyncio.gather(
        *(answers.save_partial(user_id=ada.id, run_id=one.run.run_id, text="part") for one in asked),
        return_exceptions=True,
    )
    assert [str(outcome) for outcome in outcomes] == ["disk full", "disk full"]
