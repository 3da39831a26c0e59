"""The symbols of one variant: how its tensors, functions and index letters are written.

A network is proved without names; a `Notation` gives it those of a bank. Index letters that a
symbol of the bank already uses are replaced by the next free ones.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from types import MappingProxyType

from generator.language.greek import CAPITAL, SMALL
from generator.model.dataclass import dataclass
from generator.solver.models.network.index import Index, Pick
from generator.solver.models.network.layers import Elementwise, MaxPool
from generator.solver.models.network.structure import CHANNELS, POSITIONS, Network
from generator.solver.models.network.terms import Entry, Tensor

BEFORE = "auqpdt"
"""Letters for a pre-activation that the bank does not name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    r"""A name in formulas: ``\phi`` in LaTeX, ``phi`` in plain text."""

    latex: str
    text: str


def symbol(word: str) -> Symbol | None:
    r"""A letter, or a Greek letter's name with or without the backslash; None for other words."""
    if re.fullmatch("[A-Za-z]", word):
        return Symbol(latex=word, text=word)
    name = word.removeprefix("\\")
    return Symbol(latex=f"\\{name}", text=name) if name in SMALL | CAPITAL else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """Symbols by tensor, the function symbol of each layer, printed letters by canonical ones.

    `picks` are the letters for the position of a maximum, by its layer: ``m_i``.
    """

    symbols: Mapping[Tensor, Symbol]
    functions: Mapping[int, Symbol]
    letters: Mapping[str, str]
    picks: Mapping[int, str]

    def index(self, index: Index) -> str:
        """An index as it is printed: ``2i+j-2``."""
        result = ""
        for atom, factor in index.terms:
            size = "" if abs(factor) == 1 else str(abs(factor))
            sign = "-" if factor < 0 else "+" if result else ""
            result += f"{sign}{size}{self._atom(atom)}"
        if index.constant or not result:
            sign = "+" if result and index.constant > 0 else ""
            result += f"{sign}{index.constant}"
        return result

    def _atom(self, atom: str | Pick) -> str:
        if isinstance(atom, str):
            return self.letters.get(atom, atom)
        inner = self.subscript(tuple(index for index in atom.at if index.terms))
        return self.picks[atom.layer] + inner

    def subscript(self, indices: tuple[Index, ...]) -> str:
        """``_i``, ``_{ki}``, ``_{2,1}`` or ``_{f,2i+j-2}``: commas unless all are letters."""
        if not indices:
            return ""
        printed = [self.index(index) for index in indices]
        plain = all(len(text) == 1 and text.isalpha() for text in printed)
        joined = ("" if plain else ",").join(printed)
        return f"_{joined}" if len(joined) == 1 else f"_{{{joined}}}"

    def latex(self, entry: Entry) -> str:
        """An entry in LaTeX."""
        return self.symbols[entry.tensor].latex + self.subscript(entry.at)

    def text(self, entry: Entry) -> str:
        """An entry in plain text."""
        return self.symbols[entry.tensor].text + self.subscript(entry.at)


def notation(
    network: Network, symbols: Mapping[Tensor, Symbol], functions: Mapping[int, Symbol]
) -> Notation:
    """The notation with these symbols, completed: pre-activations and index letters."""
    named = dict(symbols)
    taken = {one.text for one in (*symbols.values(), *functions.values())}
    for number, layer in enumerate(network.layers, start=1):
        tensor = Tensor(kind="pre", layer=number)
        if isinstance(layer, Elementwise):
            named[tensor] = named[Tensor(kind="output", layer=number - 1)]
        elif layer.activation == "linear":
            named[tensor] = named[Tensor(kind="output", layer=number)]
        elif tensor not in named:
            name = _free(BEFORE, taken)
            named[tensor] = Symbol(latex=name, text=name)
            taken.add(name)
    letters = _letters(network, taken)
    picks = dict[int, str]()
    for number, layer in enumerate(network.layers, start=1):
        if isinstance(layer, MaxPool):
            picks[number] = _free("mrst", taken | set(letters.values()) | set(picks.values()))
    return Notation(
        symbols=MappingProxyType(named),
        functions=MappingProxyType(dict(functions)),
        letters=MappingProxyType(letters),
        picks=MappingProxyType(picks),
    )


def _free(pool: str, taken: Container[str]) -> str:
    """The first letter of a pool that is free; where none is, the first free one with a prime."""
    candidates = (letter + prime for prime in ("", "'", "''") for letter in pool)
    return next(letter for letter in candidates if letter not in taken)


def _letters(network: Network, taken: set[str]) -> dict[str, str]:
    """Printed letters by canonical ones: the same letter, unless a symbol of the bank has it."""
    used = {*(name for pair in network.letters.axes for name in pair), *network.letters.kernels}
    result = {name: name for name in used - taken - {""}}
    for pool in (POSITIONS, "c" + CHANNELS):
        for name in (letter for letter in pool if letter in used & taken and letter not in result):
            result[name] = _free(pool, taken | used | set(result.values()))
    return result
