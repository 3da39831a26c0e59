"""A bank's ``recurrent:`` entry, read.

It holds the equations themselves, one a line, or some of these fields::

    recurrent:
      cell: lstm                                  # a cell of `cells`, or a parameter that names one
      equations: {h: o * c}                       # all equations, or those that differ from `cell`
      input: m                                    # how many inputs, and how many hidden units:
      hidden: d                                   #   needed for counts, shapes and numbers only
      values: {x: x, h_prev: [0, 1], W_i: w}      # numbers for a forward step
      steps: 2                                    # or for several: `x` is then a list of inputs

Equations may come in any order. A parameter may stand for an activation, a number or a condition,
so most of what can be wrong is found when the parameters have values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from generator.diagnostics import Diagnostic, InputError, at, did_you_mean
from generator.language import numbers, tree
from generator.language.expression import Expression, compile_expression
from generator.model.bank import ModelSpec
from generator.model.source import Branch, Source, SourceFile, Tree
from generator.model.value import Value
from generator.solver.models.recurrent.cells import CELLS
from generator.solver.models.recurrent.counts import Sizes
from generator.solver.models.recurrent.data import Data, read_datum, size
from generator.solver.models.recurrent.reading import RESERVED, Reader
from generator.solver.models.recurrent.scope import Scope
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.cell import Cell, CycleError, Kind, ordered
from generator.solver.models.recurrent.structure.terms import Term, degree

FIELDS = ("cell", "equations", "input", "hidden", "values", "steps")
MOST_EQUATIONS = 30
LARGEST_DEGREE = 64
MOST_STEPS = 6

Content = TypeVar("Content")

IDENTIFIER = re.compile(r"[a-z]\w*")

Written = tuple[Source, Expression]
"""An equation: the name on its left, and its right-hand side."""


@dataclass(frozen=True, kw_only=True)
class Spec:
    """The entry with its fields still expressions.

    `cell` is the word of a cell, or the parameter that holds it; `written` are the equations that
    the bank spells out, `values` the numbers of a forward step, or of `steps` of them.
    """

    place: Branch
    written: tuple[Written, ...]
    cell: Source | None = None
    input: Expression | None = None
    hidden: Expression | None = None
    values: Data = ()
    steps: Expression | None = None

    @cached_property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that the fields mention."""
        own = self._own_names()
        used = {
            name
            for _, expression in self.written
            for name in (*expression.names, *expression.functions - RESERVED)
            if naming.base(name) not in own and name != naming.INPUT and not naming.is_weight(name)
        }
        for field in (self.input, self.hidden, self.steps, *(datum for _, datum in self.values)):
            used |= frozenset() if field is None else field.names
        if self.cell is not None and self.cell.text not in CELLS:
            used.add(self.cell.text)
        return frozenset(used)

    def _own_names(self) -> frozenset[str]:
        """The quantities that the cell has, or may have."""
        own = {key.text for key, _ in self.written}
        if self.cell is not None:
            chosen = [self.cell.text] if self.cell.text in CELLS else CELLS
            own |= {name for word in chosen for name in CELLS[word]}
        return frozenset(own)

    @property
    def has_sizes(self) -> bool:
        """Whether the sizes of the cell are given, by themselves or by numbers."""
        return self.hidden is not None or bool(self.values)

    def sizes(self, values: Mapping[str, Value]) -> Sizes:
        """The numbers of inputs and hidden units, as far as they are given by themselves."""
        given = {"m": self.input, "d": self.hidden}
        return {letter: size(field, values) for letter, field in given.items() if field is not None}

    def count(self, values: Mapping[str, Value]) -> int:
        """How many time steps the numbers are for; 0 if `steps` is left out."""
        if self.steps is None:
            return 0
        found = self.steps.evaluate(values)
        if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= MOST_STEPS:
            message = f"the number of time steps must be a whole number from 1 to {MOST_STEPS}"
            raise InputError([at(self.steps.source, "wrong-value", message)])
        return found

    @property
    def most_steps(self) -> int:
        """How many time steps there may be in a variant."""
        if self.steps is None:
            return 0
        return MOST_STEPS if self.steps.names else self.count({})

    def known_names(self) -> tuple[frozenset[str], frozenset[str]] | None:
        """The quantities and the weights of the cell; None if a parameter chooses it."""
        if self.cell is not None and self.cell.text not in CELLS:
            return None
        named = () if self.cell is None else _named(self.cell.text)
        used = {name for _, side in (*named, *self.written) for name in side.names}
        return self._own_names(), frozenset(filter(naming.is_weight, used))

    def equations(self, values: Mapping[str, Value]) -> tuple[Written, ...]:
        """All equations: those of the named cell, replaced and extended by those written out.

        Raises InputError if there is no such cell.
        """
        if self.cell is None:
            return self.written
        word = values.get(self.cell.text, self.cell.text)
        if not isinstance(word, str) or word not in CELLS:
            known = f"known: {', '.join(CELLS)}"
            message = f"there is no cell named `{numbers.plain(word)}`"
            help_text = did_you_mean(str(word), CELLS) or known
            raise InputError([at(self.cell, "unknown-cell", message, help=help_text)])
        equations = {key.text: (key, side) for key, side in _named(word)}
        equations |= {key.text: (key, side) for key, side in self.written}
        return tuple(equations.values())

    def build(self, values: Mapping[str, Value]) -> Cell:
        """The cell for these values of parameters. Raises InputError with all findings."""
        written = self.equations(values)
        scope = Scope(quantities=frozenset(key.text for key, _ in written), values=values)
        sides: dict[str, Term] = {}
        findings: list[Diagnostic] = []
        for key, expression in written:
            try:
                sides[key.text] = _side(key, expression, scope)
            except InputError as error:
                findings += error.diagnostics
        if findings:
            raise InputError(findings)
        self._check_parameters(values, {*sides, *scope.kinds})
        _check_degrees(sides, written)
        return Cell(equations=_ordered(sides, written), kinds=_kinds(scope, sides))

    def _check_parameters(self, values: Mapping[str, Value], names: set[str]) -> None:
        """Raise InputError if a parameter has the name of something else in the cell.

        The data of a time step may: in ``values: {x: x}`` the two are told apart by their place.
        """
        data = frozenset().union(*(datum.names for _, datum in self.values))
        places = {key.text: key for key, _ in self.written}
        findings = [
            at(
                places.get(name, self.place),
                "ambiguous-name",
                f"`{name}` is a name of this cell and a parameter of the problem",
                help="rename one of the two",
            )
            for name in sorted(names & values.keys() - data)
        ]
        if findings:
            raise InputError(findings)


