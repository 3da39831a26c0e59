"""The fields of a layer: read once as expressions, and as checked numbers for one variant.

`Setting` is what the bank wrote. `Given` binds a layer's settings to the values of one variant and
is asked for what a layer needs: a whole number, one for each axis, a padding, a word, a truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.diagnostics import InputError, at, did_you_mean
from generator.language.expression import Expression, compile_expression
from generator.language.nodes import path
from generator.model.source import Branch, Source, Tree
from generator.model.value import Record, Value
from generator.solver.models.conv import geometry
from generator.solver.models.conv.window import TransposedWindow, Window

MAX_CHANNELS = 1 << 16
"""The most channels, filters or units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A field as it was written: an expression, a list of settings, or a word (or a default).

    `route` are the names of an expression that is no more than a name, or a name's member, as most
    are: no detour is made for them. `wordy` fields may be words: there, a name that is nobody's is
    taken for a misspelt word.
    """

    what: str
    place: Source | Branch
    content: Expression | tuple[Setting, ...] | Value
    route: tuple[str, ...] = ()
    wordy: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that it mentions."""
        if isinstance(self.content, Expression):
            return self.content.names
        if isinstance(self.content, tuple):
            inner = (item.names for item in self.content if isinstance(item, Setting))
            return frozenset().union(*inner)
        return frozenset()

    def value(self, env: Mapping[str, object]) -> object:
        """What it is for these values; a list is a tuple."""
        content = self.content
        if type(content) in _CONSTANT:
            return content
        if isinstance(content, Expression):
            if len(self.route) == 1 and (self.wordy or self.route[0] in env):
                return env.get(self.route[0], self.route[0])
            value = env.get(self.route[0]) if len(self.route) == 2 else None
            if isinstance(value, Record) and self.route[1] in value.members():
                return value.member(self.route[1])
            return content.evaluate(env)
        if isinstance(content, tuple):
            return tuple(item.value(env) if isinstance(item, Setting) else item for item in content)
        return content


_CONSTANT = frozenset({int, bool, str})


def read_setting(tree: Tree, what: str, words: Iterable[str] = ()) -> Setting:
    """Read a field that may be one of `words`, an expression, or a list. Raises InputError."""
    content: Expression | tuple[Setting, ...] | Value
    route: tuple[str, ...] = ()
    if isinstance(tree, Branch):
        if not tree.is_list:
            message = f"`{what}` is a number or a list of numbers, not a mapping"
            raise InputError([at(tree, "wrong-type", message)])
        content = tuple(read_setting(item, what, words) for item in tree.items)
    elif tree.text in words:
        content = tree.text
    else:
        expression = compile_expression(tree)
        content = expression if expression.names else _constant(expression)
        route = path(expression.tree) or ()
    return Setting(what=what, place=tree, content=content, route=route, wordy=bool(words))


def _constant(expression: Expression) -> Expression | Value:
    """The value of an expression without names, unless it is one that no setting can be."""
    value = expression.evaluate({})
    return value if isinstance(value, bool | int | str) else expression


class Given:
    """A layer's settings with the values of one variant.

    Its methods raise InputError where a value is not what they are asked for.
    """

    def __init__(
        self, settings: Mapping[str, Setting], env: Mapping[str, object], place: Source | Branch
    ) -> None:
        self._settings, self._env = settings, env
        self.place = place

    def value(self, field: str) -> object:
        """Whatever the field is."""
        return self._settings[field].value(self._env)

    def whole(self, field: str) -> int:
        """A whole number, at least 1."""
        try:
            return geometry.whole(field, self.value(field), 1, MAX_CHANNELS)
        except geometry.Unfit as unfit:
            raise self._error(unfit) from unfit

    def whole_or(self, field: str, word: str) -> int | None:
        """The same; None for this word."""
        value = self.value(field)
        if value == word:
            return None
        if isinstance(value, str):
            meant = f"a whole number or `{word}`"
            raise self._error(geometry.wrong(field, value, meant, did_you_mean(value, (word,))))
        return self.whole(field)

    def truth(self, field: str) -> bool:
        """True or false; 1 and 0 do too."""
        value = self.value(field)
        if isinstance(value, bool | int) and value in (0, 1):
            return bool(value)
        raise self._error(geometry.wrong(field, value, "true or false"))

    def word(self, field: str, known: Iterable[str]) -> str:
        """One of the `known` words."""
        value = self.value(field)
        if isinstance(value, str) and value in known:
            return value
        meant = " or ".join(f"`{word}`" for word in known)
        cure = did_you_mean(value, known) if isinstance(value, str) else ""
        raise self._error(geometry.wrong(field, value, meant, cure))

    def extents(self, field: str) -> tuple[int, ...]:
        """The channels of an input and its one to three extents."""
        value = self.value(field)
        if not isinstance(value, tuple) or not 2 <= len(value) <= 4:
            meant = "[channels, width], [channels, height, width] or [channels, depth, ...]"
            raise self._error(geometry.wrong(field, value, meant))
        limits = (MAX_CHANNELS, *(geometry.MAX_SIZE for _ in value[1:]))
        try:
            return tuple(
                geometry.whole(field, n, 1, most) for n, most in zip(value, limits, strict=True)
            )
        except geometry.Unfit as unfit:
            raise self._error(unfit) from unfit

    def windows(self, sizes: tuple[int, ...]) -> tuple[Window, ...]:
        """A window for each axis, from `kernel`, `stride`, `padding` and, if any, `dilation`."""
        dilation = self.value("dilation") if "dilation" in self._settings else 1
        try:
            return geometry.windows(
                sizes,
                kernel=self.value("kernel"),
                stride=self.value("stride"),
                padding=self.value("padding"),
                dilation=dilation,
            )
        except geometry.Unfit as unfit:
            raise self._error(unfit) from unfit

    def transposed_windows(self, sizes: tuple[int, ...]) -> tuple[TransposedWindow, ...]:
        """The same for a transposed convolution, with its `output_padding`."""
        try:
            return geometry.transposed_windows(
                sizes,
                kernel=self.value("kernel"),
                stride=self.value("stride"),
                padding=self.value("padding"),
                output_padding=self.value("output_padding"),
                dilation=self.value("dilation"),
            )
        except geometry.Unfit as unfit:
            raise self._error(unfit) from unfit

    def _error(self, unfit: geometry.Unfit) -> InputError:
        place = self._settings[unfit.field].place
        return InputError([at(place, unfit.code, unfit.message, help=unfit.cure)])
