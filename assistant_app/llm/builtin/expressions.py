"""A calculator's grammar: numbers in figures or words, + - * / ^, percent, roots and parentheses.

Precedence is Python's. Values are exact fractions for as long as they can be, and bounded, so that no expression of a
message's length takes noticeable time or memory.
"""

import math
import re
from fractions import Fraction

from assistant_app.llm.builtin.number_words import replace_number_words

Value = Fraction | float

_MOST_BITS = 2048  # Some 600 digits: more than anybody reads.
_DEEPEST = 40
_LONGEST = 400
_WORDS = (
    (r"\b(?:multiplied by|times)\b", "*"),
    (r"\b(?:divided by|over)\b", "/"),
    (r"\b(?:plus|added to)\b", "+"),
    (r"\b(?:minus|less)\b", "-"),
    (r"\b(?:raised )?to the power(?: of)?\b|\*\*", "^"),
    (r"\b(?:modulo|mod)\b", "mod"),
    (r"\bsquared\b", "^2"),
    (r"\bcubed\b", "^3"),
    (r"\b(?:the )?(?:square )?root of\b|√", "sqrt "),
    (r"\bpercent\b|\bper cent\b", "%"),
    (r"\b(?:a |one )?half of\b", "0.5 *"),
    (r"\b(?:a |one )?third of\b", "(1/3) *"),
    (r"\b(?:a |one )?quarter of\b", "0.25 *"),
    (r"\b(?:twice|double)\b", "2 *"),
    (r"(?<=[\d)])\s*x\s*(?=[\d(-])|×|·", "*"),
    (r"÷", "/"),
    (r"(?<=\d),(?=\d{3}(?!\d))", ""),
)
_SIGNS = frozenset("+-")
_OPERATIONS = frozenset({*"+-*/^%", "sqrt", "mod"})
_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?|\.\d+)|(sqrt|mod|of|off|pi)\b|(π)|([-+*/^()%]))")


class NotAnExpressionError(ValueError):
    """The text is not, or not only, a calculation."""


class CalculationError(ValueError):
    """It is one, and has no answer; the message says why."""


def evaluate(text: str) -> Value:
    """Return the value of a calculation; at least one operation must be in it."""
    if len(text) > _LONGEST:
        raise NotAnExpressionError
    text = replace_number_words(text)
    for words, sign in _WORDS:
        text = re.sub(words, f" {sign} " if sign else "", text)
    tokens = _tokens(text)
    if not _OPERATIONS & {*tokens[1:], *(set(tokens[:1]) - _SIGNS)}:
        raise NotAnExpressionError
    parser = _Parser(tokens)
    try:
        value = parser.sum()
    except OverflowError:  # An exact number of so many digits has no place beside one that is not exact, such as pi.
        raise _too_large() from None
    if parser.rest():
        raise NotAnExpressionError
    return value


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    end = 0
    text = text.rstrip()
    while end < len(text):
        found = _TOKEN.match(text, end)
        if not found:
            raise NotAnExpressionError
        tokens.append(found[found.lastindex or 0].replace("π", "pi"))
        end = found.end()
    if not tokens:
        raise NotAnExpressionError
    return tokens


class _Parser:
    """Recursive descent, one method per level of precedence."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def rest(self) -> list[str]:
        return self._tokens[self._at :]

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, *wanted: str) -> str:
        token = self._next()
        if token not in wanted:
            return ""
        self._at += 1
        return token

    def sum(self) -> Value:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise CalculationError("That has more parentheses than I can follow.")
        value = self._product()
        while sign := self._take("+", "-"):
            start = self._at
            other = self._product()
            # "80 + 15%" adds the share of the 80, as calculators do; "15%" alone stands on the right for that.
            if self._tokens[self._at - 1] == "%" and self._at - start == 2:
                other = _bounded(value * other)
            value = _bounded(value + other if sign == "+" else value - other)
        self._depth -= 1
        return value

    def _product(self) -> Value:
        value = self._signed()
        while sign := self._take("*", "/", "mod", "of", "off"):
            value = self._apply(sign, value, self._signed())
        return value

    def _apply(self, sign: str, left: Value, right: Value) -> Value:
        if sign in ("*", "of"):
            return _bounded(left * right)
        if sign == "off":
            return _bounded(right * (1 - left))
        if right == 0:
            raise CalculationError("Nothing can be divided by zero.")
        return _bounded(left / right if sign == "/" else left % right)

    def _signed(self) -> Value:
        minus = False
        while sign := self._take("-", "+"):
            minus ^= sign == "-"
        value = self._power()
        return -value if minus else value

    def _power(self) -> Value:
        base = self._share()
        if not self._take("^"):
            return base
        self._depth += 1
        if self._depth > _DEEPEST:
            raise CalculationError("That is a higher tower of powers than I can climb.")
        exponent = self._signed()
        self._depth -= 1
        return _power(base, exponent)

    def _share(self) -> Value:
        value = self._atom()
        return value / 100 if self._take("%") else value

    def _atom(self) -> Value:
        if self._take("("):
            value = self.sum()
            if not self._take(")"):
                raise NotAnExpressionError
            return value
        if self._take("sqrt"):
            return _root(self._atom())
        if self._take("pi"):
            return math.pi
        token = self._next()
        if not token or token[0] not in "0123456789.":
            raise NotAnExpressionError
        self._at += 1
        return _bounded(Fraction(token))


def _power(base: Value, exponent: Value) -> Value:
    if base == 0 and exponent < 0:
        raise CalculationError("Nothing can be divided by zero.")
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if base not in (0, 1, -1) and bits * abs(exponent) > 2 * _MOST_BITS:
            raise _too_large()
        return _bounded(base**exponent)
    try:
        value = float(base) ** float(exponent)
    except OverflowError:
        raise _too_large() from None
    if isinstance(value, complex):
        raise CalculationError("That root of a negative number is no real number.")
    return _bounded(value)


def _root(value: Value) -> Value:
    if value < 0:
        raise CalculationError("A negative number has no real square root.")
    if isinstance(value, Fraction):
        top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
        if top * top == value.numerator and bottom * bottom == value.denominator:
            return Fraction(top, bottom)
    try:
        return math.sqrt(value)
    except OverflowError:
        raise _too_large() from None


def _bounded(value: Value) -> Value:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise _too_large()
        return value
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
        raise _too_large()
    return value


def _too_large() -> CalculationError:
    return CalculationError("That number has more digits than I can write out here.")
