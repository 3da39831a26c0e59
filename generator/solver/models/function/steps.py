"""A derivative as a worked solution: which rule, what was put into it, and what comes out.

The pieces of a rule come before it, unless they are easy: the derivative of ``x^2`` or ``sin(x)``
is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from generator.model.dataclass import dataclass
from generator.model.formula import Power, Sum, Term
from generator.solver.models.function.build import ONE
from generator.solver.models.function.notation import Notation
from generator.solver.models.function.rules import TWO, Step
from generator.solver.models.function.writing import Level


def told(
    step: Step, notation: Notation, name: str, by: str, *, briefly: bool = False
) -> tuple[str, ...]:
    """The steps to a derivative by a variable; `name` is what the derivative is called.

    Told `briefly`, it is taken for granted how the pieces of the main rule are differentiated.
    """
    found = _Teller(notation, by, briefly).steps(step, name)
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells one derivation, a method for each rule; each gives a sentence and the formula."""

    notation: Notation
    by: str
    briefly: bool

    def steps(self, step: Step, name: str) -> Iterator[str]:
        """The pieces that are not easy, then the rule."""
        for piece in step.pieces:
            if not piece.is_easy and (not self.briefly or step.rule == "factor"):
                yield from self.steps(piece, self.piece(piece))
        words, formula = _TOLD.get(step.rule, _Teller.known)(self, step)
        value = self.write(step.value)
        formula = f" = {formula}" if formula not in ("", value) else ""
        yield f"{words} $${name}{formula} = {value}$$"

    def write(self, term: Term) -> str:
        """A term in LaTeX."""
        return self.notation.latex.write(term)

    def piece(self, step: Step) -> str:
        """What the derivative of a piece is called."""
        return self.notation.piece(self.write(step.term), self.by)

    def dotted(self, *factors: Term) -> str:
        """A product as it is put together, with a sign between its factors."""
        kept = [factor for factor in factors if factor != ONE] or [ONE]
        first, *rest = kept
        alone = not rest or not isinstance(first, Sum)
        texts = [self.write(first) if alone else self.notation.latex.enclosed(self.write(first))]
        texts += [self.notation.latex.within(factor, Level.PRODUCT) for factor in rest]
        return r" \cdot ".join(texts)

    # --- rules ---

    def known(self, step: Step) -> tuple[str, str]:
        """A derivative that is known."""
        return f"{_KNOWN[step.rule]}:", ""

    def sum(self, step: Step) -> tuple[str, str]:
        """Term by term."""
        return "Differentiate term by term:", ""

    def factor(self, step: Step) -> tuple[str, str]:
        """A constant factor."""
        (piece,) = step.pieces
        if piece.rule in _KNOWN:
            return f"{_KNOWN[piece.rule]}; the constant factor stays:", self.dotted(
                step.inner[0], piece.value
            )
        return "The constant factor stays:", self.dotted(step.inner[0], piece.value)

    def product(self, step: Step) -> tuple[str, str]:
        """Two factors."""
        (u, v), (du, dv) = step.inner, (piece.value for piece in step.pieces)
        formula = f"{self.dotted(du, v)} + {self.signed(self.dotted(u, dv))}"
        return f"Product rule, $(uv)' = u'v + uv'$, {self.parts(step)}:", formula

    def quotient(self, step: Step) -> tuple[str, str]:
        """Two terms, one above the other."""
        (u, v), (du, dv) = step.inner, (piece.value for piece in step.pieces)
        above = f"{self.dotted(du, v)} - {self.subtracted(u, dv)}"
        below = self.write(Power(base=v, exponent=TWO))
        rule = r"$\left(\frac{u}{v}\right)' = \frac{u'v - uv'}{v^2}$"
        return f"Quotient rule, {rule}, {self.parts(step)}:", rf"\frac{{{above}}}{{{below}}}"

    def subtracted(self, *factors: Term) -> str:
        """A product behind a minus, in parentheses if it is a sum."""
        kept = [factor for factor in factors if factor != ONE]
        if len(kept) == 1 and isinstance(kept[0], Sum):
            return self.notation.latex.enclosed(self.write(kept[0]))
        return self.signed(self.dotted(*factors))

    def signed(self, text: str) -> str:
        """What follows a sign."""
        return self.notation.latex.enclosed(text) if text.startswith("-") else text

    def parts(self, step: Step) -> str:
        """What u and v are, with their derivatives."""
        pairs = zip("uv", step.inner, step.pieces, strict=True)
        told = [
            f"${name} = {self.write(term)}$ and ${name}' = {self.write(piece.value)}$"
            for name, term, piece in pairs
        ]
        return f"with {', '.join(told)}"

    def chain(self, step: Step) -> tuple[str, str]:
        """A function of a function."""
        outer, _ = step.inner
        (piece,) = step.pieces
        inner = f"{self.piece(piece)} = {self.write(piece.value)}"
        words = f"Chain rule: the outer derivative times the inner one, ${inner}$:"
        return words, self.dotted(outer, piece.value)

    def logarithmic(self, step: Step) -> tuple[str, str]:
        """A power whose base and exponent both depend on the variable."""
        (logarithm,), (piece,) = step.inner, step.pieces
        term = self.write(step.term)
        words = f"As ${term} = e^{{{self.write(logarithm)}}}$, its derivative is itself times that "
        return f"{words}of the exponent:", self.dotted(step.term, piece.value)


_KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "constant": "The derivative of a constant is 0",
        "variable": "The derivative of the variable is 1",
        "power": "Power rule, $(x^n)' = n x^{n-1}$",
        "base": r"Exponential function, $(a^x)' = a^x \ln(a)$",
        "exp": "The exponential function is its own derivative",
        "log": r"Logarithm, $\ln'(x) = \frac{1}{x}$",
        "sqrt": r"Root, $\left(\sqrt{x}\right)' = \frac{1}{2\sqrt{x}}$",
        "sin": r"$\sin'(x) = \cos(x)$",
        "cos": r"$\cos'(x) = -\sin(x)$",
        "tan": r"$\tan'(x) = \frac{1}{\cos^2(x)}$",
        "tanh": r"$\tanh'(x) = 1 - \tanh^2(x)$",
        "sigmoid": r"$\sigma'(x) = \sigma(x)(1 - \sigma(x))$",
        "softplus": r"$\operatorname{softplus}'(x) = \sigma(x)$",
    }
)
"""Rules whose result is known, in words."""

_TOLD: Mapping[str, Callable[[_Teller, Step], tuple[str, str]]] = MappingProxyType(
    {
        "sum": _Teller.sum,
        "factor": _Teller.factor,
        "product": _Teller.product,
        "quotient": _Teller.quotient,
        "chain": _Teller.chain,
        "logarithmic": _Teller.logarithmic,
    }
)
"""Rule -> how it is told; others are known."""
