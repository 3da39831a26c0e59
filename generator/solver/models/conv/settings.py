"""The fields of a layer: read once as expressions, and as checked numbers for one variant.

`Setting` is what the bank wrote. `Given` binds a layer's settings to the values of one variant and
is asked for what a layer needs: a whole number, one for each axis, a padding, a word, a truth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from generator.diagnostics import InputError, at, did_you_mean
from generator.language.expression import Expression, compile_expression
from generator.model.dataclass import dataclass
from generator.model.source import Branch, Source, Tree
from generator.model.value import Record, Value
from generator.solver.models.conv import geometry
from generator.solver.models.conv.window import TransposedWindow, Window

MAX_CHANNELS = 1 << 16
"""The most channels, filters or units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A field as it was written: an expression, a list of settings, or a word (or a default).

    `wordy` fields may be words: there, a name that is nobody's is taken for a misspelt word.
    `value` is what it is for the values of a variant; a list is a tuple.
    """

    what: str
    place: Source | Branch
    content: Expression | tuple[Setting, ...] | Value
    wordy: bool = False
    value: Callable[[Mapping[str, object]], object] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", _getter(self.content, wordy=self.wordy))

    @property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that it mentions."""
        if isinstance(self.content, Expression):
            return self.content.names
        if isinstance(self.content, tuple):
            inner = (item.names for item in self.content if isinstance(item, Setting))
            return frozenset().union(*inner)
        return frozenset()


Getter = Callable[[Mapping[str, object]], object]


def _getter(content: Expression | tuple[Setting, ...] | Value, *, wordy: bool) -> Getter:
    """How a setting gets its value: most are a constant, a name or a name's member."""
    if isinstance(content, tuple):
        getters = [
            item.value if isinstance(item, Setting) else _constant_getter(item) for item in content
        ]
        return lambda env: tuple([getter(env) for getter in getters])
    if not isinstance(content, Expression):
        return _constant_getter(content)
    route = content.path or ()
    if len(route) == 1 and wordy:
        return lambda env: env.get(route[0], route[0])
    if len(route) == 2:
        return lambda env: _member(env, content, route)
    if len(route) == 1:
        return lambda env: env[route[0]] if route[0] in env else content.evaluate(env)
    return content.evaluate


def _constant_getter(value: object) -> Getter:
    return lambda _: value


def _member(env: Mapping[str, object], content: Expression, route: tuple[str, ...]) -> object:
    """A record's entry; where there is none, the expression knows what to say."""
    record = env.get(route[0])
    if isinstance(record, Record):
        for name, value in record.entries:
            if name == route[1]:
                return value
    return content.evaluate(env)


def read_setting(tree: Tree, what: str, words: Iterable[str] = ()) -> Setting:
    """Read a field that may be one of `words`, an expression, or a list. Raises InputError."""
    content: Expression | tuple[Setting, ...] | Value
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
    return Setting(what=what, place=tree, content=content, wordy=bool(words))


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
        limits = (MAX_CHANNELS, *(geometry.MAX_SIZE,) * (len(value) - 1))
        try:
            pairs = zip(value, limits, strict=True)
            return tuple([geometry.whole(field, n, 1, most) for n, most in pairs])
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
