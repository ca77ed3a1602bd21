"""Tools made of typed functions: their schema, their validation, and what they say before they act."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest

from assistant_app.toolkit.context import ToolContext
from assistant_app.toolkit.outcomes import Preview, RetryTool, ToolResult
from assistant_app.toolkit.tool import described, tool

CTX = ToolContext("usr_ada", "Europe/Berlin", "cnv_1", "msg_2", "cal_1", "msg_1")


@tool(title="Pack a box", subject="Boxes", effect="write")
async def pack_box(
    ctx: ToolContext,
    what: Annotated[str, described("What goes in.", max_length=20)],
    count: Annotated[int | None, described("How many.", ge=1)] = None,
    size: Annotated[Literal["small", "large"], described("How big.")] = "small",
    origin: Annotated[str | None, described("Where it comes from.", alias="from")] = None,
    fragile: Annotated[bool | None, described("Whether it breaks.")] = None,
) -> ToolResult:
    """Pack a box.

    One call for each box.
    """
    return ToolResult(f"{ctx.user_id}: {count} {size} {what} from {origin}", {"fragile": fragile})


async def _preview_open(_ctx: ToolContext, given: Mapping[str, Any]) -> Preview:
    if given["box"] == "none":
        raise RetryTool("There is no such box.")
    return Preview(f"Open box 7 “{given['box']}”", {"box": "7"}, [("box", "box_7")])


@tool(title="Open a box", subject="Boxes", effect="delete", preview=_preview_open)
async def open_box(
    _ctx: ToolContext,
    box: Annotated[str, described("Which.")],
    carefully: Annotated[bool, described("With care.")] = False,
) -> ToolResult:
    """Open a box."""
    return ToolResult(f"Opened {box}{' carefully' if carefully else ''}")


def test_schema_says_only_what_a_model_needs() -> None:
    assert pack_box.parameters == {
        "type": "object",
        "additionalProperties": False,
        "required": ["what"],
        "properties": {
            "what": {"type": "string", "description": "What goes in.", "maxLength": 20},
            "count": {"type": "integer", "description": "How many.", "minimum": 1},
            "size": {"type": "string", "description": "How big.", "enum": ["small", "large"]},
            "from": {"type": "string", "description": "Where it comes from."},
            "fragile": {"type": "boolean", "description": "Whether it breaks."},
        },
    }
    assert pack_box.description == "Pack a box.\n\nOne call for each box."
    assert (pack_box.name, pack_box.title, pack_box.subject, pack_box.effect) == (
        "pack_box",
        "Pack a box",
        "Boxes",
        "write",
    )


async def test_arguments_reach_the_function_by_the_names_that_models_use() -> None:
    result = await pack_box(CTX, {"what": "cups", "from": "the kitchen", "count": "3", "fragile": True})
    assert result.summary == "usr_ada: 3 small cups from the kitchen"
    assert result.data == {"fragile": True}


def test_what_is_left_out_or_null_is_not_given() -> None:
    assert pack_box.check({"what": "cups", "count": None, "from": None}) == {"what": "cups"}


def test_number_is_taken_for_text() -> None:
    assert open_box.check({"box": 12}) == {"box": "12"}


@pytest.mark.parametrize(
    ("arguments", "about"),
    [
        ({}, "what: Field required"),
        ({"what": "cups", "colour": "red"}, "colour: Extra inputs"),
        ({"what": "cups", "origin": "the kitchen"}, "origin: Extra inputs"),
        ({"what": "cups", "count": 0}, "count: Input should be greater"),
        ({"what": "cups", "count": "some"}, "count: Input should be a valid integer"),
        ({"what": "cups", "size": "huge"}, "size: Input should be 'small' or 'large'"),
        ({"what": "c" * 21}, "what: String should have at most 20 characters"),
        ({"what": ["cups"]}, "what: Input should be a valid string"),
        ({"what": True}, "what: Input should be a valid string"),
    ],
)
def test_wrong_arguments_are_refused_with_a_sentence(arguments: dict[str, Any], about: str) -> None:
    with pytest.raises(RetryTool, match="The arguments of pack_box do not fit") as refused:
        pack_box.check(arguments)
    assert about in str(refused.value)


async def test_preview_says_the_arguments_in_words() -> None:
    preview = await pack_box.preview(CTX, {"what": "cups", "count": 2, "fragile": True, "from": "the kitchen"})
    assert preview.summary == "Pack a box: cups, count 2, from the kitchen, fragile"
    assert preview.arguments == {"what": "cups", "count": 2, "fragile": True, "from": "the kitchen"}


async def test_preview_pins_what_was_meant_and_keeps_the_rest() -> None:
    preview = await open_box.preview(CTX, {"box": "cups", "carefully": True})
    assert preview == Preview("Open box 7 “cups”", {"box": "7", "carefully": True}, [("box", "box_7")])
    assert (await open_box(CTX, preview.arguments)).summary == "Opened 7 carefully"


async def test_preview_asks_to_try_again_as_the_call_would() -> None:
    with pytest.raises(RetryTool, match="no such box"):
        await open_box.preview(CTX, {"box": "none"})
    with pytest.raises(RetryTool, match="box: Field required"):
        await open_box.preview(CTX, {})
