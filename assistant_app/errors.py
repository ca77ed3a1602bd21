"""Every error that Steward raises on purpose.

The message of each is a sentence that a person can read: what happened and what to do.
The class decides what happens next.

StewardError
├── InvalidInputError         the form stays open, with what was typed
├── NotFoundError             it is not there, or belongs to somebody else
├── NotAllowedError           this person may not do this
│   └── TooManyAttemptsError  wait, then try again
├── ConflictError             it changed in the meantime
├── BudgetError               what Steward may spend by itself is used up, or would be; nothing is tried again
├── ServiceUnavailableError   something that Steward needs does not answer
└── ModelError                a model call failed, and the provider is named
    ├── ModelKeyError         the provider refuses the key
    ├── ModelNotFoundError    the provider does not know the model
    ├── ModelBusyError        the provider asks to wait
    ├── ModelTimeoutError     no answer in time, or a stall
    ├── ModelCutError         the answer broke off before its end
    └── ModelUnreachableError no connection to the provider
"""


class StewardError(Exception):
    """Base of all; `str(error)` is the sentence that the person reads."""

    retryable = False


class InvalidInputError(StewardError):
    """What was given cannot be used as it is."""


class NotFoundError(StewardError):
    """The object does not exist for this user."""


class NotAllowedError(StewardError):
    """The user may not do this."""


class TooManyAttemptsError(NotAllowedError):
    """Throttled; `retry_after` is in seconds."""

    retryable = True

    def __init__(self, message: str, *, retry_after: float = 0.0) -> None:
        """Keep the wait beside the sentence."""
        super().__init__(message)
        self.retry_after = retry_after


class ConflictError(StewardError):
    """The object is no longer what the request was based on."""


class BudgetError(StewardError):
    """A model call that nobody sits waiting for would cost more than it may."""


class ServiceUnavailableError(StewardError):
    """A part that Steward needs does not answer."""

    retryable = True


class ModelError(StewardError):
    """A model call failed.

    `provider` is the provider's title as people know it; `retry_after` (seconds) is what it asked for, if it did.
    """

    retryable = True

    def __init__(self, message: str, *, provider: str = "", retry_after: float | None = None) -> None:
        """Keep who failed, and how long it asks to be left alone."""
        super().__init__(message)
        self.provider = provider
        self.retry_after = retry_after


class ModelKeyError(ModelError):
    """The provider refuses the key."""


class ModelNotFoundError(ModelError):
    """The provider does not know the model."""


class ModelBusyError(ModelError):
    """The provider limits the rate of requests."""


class ModelTimeoutError(ModelError):
    """No first token, or no further one, within the time allowed."""


class ModelCutError(ModelError):
    """The stream broke off, or made no sense, before its end."""


class ModelUnreachableError(ModelError):
    """No connection could be made."""