def _named(word: str) -> Iterator[Written]:
    """The equations of a named cell, as if a bank had written them."""
    for name, text in CELLS[word].items():
        file = SourceFile(name=f"the cell {word}", text=text)
        key = Source(file=file, line=1, column=1, text=name)
        yield key, compile_expression(Source(file=file, line=1, column=1, text=text))


def _side(key: Source, expression: Expression, scope: Scope) -> Term:
    reader = Reader(expression, scope)
    term, kind = reader.term(expression.tree)
    if kind not in (Kind.STATE, Kind.NUMBER):
        message = f"the right-hand side of `{key.text}` is {kind.value}, not {Kind.STATE.value}"
        reader.fail(expression.tree, "wrong-type", message, "multiply it by a matrix: `W @ x`")
    return term


def _check_degrees(sides: Mapping[str, Term], written: Iterable[Written]) -> None:
    """Raise InputError if powers of powers grow beyond all reason."""
    degrees: dict[str, int] = {}
    for name, side in _ordered(sides, written):
        degrees[name] = degree(side, degrees)
        if degrees[name] > LARGEST_DEGREE:
            place = next(key for key, _ in written if key.text == name)
            message = f"`{name}` is a power of more than {LARGEST_DEGREE} of its inputs"
            raise InputError([at(place, "too-large", message, help="use smaller powers")])


