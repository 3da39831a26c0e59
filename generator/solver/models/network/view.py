"""A network with its names: how its layers, weights and derivatives are spoken of and written.

Everything that is shown of a network, formulas and words alike, is made here or from what is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model.dataclass import dataclass
from generator.model.value import Formula
from generator.solver.models.network import printing
from generator.solver.models.network.activations import ACTIVATIONS, ARGUMENT, VALUE, Activation
from generator.solver.models.network.gradient import chain, general
from generator.solver.models.network.index import number as fixed
from generator.solver.models.network.layers import Conv1d, Dense, Elementwise, Layer, MaxPool, Place
from generator.solver.models.network.notation import Notation, Symbol
from generator.solver.models.network.numeric import LOSS
from generator.solver.models.network.structure import Network
from generator.solver.models.network.terms import Cases, Entry, Tensor, Term, entries


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class View:
    """A network and its notation; `names` are the layers' names in the bank.

    Views are told apart by identity, so that what is made of one can be kept.
    """

    network: Network
    notation: Notation
    names: tuple[str, ...]

    def latex(self, term: Term) -> str:
        """A term in LaTeX."""
        return printing.latex(term, self.notation)

    def formula(self, term: Term) -> Formula:
        """A term in both dialects."""
        return printing.formula(term, self.notation)

    def symbol(self, tensor: Tensor) -> Symbol:
        """A tensor's symbol."""
        return self.notation.symbols[tensor]

    @property
    def loss(self) -> str:
        """The loss's symbol in LaTeX."""
        return self.symbol(LOSS).latex

    # --- layers --------------------------------------------------------------------------------

    def output(self, layer: int, at: Place | None = None) -> Entry:
        """The entry of a layer's output at a place, or its general one."""
        return self.network.output(layer, at)

    def before(self, layer: int, at: Place | None = None) -> Entry:
        """The argument of a layer's activation; of a linear layer its output."""
        place = self.network.letters.place(layer) if at is None else at
        return self.network.entry(Tensor(kind="pre", layer=layer), place)

    def is_active(self, layer: int) -> bool:
        """Whether a layer applies an activation function other than the identity."""
        return self.network.layer(layer).activation != "linear"

    def function(self, layer: int) -> str:
        """The symbol of a layer's activation function in LaTeX."""
        return self.notation.functions[layer].latex

    def equation(self, layer: int) -> Formula:
        """The layer's defining equation: ``h_i = s(...)``."""
        before = self.formula(self.network.before_activation(layer))
        shown, typed = before.latex, before.text
        if self.is_active(layer):
            function = self.notation.functions[layer]
            shown = function.latex + printing.parenthesized(shown)
            typed = f"{function.text}({typed})"
        left = self.output(layer)
        return Formula(
            latex=f"{self.notation.latex(left)} = {shown}",
            text=f"{self.notation.text(left)} = {typed}",
        )

    def loss_equation(self) -> Formula:
        """The loss's definition: ``R = (y - z)^2``."""
        right = self.formula(self.network.loss_term())
        name = self.symbol(LOSS)
        return Formula(latex=f"{name.latex} = {right.latex}", text=f"{name.text} = {right.text}")

    def definition(self, layer: int) -> Formula:
        """What a layer's activation function is: ``s(a) = 1 / (1 + exp(-a))``."""
        return self._stated(layer, "", (self.activation(layer).definition,))

    def derivative(self, layer: int) -> Formula:
        """The derivative of a layer's activation function: ``s'(a) = s(a)(1 - s(a))``."""
        return self._stated(layer, "'", self.activation(layer).stated)

    def activation(self, layer: int) -> Activation:
        """A layer's activation function."""
        return ACTIVATIONS[self.network.layer(layer).activation]

    def stated(self, layer: int, argument: str) -> str:
        """The derivative of a layer's activation at an argument, in LaTeX and as it was stated.

        Empty where that takes several lines.
        """
        form = self.activation(layer).stated[0]
        if isinstance(form, Cases):
            return ""
        value = f"{self.function(layer)}({argument})"
        named = self._named(Symbol(latex=argument, text=""), Symbol(latex=value, text=""))
        return printing.latex(form, named)

    def _stated(self, layer: int, prime: str, forms: tuple[Term, ...]) -> Formula:
        function, argument = self.notation.functions[layer], self._argument(layer)
        value = Symbol(
            latex=f"{function.latex}({argument.latex})", text=f"{function.text}({argument.text})"
        )
        named = self._named(argument, value)
        right = [printing.formula(form, named) for form in forms]
        shown = [f"{function.latex}{prime}({argument.latex})", *(form.latex for form in right)]
        typed = [f"{function.text}{prime}({argument.text})", *(form.text for form in right)]
        return Formula(latex=" = ".join(shown), text=" = ".join(typed))

    def _named(self, argument: Symbol, value: Symbol) -> Notation:
        """A notation for definitions: of a function's argument and its value."""
        symbols = {ARGUMENT.tensor: argument, VALUE.tensor: value}
        return Notation(symbols=symbols, functions={}, letters={}, picks={})

    def _argument(self, layer: int) -> Symbol:
        """The letter of the argument in the definition of a function: the pre-activation's."""
        return self.symbol(Tensor(kind="pre", layer=layer))

    def letters(self, layer: int) -> tuple[tuple[str, int], ...]:
        """The printed index letters of a layer's output, and how far they run."""
        names, sizes = self.network.letters.axes[layer], self.network.shape(layer).axes
        return tuple(
            (self.notation.letters[name], size)
            for name, size in zip(names, sizes, strict=True)
            if size > 1
        )

    def range(self, layer: int) -> Formula:
        r"""``i = 1, \dots, 4``: what a layer's index runs over; several axes are joined."""
        runs = [run(letter, size) for letter, size in self.letters(layer)]
        return Formula(
            latex=r",\ ".join(one.latex for one in runs), text=", ".join(one.text for one in runs)
        )

    def units(self, layer: int) -> str:
        r"""A layer's outputs in LaTeX, those of its general channel: ``h_1, h_2, h_3``."""
        channel, _ = self.network.letters.place(layer)
        places = range(1, self.network.shape(layer).length + 1)
        return shortened([self.latex(self.output(layer, (channel, fixed(at)))) for at in places])

    def listed(self, tensor: Tensor) -> str:
        r"""The entries of a tensor in LaTeX: ``v_1, v_2, v_3`` or ``h_1, \dots, h_4``."""
        positions = list(self.network.positions(tensor))
        shown = [
            self.notation.latex(Entry(tensor=tensor, at=tuple(map(fixed, at)))) for at in positions
        ]
        return shortened(shown)

    # --- gradients -----------------------------------------------------------------------------

    def partial(self, target: Tensor, at: Sequence[int] | None = None) -> Formula:
        r"""``\partial R/\partial w_i``, or that of one component."""
        entry = self.component(target, at)
        return Formula(
            latex=rf"\partial {self.loss}/\partial {self.notation.latex(entry)}",
            text=f"d{self.symbol(LOSS).text}/d{self.notation.text(entry)}",
        )

    def component(self, target: Tensor, at: Sequence[int] | None = None) -> Entry:
        """The general entry of a tensor, or the one at an index."""
        if at is None:
            return general(self.network, target)
        return Entry(tensor=target, at=tuple(map(fixed, at)))

    def terms(self, target: Tensor) -> str:
        """What a gradient is written in: ``$y$, $z$ and $h_i$``."""
        found = dict.fromkeys(entries(chain(self.network, target).term))
        return listed(f"${self.notation.latex(entry)}$" for entry in found)

    def fraction(self, above: Entry | str, below: Entry) -> str:
        """A partial derivative as a fraction."""
        top = above if isinstance(above, str) else self.notation.latex(above)
        return rf"\frac{{\partial {top}}}{{\partial {self.notation.latex(below)}}}"

    # --- words ---------------------------------------------------------------------------------

    def noun(self, layer: int) -> str:
        """What kind of layer it is, in words."""
        found: Layer = self.network.layer(layer)
        if isinstance(found, Conv1d):
            return "convolution"
        if isinstance(found, Dense):
            return "dense layer"
        if isinstance(found, Elementwise):
            return "activation"
        return "max pooling" if isinstance(found, MaxPool) else "pooling"

    def unit(self, layer: int) -> str:
        """What the entries of a layer's output are, in the plural."""
        return "output units" if layer == self.network.depth else "hidden units"


def run(letter: str, size: int) -> Formula:
    r"""``i = 1, 2, 3`` or ``i = 1, \dots, 4``."""
    if size <= 3:
        values = ", ".join(str(at) for at in range(1, size + 1))
        return Formula(latex=f"{letter} = {values}", text=f"{letter} = {values}")
    return Formula(latex=rf"{letter} = 1, \dots, {size}", text=f"{letter} = 1, ..., {size}")


def shortened(shown: Sequence[str]) -> str:
    r"""A list in LaTeX, the middle of a long one left out."""
    if len(shown) <= 3:
        return ", ".join(shown)
    return rf"{shown[0]}, \dots, {shown[-1]}"


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def several(count: int, noun: str) -> str:
    """``1 weight``, ``3 weights``, ``2 biases``, ``4 entries``."""
    if count == 1:
        return f"1 {noun}"
    if noun.endswith("y"):
        return f"{count} {noun[:-1]}ies"
    return f"{count} {noun}es" if noun.endswith("s") else f"{count} {noun}s"
