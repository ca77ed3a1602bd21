"""The calculator agrees with Python, and is bounded."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant_app.llm.builtin.arithmetic import write
from assistant_app.llm.builtin.expressions import CalculationError, NotAnExpressionError, evaluate

_NUMBERS = st.integers(0, 999).map(str)
_SIGNS = st.sampled_from(["+", "-", "*", "/"])


def _combined(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(lambda left, sign, right: f"{left} {sign} {right}", children, _SIGNS, children),
        children.map(lambda inner: f"({inner})"),
        children.map(lambda inner: f"-({inner})"),
        st.builds(lambda inner, power: f"({inner})**{power}", children, st.integers(0, 3)),
    )


@settings(max_examples=500, deadline=None)
@given(st.recursive(_NUMBERS, _combined, max_leaves=8))
def test_it_agrees_with_python(text: str) -> None:
    exact = {f"F{number}": Fraction(number) for number in range(1000)}
    try:
        # Python's own parser is the judge; every number is made exact first.
        source = "".join(part if not part.isdigit() else f"F{part}" for part in _split(text))
        expected = eval(source, {"__builtins__": {}}, exact)  # noqa: S307 - the text comes from the strategy above
    except ZeroDivisionError:
        expected = None
    except KeyError:
        return
    assert outcome(text) in ((expected, "digits") if expected is not None else ("zero",))


def outcome(text: str) -> object:
    """Return the value, or why there is none; a text of one number has itself as value here."""
    try:
        return evaluate(text)
    except CalculationError as error:
        return "zero" if "zero" in str(error) else "digits"
    except NotAnExpressionError:
        return evaluate(f"{text} + 0")


def _split(text: str) -> list[str]:
    """Cut numbers from signs; the exponent of a power stays a plain number, which has the same value."""
    parts: list[str] = []
    for sign in text:
        if sign.isdigit() and parts and parts[-1].isdigit():
            parts[-1] += sign
        else:
            parts.append(sign)
    return parts


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789+-*/^%().x sqrtmodpi,", max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        value = evaluate(text)
    except (NotAnExpressionError, CalculationError):
        return
    assert isinstance(value, Fraction) or math.isfinite(value)
    assert write(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-2^2", -4),
        ("2^3^2", 512),
        ("2^-1", Fraction(1, 2)),
        ("7 mod 3", 1),
        ("10 - 2 - 3", 5),
        ("100 / 10 / 2", 5),
        ("50%+50%", Fraction(3, 4)),
        ("200 - 10%", 180),
        ("15% of 80 + 1", 13),
        ("half of 90", 45),
        ("double 21", 42),
        ("three thousand and one times two", 6002),
        ("twenty-one plus 1", 22),
        ("2 × 3 ÷ 4", Fraction(3, 2)),
        ("sqrt 16 + 9", 13),
        ("sqrt(16 + 9)", 5),
        ("27 ^ (1/3)", 3.0),
        ("2 * pi", 2 * math.pi),
        ("five cubed", 125),
    ],
)
def test_it_calculates(text: str, value: float) -> None:
    assert evaluate(text) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    ["9**9**9", "9^9^9^9", "(99^99)^99", "10^700", "2^(2^(2^(2^2)))*2^2000*2^3000", "1e5 + 9^9^9"[6:], "10^400 * pi"],
)
def test_what_is_too_large_is_said_in_a_sentence(text: str) -> None:
    with pytest.raises(CalculationError, match="more digits"):
        evaluate(text)


@pytest.mark.parametrize("text", ["(" * 100 + "1+1" + ")" * 100, "2^" * 100 + "2"])
def test_depth_is_bounded(text: str) -> None:
    with pytest.raises(CalculationError):
        evaluate(text)


@pytest.mark.parametrize(
    "text",
    ["", "7", "-7", "seven", "1 2", "1 +", "+", "(1+2", "1+2)", "one two plus 3", "2 apples + 3", "__import__('os')"],
)
def test_what_is_no_calculation_is_refused(text: str) -> None:
    with pytest.raises(NotAnExpressionError):
        evaluate(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(84), "84"),
        (Fraction(5, 2), "2.5"),
        (Fraction(1, 3), "≈ 0.3333333333"),
        (Fraction(10**30), "1" + "0" * 30),
        (Fraction(3 * 10**400 + 1, 3), "≈ 1" + "0" * 400),
        (3.0, "3"),
        (math.pi, "≈ 3.141592654"),
    ],
)
def test_numbers_are_written_for_people(value: Fraction | float, text: str) -> None:
    assert write(value) == text
