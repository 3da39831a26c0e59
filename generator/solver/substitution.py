r"""An author's expression with its values put in, as LaTeX: the worked solution of a plain key.

``filters * (kernel**2 + 1)`` becomes ``20 \times (5^{2} + 1)``. Names and quantities of the model
are replaced by their values; of ``a if c else b`` only the side that counts is written.

How the rest reads depends on the values only as far as they take parentheses or not. So it is
written once for each such combination, and values are put into it (`_Form`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from generator.language import nodes, numbers
from generator.language.expression import Expression
from generator.language.nodes import Node
from generator.language.reals import Real
from generator.memo import Memo, Table
from generator.model.dataclass import dataclass
from generator.model.value import Formula
from generator.solver.second import evaluate
from generator.solver.second.numbers import Pair

_AND, _COMPARISON, _SUM, _SIGN, _PRODUCT, _POWER, _ATOM = range(7)
"""How tightly a formula holds together; a looser one within a tighter one takes parentheses."""


@dataclass(frozen=True, slots=True)
class _Piece:
    latex: str
    level: int

    def within(self, level: int) -> str:
        """The LaTeX as an operand that must hold together this tightly."""
        return self.latex if self.level >= level else f"({self.latex})"


def substituted(
    expression: Expression, env: Mapping[str, object], symbols: Mapping[Node, str] | None = None
) -> str:
    """The expression in LaTeX with the values of `env`; "" where a value cannot be written.

    `symbols` has the LaTeX of pieces of the expression that are not written out.
    """
    try:
        if symbols:
            pieces = {node: _Piece(latex, _ATOM) for node, latex in symbols.items()}
            return _Writer(env, pieces).write(expression.tree).latex
        return _FORMS.of(expression.tree, _Form.of).filled(env)
    except _Unwritable:
        return ""


class _Unwritable(Exception):  # noqa: N818 - no error: the step is left out
    """A value that no formula shows: a record, a part of the model."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A tree, and how it reads around values of different levels, with ``%(name)s`` for each.

    `names` are those in it, if it has nothing else that differs between variants.
    """

    tree: Node
    names: tuple[str, ...] | None
    layouts: Table[str] = field(default_factory=Table)

    @classmethod
    def of(cls, tree: Node) -> _Form:
        """The form of a tree of which nothing is written yet."""
        pieces = [*nodes.walk(tree)]
        names = dict.fromkeys(node.id for node in pieces if isinstance(node, nodes.Name))
        return cls(tree, tuple(names) if {*map(type, pieces)} <= _LAID_OUT else None)

    def filled(self, env: Mapping[str, object]) -> str:
        """The LaTeX with the values of `env`. Raises _Unwritable."""
        if self.names is None:
            return _Writer(env, {}).write(self.tree).latex
        written = {name: _written(env[name]) for name in self.names if name in env}
        levels = tuple([(name, level) for name, (_, level) in written.items()])
        layout = self.layouts.get(levels) or self.layouts.keep(levels, self._layout(levels))
        return layout % {name: latex for name, (latex, _) in written.items()}

    def _layout(self, levels: tuple[tuple[str, int], ...]) -> str:
        pieces: dict[Node, _Piece] = {
            nodes.Name(id=name): _Piece(f"%({name})s", level) for name, level in levels
        }
        return _Writer({}, pieces).write(self.tree).latex


_FORMS: Memo[Node, _Form] = Memo()

_LAID_OUT = {
    nodes.Number,
    nodes.Truth,
    nodes.Name,
    nodes.Vector,
    nodes.Unary,
    nodes.Binary,
    nodes.Compare,
    nodes.Logic,
    nodes.Call,
}
"""A word is not among them: it may have a per cent sign."""


class _Writer:
    """Writes a tree with the values of `env`, and the nodes that `pieces` has as stated there."""

    def __init__(self, env: Mapping[str, object], pieces: Mapping[Node, _Piece]) -> None:
        self.env, self.pieces = env, pieces

    def write(self, node: Node) -> _Piece:
        if self.pieces and node in self.pieces:
            return self.pieces[node]
        return _WRITERS[type(node)](self, node)

    def value(self, value: object) -> _Piece:
        return _Piece(*_written(value))

    def member(self, node: nodes.Member) -> _Piece:
        return self.value(evaluate(node, self.env))

    def name(self, node: nodes.Name) -> _Piece:
        if node.id not in self.env:
            return _Piece(rf"\{node.id}", _ATOM)
        return self.value(self.env[node.id])

    def index(self, node: nodes.Index) -> _Piece:
        value = evaluate(node, self.env)
        return self.value(Fraction(value.above, value.below) if isinstance(value, Pair) else value)

    def vector(self, node: nodes.Vector) -> _Piece:
        lines = [[self.write(i).latex for i in _items(row)] for row in node.items]
        if lines and lines[0] and {*map(len, lines)} == {len(lines[0])}:
            rows = r" \\ ".join(" & ".join(line) for line in lines)
            return _Piece(rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}", _ATOM)
        return _Piece(f"({', '.join(self.write(item).latex for item in node.items)})", _ATOM)

    def unary(self, node: nodes.Unary) -> _Piece:
        inner = self.write(node.value)
        if node.operator == "not":
            return _Piece(rf"\text{{not }} {inner.within(_ATOM)}", _AND)
        return _Piece(f"{node.operator}{inner.within(_POWER)}", _SIGN)

    def binary(self, node: nodes.Binary) -> _Piece:
        return _BINARY[node.operator](self.write(node.left), self.write(node.right))

    def compare(self, node: nodes.Compare) -> _Piece:
        first, *others = (self.write(operand).within(_SUM) for operand in node.operands)
        signs = (_SIGNS[operator] for operator in node.operators)
        chain = "".join(f" {sign} {other}" for sign, other in zip(signs, others, strict=True))
        return _Piece(first + chain, _COMPARISON)

    def logic(self, node: nodes.Logic) -> _Piece:
        joined = rf" \text{{ {node.operator} }} ".join(
            self.write(value).within(_COMPARISON) for value in node.values
        )
        return _Piece(joined, _AND)

    def choice(self, node: nodes.Choice) -> _Piece:
        return self.write(node.yes if evaluate(node.condition, self.env) else node.no)

    def call(self, node: nodes.Call) -> _Piece:
        arguments = [self.write(argument) for argument in node.arguments]
        if node.function in _CALLS and len(arguments) == 1:
            return _CALLS[node.function](arguments[0])
        name = rf"\operatorname{{{node.function}}}"
        return _Piece(f"{name}({', '.join(a.latex for a in arguments)})", _ATOM)


def _written(value: object) -> tuple[str, int]:
    """A value in LaTeX, and how tightly that holds together."""
    if type(value) is int:  # most are
        return str(value), _ATOM if value >= 0 else _SIGN
    if not isinstance(value, _WRITTEN):
        raise _Unwritable
    latex = numbers.latex(value)
    if isinstance(value, str | bool):
        return rf"\text{{{latex}}}", _ATOM
    if isinstance(value, int | Fraction):
        return latex, _SIGN if value < 0 else _POWER if latex.startswith(r"\frac") else _ATOM
    return latex, _ATOM if isinstance(value, tuple) else _SUM


def _items(node: Node) -> tuple[Node, ...]:
    """The entries of a row that is written out; none of anything else."""
    return node.items if isinstance(node, nodes.Vector) else ()


_WRITTEN = (bool, int, Fraction, Real, str, tuple, Formula)

_WRITERS: Mapping[type, Callable[[_Writer, Any], _Piece]] = MappingProxyType(
    {
        nodes.Number: lambda writer, node: writer.value(node.value),
        nodes.Word: lambda writer, node: writer.value(node.value),
        nodes.Truth: lambda writer, node: writer.value(node.value),
        nodes.Name: _Writer.name,
        nodes.Member: _Writer.member,
        nodes.Index: _Writer.index,
        nodes.Vector: _Writer.vector,
        nodes.Unary: _Writer.unary,
        nodes.Binary: _Writer.binary,
        nodes.Compare: _Writer.compare,
        nodes.Logic: _Writer.logic,
        nodes.Choice: _Writer.choice,
        nodes.Call: _Writer.call,
    }
)


def _infix(sign: str, level: int, right: int) -> Callable[[_Piece, _Piece], _Piece]:
    """An operator between its operands; the right one must hold together as tightly as `right`."""
    return lambda a, b: _Piece(f"{a.within(level)} {sign} {b.within(right)}", level)


def _fraction(a: _Piece, b: _Piece) -> _Piece:
    return _Piece(rf"\frac{{{a.latex}}}{{{b.latex}}}", _POWER)


_BINARY: Mapping[str, Callable[[_Piece, _Piece], _Piece]] = MappingProxyType(
    {
        "+": _infix("+", _SUM, _PRODUCT),
        "-": _infix("-", _SUM, _PRODUCT),
        "*": _infix(r"\times", _PRODUCT, _POWER),
        "/": _fraction,
        "//": lambda a, b: _Piece(rf"\left\lfloor {_fraction(a, b).latex} \right\rfloor", _ATOM),
        "%": _infix(r"\bmod", _PRODUCT, _POWER),
        "**": lambda a, b: _Piece(f"{a.within(_ATOM)}^{{{b.latex}}}", _POWER),
        "@": _infix(r"\cdot", _PRODUCT, _POWER),
    }
)
_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "==": "=",
        "!=": r"\ne",
        "<": "<",
        "<=": r"\le",
        ">": ">",
        ">=": r"\ge",
        "in": r"\in",
        "not in": r"\notin",
    }
)


def _between(left: str, right: str) -> Callable[[_Piece], _Piece]:
    return lambda a: _Piece(f"{left} {a.latex} {right}", _ATOM)


def _before(name: str) -> Callable[[_Piece], _Piece]:
    return lambda a: _Piece(f"{name} {a.within(_ATOM)}", _PRODUCT)


def _raised(sign: str) -> Callable[[_Piece], _Piece]:
    return lambda a: _Piece(f"{a.within(_ATOM)}^{{{sign}}}", _POWER)


_CALLS: Mapping[str, Callable[[_Piece], _Piece]] = MappingProxyType(
    {
        "sqrt": lambda a: _Piece(rf"\sqrt{{{a.latex}}}", _ATOM),
        "abs": _between(r"\left|", r"\right|"),
        "floor": _between(r"\left\lfloor", r"\right\rfloor"),
        "ceil": _between(r"\left\lceil", r"\right\rceil"),
        "factorial": lambda a: _Piece(f"{a.within(_ATOM)}!", _POWER),
        "exp": lambda a: _Piece(f"e^{{{a.latex}}}", _POWER),
        "log": _between(r"\ln(", ")"),
        "sin": _between(r"\sin(", ")"),
        "cos": _between(r"\cos(", ")"),
        "tan": _between(r"\tan(", ")"),
        "tanh": _between(r"\tanh(", ")"),
        "sigmoid": _between(r"\sigma(", ")"),
        "det": _before(r"\det"),
        "trace": _before(r"\operatorname{tr}"),
        "rank": _before(r"\operatorname{rank}"),
        "transpose": _raised(r"\mathsf{T}"),
        "inverse": _raised("-1"),
        "norm": _between(r"\left\|", r"\right\|"),
    }
)
"""Functions of one argument with a notation of their own."""
