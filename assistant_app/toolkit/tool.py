"""Makes a tool of a typed function: the signature gives the schema, the docstring what the model is told."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import Preview, RetryTool, ToolResult

Effect = Literal["read", "write", "delete", "send"]
ToolFunction = Callable[..., Awaitable[ToolResult]]
PreviewFunction = Callable[[ToolContext, Mapping[str, Any]], Awaitable[Preview]]
_SAID_ONCE = 3  # Problems of a call that are told at once; a model mends no more than these in one go.


@dataclass(frozen=True)
class Tool:
    """A tool as the rest of Steward sees it. `title` is its name for people, `parameters` a JSON schema."""

    name: str
    title: str
    subject: str
    effect: Effect
    description: str
    parameters: Mapping[str, Any]
    arguments: type[BaseModel]
    function: ToolFunction
    previewer: PreviewFunction | None = None

    def check(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments that were given, in their types; raise RetryTool with what is wrong with them.

        Models send null for what they leave out, so that it counts as left out.
        """
        try:
            checked = self.arguments.model_validate(dict(arguments))
        except ValidationError as error:
            raise RetryTool(_sentence(self.name, error)) from None
        return checked.model_dump(by_alias=True, exclude_unset=True, exclude_none=True)

    async def __call__(self, ctx: ToolContext, arguments: Mapping[str, Any]) -> ToolResult:
        """Check the arguments and run the function."""
        return await self.function(ctx, **self._by_parameter(self.check(arguments)))

    async def preview(self, ctx: ToolContext, arguments: Mapping[str, Any]) -> Preview:
        """Say what a call would do, and do nothing; raise RetryTool where the call would."""
        checked = self.check(arguments)
        if self.previewer is None:
            return Preview(_words(self, checked), checked)
        found = await self.previewer(ctx, checked)
        return replace(found, arguments={**checked, **found.arguments})

    def _by_parameter(self, checked: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments by the names of the function's parameters, which may differ: `from` is no name there."""
        fields = self.arguments.model_fields.items()
        return {name: checked[field.alias or name] for name, field in fields if (field.alias or name) in checked}


def tool(
    *, title: str, subject: str, effect: Effect, preview: PreviewFunction | None = None
) -> Callable[[ToolFunction], Tool]:
    """Make a tool of an async function whose first parameter is the context, hidden from the model.

    `subject` is the heading under which settings list it. `preview` takes the context and the checked arguments, and
    says what the call would do; of the arguments it returns only those that it pins.
    """

    def make(function: ToolFunction) -> Tool:
        hints = get_type_hints(function, include_extras=True)
        parameters = list(inspect.signature(function).parameters.values())[1:]
        fields: dict[str, Any] = {
            parameter.name: (
                hints[parameter.name],
                ... if parameter.default is inspect.Parameter.empty else parameter.default,
            )
            for parameter in parameters
        }
        name = function.__name__
        # Models write the number of an object as a number as often as they write it as text.
        model = create_model(name, __config__=ConfigDict(extra="forbid", coerce_numbers_to_str=True), **fields)
        return Tool(
            name=name,
            title=title,
            subject=subject,
            effect=effect,
            description=inspect.getdoc(function) or "",
            parameters=_plain(model.model_json_schema()),
            arguments=model,
            function=function,
            previewer=preview,
        )

    return make


def described(text: str, **limits: Any) -> Any:
    """Describe a parameter to the model, with limits such as `max_length`; `alias` is what the model calls it."""
    return Field(description=text, **limits)


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave away what pydantic adds for people: models pay for each word of a schema."""
    schema.pop("title", None)
    schema["properties"] = {name: _plain_entry(entry) for name, entry in schema.get("properties", {}).items()}
    return schema


def _plain_entry(entry: dict[str, Any]) -> dict[str, Any]:
    """Show of "this or null, null by default" only this: what may be left out is not required, and that says it."""
    kept = {name: value for name, value in entry.items() if name not in ("title", "default")}
    choices = [choice for choice in kept.pop("anyOf", ()) if choice != {"type": "null"}]
    return kept | (choices[0] if len(choices) == 1 else {"anyOf": choices} if choices else {})


def _words(tool: Tool, arguments: Mapping[str, Any]) -> str:
    """Say a call in the words of its arguments: "Add task: buy milk, due 2026-11-24"."""
    bare = tool.parameters.get("required", [""])[0]
    said = [str(value) if name == bare else _pair(name, value) for name, value in arguments.items()]
    return f"{tool.title}: {', '.join(said)}" if said else tool.title


def _pair(name: str, value: Any) -> str:
    words = name.replace("_", " ")
    return words if value is True else f"{words} {value}"


def _sentence(name: str, error: ValidationError) -> str:
    told = [
        f"{'.'.join(str(part) for part in problem['loc']) or 'arguments'}: {problem['msg']}"
        for problem in error.errors(include_url=False, include_input=False)
    ]
    return f"The arguments of {name} do not fit. " + "; ".join(told[:_SAID_ONCE]) + "."
