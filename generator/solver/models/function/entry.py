"""A bank's ``function:`` entry, read.

::

    function:
      of: x                       # one variable, or a list of them
      f: a * x**n * exp(b * x)    # one or several functions; a later one may use those before it
      g: f(x)**2 + 1
      at: 1                       # a point, or several by name: {P: 1, Q: a / 2}

A point is a number, or a list of as many as there are variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from generator.diagnostics import Diagnostic, InputError, at, each
from generator.language import nodes, tree
from generator.language.expression import Expression
from generator.language.functions import FUNCTIONS
from generator.language.greek import SMALL
from generator.language.names import RESERVED
from generator.model.bank import ModelSpec
from generator.model.dataclass import dataclass
from generator.model.source import Branch, Source, Tree
from generator.solver.models.function.asked import WORDS, Asked, Path, catalog

MOST_FUNCTIONS, MOST_VARIABLES, MOST_POINTS = 8, 4, 6

_VARIABLE = re.compile("[A-Za-z]")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_TAKEN = frozenset({"e", "i", "j", "d", "pi", "lambda"})
"""Letters that mean something else where a student types or a formula is read: e, the imaginary
unit, a differential."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point with its coordinates; its name is empty if it is the only one."""

    name: str
    place: Tree
    coordinates: tuple[Expression, ...]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """The entry with its fields still expressions."""

    place: Branch
    variables: tuple[str, ...]
    functions: Mapping[str, Expression]
    points: tuple[Point, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """The parameters and definitions that it mentions."""
        own = {*self.variables, *self.functions}
        texts = [*self.functions.values(), *(one for p in self.points for one in p.coordinates)]
        used = (name for text in texts for name in text.names | (text.functions - FUNCTIONS.keys()))
        return frozenset(used) - own

    @cached_property
    def asked(self) -> Mapping[Path, Asked]:
        """What may be asked of it."""
        points = tuple(point.name for point in self.points)
        return catalog(tuple(self.functions), self.variables, points)


def read_entry(spec: ModelSpec) -> Entry:
    """Read ``model: {function: ...}``. Raises InputError with all that is wrong in it."""
    written = {key.text: value for key, value in spec.fields.entries if key is not None}
    found = tree.fields(spec.fields, required=("of",), optional=written)
    variables = _variables(found["of"])
    keys = [key for key, _ in spec.fields.entries if key and key.text not in ("of", "at")]
    findings = [finding for key in keys for finding in _misnamed(key, variables)]
    if not 1 <= len(keys) <= MOST_FUNCTIONS:
        message = f"there are 1 to {MOST_FUNCTIONS} functions of {', '.join(variables)} here"
        cure = f"write `f: {variables[0]}**2`, a function a line"
        findings.append(at(spec.fields, "wrong-length", message, help=cure))
    if findings:
        raise InputError(findings)
    expressions = each(lambda key: tree.expression(found[key.text]), keys)
    functions = dict(zip((key.text for key in keys), expressions, strict=True))
    if early := tuple(_used_early(functions)):
        raise InputError(early)
    points = _points(found["at"], len(variables)) if "at" in found else ()
    return Entry(place=spec.fields, variables=variables, functions=functions, points=points)


def _variables(field: Tree) -> tuple[str, ...]:
    items = (field,) if isinstance(field, Source) else field.items
    names = [tree.scalar(item) for item in items]
    findings = list(_bad_variables(names))
    if not 1 <= len(names) <= MOST_VARIABLES:
        message = f"a function is of 1 to {MOST_VARIABLES} variables"
        findings.append(at(field, "wrong-length", message, help="write `of: x` or `of: [x, y]`"))
    if findings:
        raise InputError(findings)
    return tuple(name.text for name in names)


def _bad_variables(names: Iterable[Source]) -> Iterator[Diagnostic]:
    seen = set[str]()
    for name in names:
        letter = _VARIABLE.fullmatch(name.text) or name.text in SMALL
        if not letter or name.text in _TAKEN:
            message = f"`{name.text}` cannot be the name of a variable"
            cure = "use a letter other than d, e, i and j, or a Greek one such as `theta`"
            yield at(name, "wrong-name", message, help=cure)
        if name.text in seen:
            yield at(name, "duplicate-name", f"the variable `{name.text}` is there twice")
        seen.add(name.text)


def _misnamed(key: Source, variables: tuple[str, ...]) -> Iterator[Diagnostic]:
    """What is wrong with the name of a function."""
    name = key.text
    if not _NAME.fullmatch(name):
        reason = "a function is named by a letter, and further letters or digits"
    elif name in variables:
        reason = f"`{name}` is a variable"
    elif name in FUNCTIONS:
        reason = f"`{name}` is a function of the language"
    elif name in RESERVED | WORDS:
        reason = f"`{name}` means something else in a bank"
    else:
        return
    yield at(key, "wrong-name", reason, help="choose another name, such as `f`")


def _used_early(functions: Mapping[str, Expression]) -> Iterator[Diagnostic]:
    """Functions that are used above the line that gives them, or in it."""
    above = set[str]()
    for name, expression in functions.items():
        for node in nodes.walk(expression.tree):
            if isinstance(node, nodes.Call) and node.function in functions.keys() - above:
                yield at(
                    expression.source,
                    "wrong-order",
                    f"`{node.function}` is used before it is given",
                    help="a function may use those that stand above it",
                    offset=node.offset,
                    length=len(node.function),
                )
        above.add(name)


def _points(field: Tree, count: int) -> tuple[Point, ...]:
    """One point, or several by name."""
    if isinstance(field, Source) or field.is_list:
        return (_point("", field, count),)
    named = [(key, value) for key, value in field.entries if key is not None]
    findings = [
        at(key, "wrong-name", f"`{key.text}` cannot be the name of a point", help="such as `P`")
        for key, _ in named
        if not _NAME.fullmatch(key.text) or key.text in WORDS
    ]
    if not 1 <= len(named) <= MOST_POINTS:
        findings.append(at(field, "wrong-length", f"there are 1 to {MOST_POINTS} points"))
    if findings:
        raise InputError(findings)
    return each(lambda pair: _point(pair[0].text, pair[1], count), named)


def _point(name: str, field: Tree, count: int) -> Point:
    coordinates = tree.expressions(field)
    if len(coordinates) != count:
        message = f"a point has {count} coordinate{'s' if count > 1 else ''} here"
        cure = "one for each variable" if count > 1 else "several points have names: `{P: 1, Q: 2}`"
        raise InputError([at(field, "wrong-length", message, help=cure)])
    return Point(name=name, place=field, coordinates=coordinates)
