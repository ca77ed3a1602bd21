"""Turns whatever goes wrong in a model call into one of our errors, with a sentence that names the provider.

Knows the vendors' errors by their shape (status, type, cause), not by their classes, which LiteLLM would have to be
imported for.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant_app.errors import (
    ModelBusyError,
    ModelCutError,
    ModelError,
    ModelKeyError,
    ModelNotFoundError,
    ModelTimeoutError,
    ModelUnreachableError,
)
from assistant_app.llm.tool_calls import BrokenCallError

_UNREACHABLE = {
    "ConnectError",
    "ConnectTimeout",
    "ClientConnectorError",
    "ClientConnectorDNSError",
    "APIConnectionError",
}
_TIMEOUTS = {"ReadTimeout", "WriteTimeout", "PoolTimeout", "Timeout", "APITimeoutError"}
_BROKEN_OFF = {"ReadError", "RemoteProtocolError", "ClientPayloadError", "IncompleteReadError", "JSONDecodeError"}
_TOO_LONG = ("context length", "context_length", "context window", "maximum context", "prompt is too long")
_TOO_LONG_SENTENCE = (
    "This conversation is longer than {model} of {who} can read. Start a new chat, or pick a model with more context."
)
_SENTENCES: dict[int, tuple[type[ModelError], str]] = {
    401: (ModelKeyError, "{who} refuses the API key. Check it under Settings > Models."),
    402: (ModelKeyError, "{who} says that the account has no credit left. Top it up there, or pick another model."),
    403: (ModelKeyError, "{who} does not let this API key use {model}. Pick another model, or use another key."),
    404: (
        ModelNotFoundError,
        "{who} does not know the model {model}. Pick another one, or check the address under Settings > Models.",
    ),
}
_SLOW_SENTENCES = {
    "first": "{who} did not begin to answer within {seconds:g} seconds. Try again, or pick another model.",
    "gap": "{who} fell silent in the middle of the answer for {seconds:g} seconds. Try again.",
    "total": "{who} was still answering after {minutes:g} minutes, so the answer was ended.",
}
_CUT_SENTENCES = {
    "cut": "The answer of {who} broke off before its end. Try again, or continue from here.",
    "empty": "{who} sent an empty answer. Try again, or pick another model.",
    "garbled": "{who} sent something that makes no sense as an answer. Try again, or pick another model.",
}
_NO_SERVER = "{who} cannot be reached at {server}. Check that the server runs there, then try again."
_NO_NETWORK = "{who} cannot be reached. Check this machine's connection to the internet, then try again."


class CutStreamError(Exception):
    """The stream ended before the answer's end (cut), ended without any answer (empty), or made no sense (garbled)."""

    def __init__(self, how: Literal["cut", "empty", "garbled"] = "cut") -> None:
        """Keep in which of the three ways."""
        super().__init__(how)
        self.how = how


@dataclass(frozen=True)
class Fault:
    """What to raise, and whether the same request may be sent once more: after `wait` seconds, if nothing was shown."""

    error: ModelError
    repeatable: bool = False
    wait: float = 0.3


@dataclass(frozen=True)
class Callee:
    """Whom a call goes to, as sentences name it."""

    provider: str
    model: str
    server: str = ""


def translate(error: Exception, callee: Callee, *, streaming: bool) -> Fault:
    """Choose our error for a vendor's; `streaming` tells that the provider had begun to answer."""
    if isinstance(error, CutStreamError):
        return _cut(callee, error.how)
    if isinstance(error, BrokenCallError):
        return _cut(callee)
    status = _status(error)
    names = {type(cause).__name__ for cause in _causes(error)}
    if not streaming and names & _UNREACHABLE and status not in (401, 403, 404, 429):
        return _unreachable(callee)
    if names & _TIMEOUTS and status in (0, 408):
        return Fault(
            ModelTimeoutError(f"{callee.provider} did not answer in time. Try again.", provider=callee.provider)
        )
    if streaming and (names & _BROKEN_OFF or not status):
        return _cut(callee, "garbled" if "JSONDecodeError" in names else "cut")
    return _by_status(error, status, callee)


def too_slow(callee: Callee, seconds: float, *, when: str) -> ModelTimeoutError:
    """Say which of the waits ran out: `when` is first, gap or total."""
    sentence = _SLOW_SENTENCES[when].format(who=callee.provider, seconds=seconds, minutes=seconds / 60)
    return ModelTimeoutError(sentence, provider=callee.provider)


def _cut(callee: Callee, how: str = "cut") -> Fault:
    return Fault(ModelCutError(_CUT_SENTENCES[how].format(who=callee.provider), provider=callee.provider))


def _unreachable(callee: Callee) -> Fault:
    sentence = (_NO_SERVER if callee.server else _NO_NETWORK).format(who=callee.provider, server=callee.server)
    return Fault(ModelUnreachableError(sentence, provider=callee.provider), repeatable=True)


def _by_status(error: Exception, status: int, callee: Callee) -> Fault:
    message, names = _message(error), {"who": callee.provider, "model": callee.model}
    if status == 429:
        return _busy(error, callee)
    if status in _SENTENCES:
        kind, sentence = _SENTENCES[status]
        return Fault(kind(sentence.format(**names), provider=callee.provider))
    if status in (400, 413, 422) and any(phrase in message.lower() for phrase in _TOO_LONG):
        return Fault(ModelError(_TOO_LONG_SENTENCE.format(**names), provider=callee.provider))
    if 400 <= status < 500:
        sentence = f"{callee.provider} refused the request (error {status}): {_first_words(message)}"
        return Fault(ModelError(sentence, provider=callee.provider))
    number = f" (error {status})" if status else ""
    sentence = f"{callee.provider} has a problem of its own{number}. Try again, or pick another model."
    return Fault(ModelError(sentence, provider=callee.provider), repeatable=True)


def _busy(error: Exception, callee: Callee) -> Fault:
    wait = retry_after(error)
    when = "in a moment" if wait is None else f"in {max(1, round(wait))} seconds"
    sentence = (
        f"{callee.provider} takes no more requests from this key for now. Try again {when}, or pick another model."
    )
    fault = ModelBusyError(sentence, provider=callee.provider, retry_after=wait)
    return Fault(fault, repeatable=wait is not None and wait <= 2, wait=wait or 0)


def retry_after(error: Exception) -> float | None:
    """Return the seconds that the provider asks to wait, if it gives a number."""
    for cause in _causes(error):
        for headers in (getattr(getattr(cause, "response", None), "headers", None), getattr(cause, "headers", None)):
            try:
                return max(0.0, float(headers["retry-after"]))  # type: ignore[index] - anything without it is skipped
            except (KeyError, TypeError, ValueError):
                continue
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and all that it came from; LiteLLM wraps an error up to four times."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        cause = todo.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        original = getattr(cause, "original_exception", None)
        todo += [cause.__context__, cause.__cause__, original if isinstance(original, BaseException) else None]


def _status(error: Exception) -> int:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else 0


def _message(error: Exception) -> str:
    """Return what the provider said, without the layers of names and JSON around it."""
    text = str(getattr(error, "message", "") or error)
    start = text.find("{")
    if start >= 0:
        try:
            body = json.loads(text[start : text.rfind("}") + 1])
            return str(body.get("error", body).get("message", text))
        except (ValueError, AttributeError):
            return text
    return text.rsplit("Exception - ", 1)[-1]


def _first_words(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= 200 else f"{line[:199]}…"
