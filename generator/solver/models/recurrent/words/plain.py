"""Terms as a student would type them: ``f * c_prev + i * c_tilde``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from generator.language import numbers
from generator.solver.models.recurrent.structure.terms import Term, value

SUM, PRODUCT, POWER, ATOM = range(4)
LEVELS = {"+": SUM, "-": SUM, "neg": SUM, "*": PRODUCT, "/": PRODUCT, "@": PRODUCT, "**": POWER}

Text = tuple[str, int]
"""A text and how tightly it binds."""


class _Plain:
    """Texts as an algebra."""

    def number(self, value: Fraction) -> Text:
        return numbers.plain(value), ATOM

    def name(self, name: str) -> Text:
        return name, ATOM

    def product(self, matrix: str, vector: Text) -> Text:
        return f"{matrix} @ {_at_least(vector, ATOM)}", PRODUCT

    def apply(self, function: str, argument: Text) -> Text:
        return f"{function}({argument[0]})", ATOM

    def operate(self, operator: str, operands: Sequence[Text]) -> Text:
        level = LEVELS.get(operator, ATOM)
        if level == ATOM:
            return f"{operator}({', '.join(text for text, _ in operands)})", ATOM
        if operator == "neg":
            return f"-{_at_least(operands[0], PRODUCT)}", SUM
        left, right = operands
        after = level if operator in "+*" else level + 1
        return f"{_at_least(left, level)} {operator} {_at_least(right, after)}", level


def _at_least(text: Text, level: int) -> str:
    return text[0] if text[1] >= level else f"({text[0]})"


def plain(term: Term) -> str:
    """The term on one line."""
    return value(term, _Plain())[0]
