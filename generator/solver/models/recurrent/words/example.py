"""A counterexample in words: its numbers, carried through the cell's equations."""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.numbers import latex as show
from generator.solver.models.recurrent.structure import naming
from generator.solver.models.recurrent.structure.activations import ACTIVATIONS
from generator.solver.models.recurrent.structure.terms import (
    Apply,
    Comparison,
    Name,
    Number,
    Product,
    Statement,
    Term,
    terms,
)
from generator.solver.models.recurrent.values.enclosure import sign
from generator.solver.models.recurrent.values.exact import HOLDS, Exact, Vector, Weights
from generator.solver.models.recurrent.values.polynomial import Polynomial
from generator.solver.models.recurrent.words.latex import PLACES, Writer, rational, rounded
from generator.solver.models.recurrent.words.phrases import aligned, listing, math

RELATION = {-1: "<", 0: "=", 1: ">"}
MOST_PLACES = 12


def explain_example(example: Exact, given: tuple[Statement, ...], goal: Statement) -> list[str]:
    """The numbers, what the cell makes of them, and how that breaks the goal."""
    steps = [_take(example)]
    if lines := carried(example):
        steps.append(aligned(lines))
    return [*steps, _conclusion(example, given, goal)]


# --- the numbers -------------------------------------------------------------------------------


def _take(example: Exact) -> str:
    numbers = dict(_chosen(example))
    weights = {name: rows for name, rows in numbers.items() if naming.is_weight(name)}
    told = {name: rows for name, rows in numbers.items() if name not in weights or _any(rows)}
    choices = [math(f"{naming.latex(name)} = {_show(name, rows)}") for name, rows in told.items()]
    if zero := [name for name in weights if name not in told]:
        choices.append(f"all {'weights' if len(zero) == len(weights) else 'other weights'} $0$")
    units = {1: "one hidden unit", 2: "two hidden units"}[_size(example)]
    inputs = {1: "one input and ", 2: "two inputs and "}[_size(example)]
    has_input = any(naming.timeless(name) == naming.INPUT for name in numbers)
    taken = (inputs if has_input else "") + units
    return f"Take {taken}" + (f" with {listing(choices)}." if choices else ".")


def _chosen(example: Exact) -> Iterator[tuple[str, Weights]]:
    """What is chosen, not computed: free names, and those that a condition sets to a number."""
    for name, _ in sorted(example.cell.kinds, key=lambda pair: naming.is_weight(pair[0])):
        if name in example.free:
            yield name, example.free[name]
        elif _is_fixed(example, name):
            term = example.cell.terms[name]
            if isinstance(term, Number):
                yield name, ((term.value,),)


def _is_fixed(example: Exact, name: str) -> bool:
    plain = name.rstrip(naming.PRIME)
    is_input = naming.timeless(plain) == naming.INPUT
    return name in example.cell.terms and (
        is_input or naming.is_given(plain) or naming.is_weight(plain)
    )


def _any(rows: Weights) -> bool:
    return any(entry for row in rows for entry in row)


def _show(name: str, rows: Weights) -> str:
    if len(rows) == len(rows[0]) == 1:
        return rational(rows[0][0])
    return show(rows if naming.is_matrix(name) else rows[0])


def _size(example: Exact) -> int:
    return max((len(rows[0]) for rows in example.free.values()), default=1)


# --- through the equations ---------------------------------------------------------------------


class NumberWriter(Writer):
    """Writes a term with the numbers of one entry put in; a function is applied to a number."""

    times = r" \cdot "

    def __init__(self, example: Exact, entry: int = 0, places: int = PLACES) -> None:
        self.example, self.entry, self.places = example, entry, places

    def value(self, term: Term) -> Polynomial:
        """The number that a term is in this entry."""
        entries = self.example.term(term)
        return entries[self.entry] if len(entries) > 1 else entries[0]

    def number(self, term: Term) -> str:
        """That number, rounded if it is irrational."""
        return rounded(self.value(term), self.places)

    def name(self, term: Name) -> str:
        """A name's number."""
        return self.number(term)

    def product(self, term: Product) -> str:
        """The number that a matrix makes of a vector."""
        return self.number(term)

    def apply(self, term: Apply) -> str:
        """A function of a number."""
        return f"{ACTIVATIONS[term.function].latex}({self.number(term.argument)})"


