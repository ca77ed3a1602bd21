"""Log lines: one form for all parts, and nothing secret in any of them.

`structlog.get_logger("steward.<part>").info("what_happened", key=value)` writes a line; `logging` of libraries goes
the same way. Without `set_up`, as in tests, lines go wherever structlog sends them.
"""

import logging
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any, cast

import structlog
from structlog.typing import EventDict, Processor

from assistant_app.settings import Settings

REDACTED = "[redacted]"
_SECRET_NAME = re.compile(
    r"(?:\b|_|(?<=[a-z])(?=[A-Z]))(?i:authorization|cookies?|credentials?|keys?|passphrase|passwd|password|secrets?|token)"
    r"(?![a-z])"
)
_SECRET_VALUES = re.compile(
    r"""
      (?P<before>(?i:bearer|basic)\s+|/feeds/)[\w.~+/=-]{6,}           # authorization headers, private addresses
    | (?P<named>(?i:[\w-]*(?:token|password|passwd|secret|api[_-]?key|cookie|sid))["']?\s*[=:]\s*["']?)[^\s"'&;,}]{4,}
    | (?P<scheme>\w+://[^\s/:@]*:)[^\s/@]+(?=@)                        # passwords in addresses
    | \b(?:sk|pk|rk|gsk|xai|tgp_v1|hf|ghp|gho|glpat|xox[abp])[-_][\w-]{10,}
    | \bAIza[\w-]{20,}
    | \beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*                                # JSON web tokens
    | (?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{40,}   # anything else as random and long as a token
    """,
    re.VERBOSE,
)
_NOISY = {
    "_granian": logging.ERROR,
    "alembic": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "engineio": logging.CRITICAL,
    "httpcore": logging.WARNING,
    "httpx": logging.WARNING,
    "httpx2": logging.WARNING,
    "LiteLLM": logging.WARNING,
    "openai": logging.WARNING,
    "reflex": logging.WARNING,
    "socketio": logging.CRITICAL,
    "sqlalchemy": logging.WARNING,
    "urllib3": logging.WARNING,
}


def set_up(settings: Settings) -> None:
    """Write lines to standard error, as text for people or as JSON for programs."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                redact_line,
                _renderer(settings.log_format),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=settings.log_level.upper(), force=True)
    for name, least in _NOISY.items():
        logging.getLogger(name).setLevel(least)


def redact_line(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """Take secrets out of a line, known by their name or by their look."""
    return {key: _redact(key, value) for key, value in line.items()}


def redact_text(text: str) -> str:
    """Take what looks like a secret out of a text."""
    return _SECRET_VALUES.sub(_hide, text)


def _hide(match: re.Match[str]) -> str:
    return next(filter(None, (match["before"], match["named"], match["scheme"])), "") + REDACTED


def _redact(key: str, value: Any) -> Any:
    if _SECRET_NAME.search(key) and value not in (None, "", True, False):
        return REDACTED
    if isinstance(value, Mapping):
        return {name: _redact(str(name), each) for name, each in cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_redact("", each) for each in cast("Iterable[Any]", value)]
    if isinstance(value, (str, bytes)) or not isinstance(value, (int, float, type(None))):
        return redact_text(value if isinstance(value, str) else str(value))
    return value


def _renderer(form: str) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
