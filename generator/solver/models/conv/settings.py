"""The fields of a layer: read once as expressions, and as checked numbers for one variant.

`Setting` is what the bank wrote. `Given` binds a layer's settings to the values of one variant and
is asked for what a layer needs: a whole number, one for each axis, a padding, a word, a truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from generator.diagnostics import InputError, at, did_you_mean
from generator.language.expression import Expression, compile_expression
from generator.model.source import Branch, Source, Tree
from generator.model.value import Value
from generator.solver.models.conv.window import Window, same_padding

MAX_SIZE = 1 << 14
"""The largest extent of an input, padding included."""
MAX_KERNEL = 1 << 8
MAX_CHANNELS = 1 << 16
"""The most channels, filters or units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A field as it was written: an expression, a list of settings, or a word (or a default)."""

    what: str
    place: Source | Branch
    content: Expression | tuple[Setting, ...] | Value

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
        if isinstance(self.content, Expression):
            return self.content.evaluate(env)
        if isinstance(self.content, tuple):
            return tuple(
                item.value(env) if isinstance(item, Setting) else item for item in self.content
            )
        return self.content


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
        content = compile_expression(tree)
    return Setting(what=what, place=tree, content=content)


class Given:
    """A layer's settings with the values of one variant."""

    def __init__(
        self, settings: Mapping[str, Setting], env: Mapping[str, object], place: Source | Branch
    ) -> None:
        self._settings, self._env = settings, env
        self.place = place

    def whole(self, field: str, *, minimum: int = 1, maximum: int = MAX_CHANNELS) -> int:
        """A whole number within bounds."""
        setting = self._settings[field]
        return _whole(setting.value(self._env), setting, minimum, maximum)

    def truth(self, field: str) -> bool:
        """True or false; 1 and 0 do too."""
        setting = self._settings[field]
        value = setting.value(self._env)
        if isinstance(value, bool | int) and value in (0, 1):
            return bool(value)
        raise _wrong(setting, value, "true or false")

    def word(self, field: str, known: Iterable[str]) -> str:
        """One of the `known` words."""
        setting = self._settings[field]
        value = setting.value(self._env)
        if isinstance(value, str) and value in known:
            return value
        meant = did_you_mean(value, known) if isinstance(value, str) else ""
        raise _wrong(setting, value, " or ".join(f"`{word}`" for word in known), meant)

    def per_axis(self, field: str, axes: int, *, maximum: int = MAX_KERNEL) -> tuple[int, ...]:
        """A whole number for each axis; a single one holds for all."""
        setting = self._settings[field]
        value = setting.value(self._env)
        items = value if isinstance(value, tuple) else (value,) * axes
        if len(items) != axes:
            raise _wrong(setting, value, f"one number, or one for each of the {axes} axes")
        return tuple(_whole(item, setting, 1, maximum) for item in items)

    def extents(self, field: str) -> tuple[int, ...]:
        """The channels of an input and its one to three extents."""
        setting = self._settings[field]
        value = setting.value(self._env)
        if not isinstance(value, tuple) or not 2 <= len(value) <= 4:
            meant = "[channels, width], [channels, height, width] or [channels, depth, ...]"
            raise _wrong(setting, value, meant)
        channels = _whole(value[0], setting, 1, MAX_CHANNELS)
        return (channels, *(_whole(extent, setting, 1, MAX_SIZE) for extent in value[1:]))

    def windows(self, sizes: tuple[int, ...], kernel: tuple[int, ...]) -> tuple[Window, ...]:
        """A window for each axis, from `stride`, `padding` and (if there is one) `dilation`."""
        axes = len(sizes)
        strides = self.per_axis("stride", axes)
        dilated = "dilation" in self._settings
        dilations = self.per_axis("dilation", axes) if dilated else (1,) * axes
        padding = self._settings["padding"].value(self._env)
        if padding == "same":
            paddings = tuple(map(same_padding, sizes, kernel, strides, dilations))
        else:
            paddings = self._paddings(padding, axes)
        fields = zip(sizes, kernel, strides, paddings, dilations, strict=True)
        return tuple(
            self._fitting(
                Window(
                    size=size,
                    kernel=entries,
                    stride=stride,
                    before=before,
                    after=after,
                    dilation=dilation,
                    same=padding == "same",
                )
            )
            for size, entries, stride, (before, after), dilation in fields
        )

    def _fitting(self, window: Window) -> Window:
        if window.slack >= 0:
            return window
        message = f"a window of {window.span} does not fit into {window.padded} entries"
        cure = "a constraint can keep such variants out: `kernel <= image + 2*padding`"
        place = self._settings["kernel"].place
        raise InputError([at(place, "window-too-large", message, help=cure)])

    def _paddings(self, value: object, axes: int) -> tuple[tuple[int, int], ...]:
        """The padding (before, after) of each axis, from numbers or `valid`."""
        setting = self._settings["padding"]
        if value == "valid":
            return ((0, 0),) * axes
        if isinstance(value, str):
            raise _wrong(setting, value, "`same`, `valid` or numbers")
        items = value if isinstance(value, tuple) else (value,) * axes
        if len(items) != axes:
            meant = f"one number, or one (or a pair [before, after]) for each of {axes} axes"
            raise _wrong(setting, value, meant)
        return tuple(_pair(item, setting) for item in items)


def _pair(value: object, setting: Setting) -> tuple[int, int]:
    pair = value if isinstance(value, tuple) else (value, value)
    if len(pair) != 2:
        raise _wrong(setting, value, "a number or a pair [before, after]")
    before, after = (_whole(item, setting, 0, MAX_SIZE) for item in pair)
    return before, after


def _whole(value: object, setting: Setting, minimum: int, maximum: int) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and minimum <= value <= maximum:
        return value
    raise _wrong(setting, value, f"a whole number from {minimum} to {maximum:,}")


def _wrong(setting: Setting, value: object, meant: str, cure: str = "") -> InputError:
    message = f"`{setting.what}` is {_shown(value)}; it must be {meant}"
    return InputError([at(setting.place, "wrong-value", message, help=cure)])


def _shown(value: object) -> str:
    """A value as the author would write it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | str | Fraction) else "no number"
