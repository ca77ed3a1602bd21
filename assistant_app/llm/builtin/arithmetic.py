"""Calculates, with a parser of its own: nothing that was typed is ever run as code."""

import re
from fractions import Fraction

from assistant_app.llm.base import CallInfo
from assistant_app.llm.builtin.expressions import CalculationError, NotAnExpressionError, evaluate
from assistant_app.llm.builtin.grammar import match
from assistant_app.llm.builtin.hearing import Heard

_LARGEST = 10**300  # What is larger has no place in a float.
_ASKED = (
    "(what is|what does|what are|how much is|how much are|what is the (result|value) of) {sum} [equal|equals|make]",
    "(calculate|compute|evaluate|solve|work out|the result of) {sum}",
)
_SHARE = (
    "[what is] {part} is (what|which|how many) (percent|%|percentage) of {whole}",
    "(what|which) (percent|percentage|%) of {whole} is {part}",
    "(what|which) (percent|percentage|%) is {part} of {whole}",
)
# Bare figures that people type for other reasons: dates, telephone numbers, "24/7".
_NO_SUM = re.compile(r"\d+(?:-\d+)+|24/7|\d+/\d+/\d+|\d+(?:\.\d+){2,}|[-+(]?\+?[\d ()-]{7,}")


async def understand(heard: Heard, call: CallInfo) -> str | None:  # noqa: ARG001 - of the protocol
    """Answer a calculation, if the words are one from the first to the last."""
    if found := match(heard, _SHARE):
        return _answer(f"({found['part']}) / ({found['whole']})", f"{found['part']} of {found['whole']}", percent=True)
    asked = match(heard, _ASKED)
    if asked and (answer := _answer(asked["sum"], asked["sum"])):
        return answer
    for form in heard.forms:
        bare = form.rstrip("= ")
        if not _NO_SUM.fullmatch(bare) and (answer := _answer(bare, bare)):
            return answer
    return None


def _answer(expression: str, shown: str, *, percent: bool = False) -> str | None:
    try:
        value = evaluate(expression)
    except NotAnExpressionError:
        return None
    except CalculationError as error:
        return str(error)
    shown = shown.replace("`", "")
    return f"`{shown}` is **{write(value * 100)}%**." if percent else f"`{shown}` = **{write(value)}**"


def write(value: Fraction | float) -> str:
    """Write a number for people: whole ones in full, others to ten figures, with a sign where that rounds."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return str(value.numerator)
    if isinstance(value, Fraction) and abs(value) >= _LARGEST:
        return f"≈ {round(value)}"
    short = f"{float(value):.10g}"
    exact = isinstance(value, Fraction) and "e" not in short and Fraction(short) == value
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    return str(int(value)) if whole else short if exact else f"≈ {short}"
