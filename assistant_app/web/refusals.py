"""Errors as HTTP says them."""

import math

from assistant_app.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    ServiceUnavailableError,
    StewardError,
    TooManyAttemptsError,
)

# The first class that fits counts.
_STATUS: tuple[tuple[type[StewardError], int], ...] = (
    (TooManyAttemptsError, 429),
    (NotAllowedError, 403),
    (NotFoundError, 404),
    (ConflictError, 409),
    (InvalidInputError, 400),
    (ServiceUnavailableError, 503),
)


def refusal_status(error: StewardError) -> int:
    """Return the status code of an error."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def refusal_headers(error: StewardError | None) -> dict[str, str]:
    """Return the headers that an error adds."""
    if isinstance(error, TooManyAttemptsError):
        return {"Retry-After": str(math.ceil(error.retry_after))}
    return {}
