"""Where a run's text goes: the database, or the memory of a temporary conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant_app.services import answers, messages, temporary, tool_calls
from assistant_app.services.answers import EndStatus
from assistant_app.services.temporary import is_temporary
from assistant_app.services.tool_calls import CallView
from assistant_app.services.views import RunStart, Turn


@dataclass(frozen=True)
class Transcript:
    """One run's way to its conversation, wherever that is kept."""

    run: RunStart

    async def history(self) -> list[Turn]:
        """Return what was said before this answer, oldest first, ending with the question."""
        if self.run.parent_id is None:
            return []
        place = temporary if self._is_temporary else messages
        return await place.history_for_model(user_id=self.run.user_id, message_id=self.run.parent_id)

    async def save_partial(self, *, text: str, reasoning: str = "") -> None:
        """Keep what the answer has so far; NotFoundError if its conversation is gone or the run has ended."""
        place = temporary if self._is_temporary else answers
        await place.save_partial(**self._of, text=text, reasoning=reasoning)

    async def calls(self) -> list[CallView]:
        """Return the calls of tools that were made in the conversation, in order."""
        return await tool_calls.list_conversation_calls(
            user_id=self.run.user_id, conversation_id=self.run.conversation_id
        )

    async def finish(
        self,
        *,
        status: EndStatus,
        text: str,
        reasoning: str = "",
        error: str = "",
        error_kind: str = "",
        suggestions: Sequence[str] = (),
    ) -> bool:
        """End the run with its whole text; False if it had ended before."""
        place = temporary if self._is_temporary else answers
        return await place.finish_run(
            **self._of,
            status=status,
            text=text,
            reasoning=reasoning,
            error=error,
            error_kind=error_kind,
            suggestions=suggestions,
        )

    @property
    def _is_temporary(self) -> bool:
        return is_temporary(self.run.conversation_id)

    @property
    def _of(self) -> dict[str, Any]:
        return {"user_id": self.run.user_id, "run_id": self.run.run_id}