def _ordered(sides: Mapping[str, Term], written: Iterable[Written]) -> tuple[tuple[str, Term], ...]:
    try:
        return ordered(sides)
    except CycleError as circle:
        place = next(key for key, _ in written if key.text == circle.names[0])
        path = " -> ".join(f"`{name}`" for name in (*circle.names, circle.names[0]))
        message = f"these equations need each other in a circle: {path}"
        help_text = f"the value of the time step before is `{circle.names[0]}{naming.PREVIOUS}`"
        raise InputError([at(place, "cycle", message, help=help_text)]) from None


def _kinds(scope: Scope, sides: Mapping[str, Term]) -> tuple[tuple[str, Kind], ...]:
    """Inputs and states first, then weights, each in the order of use; then the quantities."""
    free = sorted(scope.kinds.items(), key=lambda pair: naming.is_weight(pair[0]))
    return (*free, *((name, Kind.STATE) for name in sides))


# --- reading -----------------------------------------------------------------------------------


def read_spec(spec: ModelSpec) -> Spec:
    """Read the entry. Raises InputError with all findings."""
    found = spec.fields.fields
    if not found.keys() & {"cell", "equations"}:
        return Spec(place=spec.fields, written=_equations(spec.fields))
    found = tree.fields(spec.fields, optional=FIELDS)
    cell = tree.scalar(found["cell"]) if "cell" in found else None
    return Spec(
        place=spec.fields,
        cell=cell,
        written=_equations(found["equations"]) if "equations" in found else (),
        input=tree.expression(found["input"]) if "input" in found else None,
        hidden=tree.expression(found["hidden"]) if "hidden" in found else None,
        values=_entries(found["values"], "values", read_datum) if "values" in found else (),
        steps=tree.expression(found["steps"]) if "steps" in found else None,
    )


def _equations(branch: Tree) -> tuple[Written, ...]:
    written = _entries(branch, "equations", tree.expression)
    findings = [finding for key, _ in written for finding in _misnamed(key)]
    if not 1 <= len(written) <= MOST_EQUATIONS:
        findings.append(
            at(branch, "wrong-length", f"a cell has 1 to {MOST_EQUATIONS} equations", help=EXAMPLE)
        )
    if findings:
        raise InputError(findings)
    return written


EXAMPLE = "write `h: tanh(W @ x + U @ h_prev)`, an equation a line"


def _entries(
    branch: Tree, what: str, read: Callable[[Tree], Content]
) -> tuple[tuple[Source, Content], ...]:
    """Names with what stands behind them."""
    if not isinstance(branch, Branch) or branch.is_list:
        message = f"the {what} are names with expressions"
        raise InputError([at(branch, "wrong-type", message, help=EXAMPLE)])
    written: list[tuple[Source, Content]] = []
    findings: list[Diagnostic] = []
    for key, side in branch.entries:
        try:
            if key is not None:
                written.append((key, read(side)))
        except InputError as error:
            findings += error.diagnostics
    if findings:
        raise InputError(findings)
    return tuple(written)


def _misnamed(key: Source) -> Iterator[Diagnostic]:
    """What is wrong with the name on the left of an equation."""
    name = key.text
    if not IDENTIFIER.fullmatch(name):
        reason = "a quantity is named by a small letter, and further letters, digits or `_`"
    elif name == naming.INPUT:
        reason = f"`{name}` is the input, which has no equation"
    elif name != naming.base(name):
        reason = f"`{name}` is what `{naming.base(name)}` was before, which has no equation"
    elif naming.is_weight(name):
        reason = f"`{name}` is the name of a weight"
    elif name in RESERVED:
        reason = f"`{name}` is the name of a function"
    else:
        return
    yield at(key, "wrong-name", reason, help="choose another name")
