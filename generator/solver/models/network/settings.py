"""The fields of a network in a bank: read once, and asked for checked values of one variant.

A symbol or a known word (``tanh``) may be written as it is; any other text is an expression. So
``output: h`` is the letter h even where a parameter of that name exists, and ``output: names.h``
is whatever letter the variant's names have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from generator.diagnostics import InputError, at, did_you_mean
from generator.language import numbers
from generator.language.expression import Expression, compile_expression
from generator.model.dataclass import dataclass
from generator.model.source import Branch, Source, Tree
from generator.model.value import Value
from generator.solver.models.network.exact import simplest
from generator.solver.models.network.notation import Symbol, symbol

SYMBOLS = frozenset({"symbol", "target", "weights", "output", "bias_symbol", "function", "before"})
"""The fields that hold a symbol."""

MOST_NUMBER = 10**6
"""Data and their denominators: beyond this a floating-point check is no check."""

FINEST = 10**30
"""The largest denominator of a setting, such as Adam's epsilon."""

Env = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A field as it was written: a word, an expression, or a list of settings; or a default."""

    what: str
    place: Tree
    content: Expression | tuple[Setting, ...] | Value

    @property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that it mentions."""
        if isinstance(self.content, Expression):
            return self.content.names
        if isinstance(self.content, tuple):
            inner = (item.names for item in self.content if isinstance(item, Setting))
            return frozenset[str]().union(*inner)
        return frozenset()

    def value(self, env: Env) -> object:
        """What it is for these values; a list is a tuple."""
        if isinstance(self.content, Expression):
            return self.content.evaluate(env)
        if isinstance(self.content, tuple):
            items = (item for item in self.content if isinstance(item, Setting))
            return tuple(item.value(env) for item in items)
        return self.content

    def wrong(self, value: object, meant: str, cure: str = "") -> InputError:
        """The error of a value that the field cannot have."""
        message = f"`{self.what}` is {_shown(value)}; it must be {meant}"
        return InputError([at(self.place, "wrong-value", message, help=cure)])


def read_setting(tree: Tree, what: str, words: Iterable[str] = ()) -> Setting:
    """Read a field that may be one of `words`, a symbol, an expression, or a list."""
    content: Expression | tuple[Setting, ...] | Value
    if isinstance(tree, Branch):
        if not tree.is_list:
            message = f"`{what}` is a value or a list of values, not a mapping"
            raise InputError([at(tree, "wrong-type", message)])
        content = tuple(read_setting(item, what, words) for item in tree.items)
    elif tree.text in words or (what in SYMBOLS and symbol(tree.text)):
        content = tree.text
    else:
        content = compile_expression(tree)
    return Setting(what=what, place=tree, content=content)


class Given:
    """Settings with the values of one variant. Every question raises InputError if it fails."""

    def __init__(self, settings: Mapping[str, Setting], env: Env) -> None:
        self._settings, self._env = settings, env

    def __contains__(self, field: str) -> bool:
        return field in self._settings

    def setting(self, field: str) -> Setting:
        """The field as it was written."""
        return self._settings[field]

    def value(self, field: str) -> object:
        """The value of a field, unchecked."""
        return self._settings[field].value(self._env)

    def whole(self, field: str, *, least: int = 1, most: int) -> int:
        """A whole number within bounds."""
        value = self.value(field)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise self.setting(field).wrong(value, f"a whole number from {least} to {most:,}")

    def number(self, field: str) -> Fraction:
        """An exact number of a moderate size."""
        value = self.value(field)
        if not isinstance(value, int | Fraction) or isinstance(value, bool):
            raise self.setting(field).wrong(value, "an exact number")
        number = Fraction(value)
        if abs(number) > MOST_NUMBER or number.denominator > FINEST:
            raise self.setting(field).wrong(value, "a number of a moderate size")
        return number

    def truth(self, field: str) -> bool:
        """True or false."""
        value = self.value(field)
        if isinstance(value, bool):
            return value
        raise self.setting(field).wrong(value, "true or false")

    def word(self, field: str, known: Iterable[str]) -> str:
        """One of the known words."""
        value = self.value(field)
        if isinstance(value, str) and value in known:
            return value
        meant = did_you_mean(value, known) if isinstance(value, str) else ""
        raise self.setting(field).wrong(value, " or ".join(f"`{word}`" for word in known), meant)

    def symbol(self, field: str) -> Symbol:
        """A letter of the Latin or Greek alphabet."""
        value = self.value(field)
        found = symbol(value) if isinstance(value, str) else None
        if found is None:
            meant = "a letter, or the name of a Greek letter such as `phi`"
            raise self.setting(field).wrong(value, meant)
        return found


def entries(
    value: object, sizes: tuple[int, ...], setting: Setting
) -> dict[tuple[int, ...], int | Fraction]:
    """Exact numbers by their index, counted from 1, from vectors nested as deep as `sizes`."""
    if not sizes:
        if not isinstance(value, int | Fraction) or isinstance(value, bool):
            raise setting.wrong(value, "an exact number")
        number = Fraction(value)
        if abs(number) > MOST_NUMBER or number.denominator > MOST_NUMBER:
            raise setting.wrong(value, "at most a million, with at most six decimals")
        return {(): simplest(number)}
    if not isinstance(value, tuple) or len(value) != sizes[0]:
        kind = "numbers" if len(sizes) == 1 else "vectors"
        found = f", not {len(value)}" if isinstance(value, tuple) else ""
        message = f"`{setting.what}` must have {sizes[0]} {kind} here{found}"
        cure = "" if isinstance(value, tuple) else f"it is {_shown(value)}"
        raise InputError([at(setting.place, "wrong-shape", message, help=cure)])
    return {
        (at_first, *rest): number
        for at_first, item in enumerate(value, start=1)
        for rest, number in entries(item, sizes[1:], setting).items()
    }


def scalar(tree: Tree, what: str) -> Source:
    """A field that is a single text; raises InputError for a list or a mapping."""
    if isinstance(tree, Source):
        return tree
    raise InputError([at(tree, "wrong-type", f"`{what}` is a single word here")])


def _shown(value: object) -> str:
    """A value as the author would write it."""
    if isinstance(value, bool | int | Fraction | str | tuple):
        return f"`{numbers.plain(value)}`"
    return "no number or word"