def carried(example: Exact) -> list[str]:
    """Lines of a display: the quantities with their numbers; equal ones share a line."""
    lines: dict[tuple[str, Vector], list[str]] = {}
    for name, term in example.cell.equations:
        if naming.is_matrix(name) or (_is_fixed(example, name) and isinstance(term, Number)):
            continue
        formula = NumberWriter(example) if _size(example) == 1 else Writer()
        entries = example.name(name)
        right = _result(formula.term(term), entries)
        lines.setdefault((right, entries), []).append(naming.latex(name))
    return [f"{' = '.join(names)} &{right}" for (right, _), names in lines.items()]


def _result(formula: str, entries: Vector) -> str:
    """``= formula = result``; a rounded result is only nearly equal."""
    result, equals = _vector(entries), _equals(entries)
    return f"{equals} {result}" if formula == result else f"= {formula} {equals} {result}"


def _vector(entries: Vector, places: int = PLACES) -> str:
    shown = [rounded(entry, places) for entry in entries]
    return shown[0] if len(shown) == 1 else f"({', '.join(shown)})"


def _equals(entries: Vector) -> str:
    return "=" if all(entry.constant is not None for entry in entries) else r"\approx"


# --- the conclusion ----------------------------------------------------------------------------


def _conclusion(example: Exact, given: tuple[Statement, ...], goal: Statement) -> str:
    broken = _broken(example, goal) if isinstance(goal, Comparison) else _values(example, goal)
    if not given:
        return f"So {broken}."
    conditions = listing(math(Writer().statement(statement)) for statement in given)
    return f"So {broken}, although {conditions}."


def _broken(example: Exact, goal: Comparison) -> str:
    """The link of a chain that fails, with the numbers on both its sides."""
    operator, left, right = next(link for link in goal.links() if not _true(example, *link))
    signs = [
        sign(entry) for entry in example.operate("-", (example.term(left), example.term(right)))
    ]
    entry = next(n for n, found in enumerate(signs) if found not in (None, *HOLDS[operator]))
    writer = _telling(example, entry, left, right)
    where = f"in entry {entry + 1} " if len(signs) > 1 else ""
    first, second = _side(writer, left), _side(writer, right)
    if signs[entry] == 0:
        missed = {"<": "less than", ">": "greater than", "!=": "different from"}[operator]
        return f"{where}{math(' '.join(first))} is not {missed} {math(' '.join(second))}"
    relation = r"\neq" if operator == "==" else RELATION[signs[entry] or 0]
    return where + math(" ".join([*first, relation, *reversed(second)]))


def _true(example: Exact, operator: str, left: Term, right: Term) -> bool:
    return example.truth(Comparison(operators=(operator,), terms=(left, right))) is not False


def _telling(example: Exact, entry: int, left: Term, right: Term) -> NumberWriter:
    """A writer with enough decimal places to tell the two sides from each other."""
    writer = NumberWriter(example, entry)
    equal = writer.value(left) == writer.value(right)
    for places in range(PLACES, MOST_PLACES):
        writer = NumberWriter(example, entry, places)
        if equal or writer.number(left) != writer.number(right):
            break
    return writer


def _side(writer: NumberWriter, term: Term) -> list[str]:
    """A side with its number: ``h_t``, ``=``, ``0``; a number stands alone."""
    number = writer.number(term)
    if isinstance(term, Number):
        return [number]
    return [Writer().term(term), _equals((writer.value(term),)), number]


def _values(example: Exact, goal: Statement) -> str:
    """What a statement with logic in it compares."""
    compared = [term for term in terms(goal) if not isinstance(term, Number)]
    shown = dict.fromkeys(
        math(f"{Writer().term(term)} {_equals(entries)} {_vector(entries)}")
        for term, entries in zip(compared, map(example.term, compared), strict=True)
    )
    return f"{listing(shown)}: {math(Writer().statement(goal))} is false"
