"""Which event handlers a browser may call, for whom, and with which arguments.

Reflex offers every public method of every state to whoever holds a websocket. Here each is classified: handlers of
Steward's own states are for signed-in users if all their arguments are annotated, those marked `owner_only` for
owners; a few of the framework's are needed; everything else, and every `setvar`, does not exist.
"""

import enum
import functools
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic_core import PydanticSerializationError, to_json
from reflex.state import FrontendEventExceptionState, OnLoadInternalState, State, UpdateVarsInternalState
from reflex_base.registry import RegisteredEventHandler, RegistrationContext

from assistant_app.ui.session import OWNER_ONLY

OUR_PACKAGES = ("assistant_app.ui.",)
HYDRATE = frozenset({f"{State.get_full_name()}.hydrate", f"{State.get_full_name()}.hydrate_and_load"})
FRAMEWORK = HYDRATE | {
    f"{State.get_full_name()}.set_is_hydrated",
    f"{OnLoadInternalState.get_full_name()}.on_load_internal",
    f"{OnLoadInternalState.get_full_name()}.set_is_hydrated",
    f"{UpdateVarsInternalState.get_full_name()}.update_vars_internal",
    f"{FrontendEventExceptionState.get_full_name()}.handle_frontend_exception",
}


class Access(enum.Enum):
    """Who may call a handler."""

    FRAMEWORK = "framework"
    USER = "user"
    OWNER = "owner"
    NOBODY = "nobody"


def access_of(name: str, packages: tuple[str, ...] = OUR_PACKAGES) -> Access:
    """Return who may call the handler of this name."""
    registered = RegistrationContext.get().event_handlers.get(name)
    if registered is None or name.endswith(".setvar"):
        return Access.NOBODY
    if name in FRAMEWORK:
        return Access.FRAMEWORK
    if not _is_ours(registered, packages) or not is_annotated(registered.handler.fn):
        return Access.NOBODY
    return Access.OWNER if getattr(registered.handler.fn, OWNER_ONLY, False) else Access.USER


def is_annotated(fn: Callable[..., Any]) -> bool:
    """Tell whether every argument after `self` says its type."""
    return all(p.annotation is not inspect.Parameter.empty for p in _parameters(fn))


def valid_payload(name: str, payload: dict[str, Any]) -> dict[str, Any] | None:
    """Return the arguments as the handler declares them, or None if they are not that.

    They are read as strict JSON: nothing is converted but what JSON cannot say, such as a date or a tuple, and
    an argument that the handler does not have is refused.
    """
    registered = RegistrationContext.get().event_handlers[name]
    try:
        arguments = _arguments(registered.handler.fn).model_validate_json(to_json(payload))
    except (ValidationError, PydanticSerializationError):
        return None
    return {key: getattr(arguments, key) for key in arguments.model_fields_set}


def _is_ours(registered: RegisteredEventHandler, packages: tuple[str, ...]) -> bool:
    return all(f"{state.__module__}.".startswith(packages) for state in registered.states)


def _parameters(fn: Callable[..., Any]) -> list[inspect.Parameter]:
    return list(inspect.signature(fn).parameters.values())[1:]


@functools.cache
def _arguments(fn: Callable[..., Any]) -> type[BaseModel]:
    hints = get_type_hints(fn, include_extras=True)
    fields: dict[str, Any] = {
        p.name: (hints.get(p.name, Any), ... if p.default is p.empty else p.default) for p in _parameters(fn)
    }
    config = ConfigDict(strict=True, extra="forbid", protected_namespaces=(), arbitrary_types_allowed=True)
    return create_model("Arguments", __config__=config, **fields)
