"""Where a run's text goes: the database, or the memory of a temporary conversation."""

from dataclasses import dataclass
from typing import Protocol

from assistant_app.services import answers, messages, temporary
from assistant_app.services.answers import EndStatus
from assistant_app.services.views import RunStart, Turn


class Transcript(Protocol):
    """One run's way to its conversation."""

    @property
    def run(self) -> RunStart:
        """What the run began with."""
        ...

    async def history(self) -> list[Turn]:
        """Return what was said before this answer, oldest first, ending with the question."""
        ...

    async def save_partial(self, *, text: str, reasoning: str = "") -> None:
        """Keep what the answer has so far; NotFoundError if its conversation is gone or the run has ended."""
        ...

    async def finish(
        self, *, status: EndStatus, text: str, reasoning: str = "", error: str = "", error_kind: str = ""
    ) -> bool:
        """End the run with its whole text; False if it had ended before."""
        ...


@dataclass(frozen=True)
class DatabaseTranscript:
    """The transcript of a stored conversation."""

    run: RunStart

    async def history(self) -> list[Turn]:
        """Read the branch down to the question."""
        if self.run.parent_id is None:
            return []
        return await messages.history_for_model(user_id=self.run.user_id, message_id=self.run.parent_id)

    async def save_partial(self, *, text: str, reasoning: str = "") -> None:
        """Write the text so far into the message."""
        await answers.save_partial(user_id=self.run.user_id, run_id=self.run.run_id, text=text, reasoning=reasoning)

    async def finish(
        self, *, status: EndStatus, text: str, reasoning: str = "", error: str = "", error_kind: str = ""
    ) -> bool:
        """Write the whole text and the end."""
        return await answers.finish_run(
            user_id=self.run.user_id,
            run_id=self.run.run_id,
            status=status,
            text=text,
            reasoning=reasoning,
            error=error,
            error_kind=error_kind,
        )


@dataclass(frozen=True)
class MemoryTranscript:
    """The transcript of a temporary conversation."""

    run: RunStart

    async def history(self) -> list[Turn]:
        """Return the branch down to the question."""
        if self.run.parent_id is None:
            return []
        return await temporary.history_for_model(user_id=self.run.user_id, message_id=self.run.parent_id)

    async def save_partial(self, *, text: str, reasoning: str = "") -> None:
        """Hold the text so far."""
        await temporary.save_partial(user_id=self.run.user_id, run_id=self.run.run_id, text=text, reasoning=reasoning)

    async def finish(
        self, *, status: EndStatus, text: str, reasoning: str = "", error: str = "", error_kind: str = ""
    ) -> bool:
        """Hold the whole text and the end."""
        return await temporary.finish_run(
            user_id=self.run.user_id,
            run_id=self.run.run_id,
            status=status,
            text=text,
            reasoning=reasoning,
            error=error,
            error_kind=error_kind,
        )


def open_transcript(run: RunStart) -> Transcript:
    """Return the transcript of a run that just began, wherever its conversation is kept."""
    if temporary.is_temporary(run.conversation_id):
        return MemoryTranscript(run)
    return DatabaseTranscript(run)
