"""What all variants of a problem share: its definitions, its model, the names that may be asked.

Everything that can be wrong without regard to a variant is found here, once: a model that does not
exist, a field that it does not have, a quantity that it does not know.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import field, fields, is_dataclass

from generator.diagnostics import Diagnostic, InputError, at, did_you_mean
from generator.language.definitions import Definitions
from generator.language.expression import Expression, compile_expression
from generator.language.names import ELSEWHERE, unknown_function
from generator.language.nodes import Call, paths, walk
from generator.language.template import Template, compile_template
from generator.model.bank import Claim, Problem
from generator.model.dataclass import dataclass
from generator.model.source import Source
from generator.solver.contract import Derivation, Instance, Model, Namer, Verdict
from generator.solver.models import MODELS, reader

_KEPT = 64
"""Instances that are kept with what was derived of them. A derived network takes 80 kB and comes
back only within a form; a cell of a few dozen comes back on every form."""


@dataclass(frozen=True, slots=True)
class Solved:
    """An instance of the model with all that was derived of it and decided about it so far."""

    instance: Instance
    derivations: dict[tuple[str, ...], Derivation] = field(default_factory=dict)
    verdicts: dict[int, Verdict] = field(default_factory=dict)


class Context:
    """A problem as its parts see it. Raises InputError with all that is wrong in it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.definitions = Definitions.of(problem)
        self.model = _read_model(problem)
        self.known = frozenset(
            (
                *(parameter.name.text for parameter in problem.parameters),
                *(definition.name.text for definition in problem.definitions),
            )
        )
        """The parameters and definitions."""
        self.quantities = frozenset() if self.model is None else self.model.quantities
        """The paths of the model's quantities."""
        self.model_names = _model_names(problem, self.model, self.known)
        """The parameters and definitions that decide what the model's instance is. Those that
        its claims mention are among them, so that one verdict holds for an instance."""
        if self.model is not None:
            _check_names(problem, self.model)
            _check_fields(problem, self.model, self.known)
        self._sorted_names = sorted(self.model_names)
        self._solved: OrderedDict[tuple[object, ...], Solved] = OrderedDict()
        if self.model is not None:
            _check_quantities(problem, self.model)

    def needed(self, *expressions: Expression) -> frozenset[str]:
        """The parameters and definitions that decide the values of these expressions."""
        names = frozenset().union(*(expression.names for expression in expressions))
        return (names & self.known) | (self.model_names if "model" in names else frozenset())

    def solved(self, env: Mapping[str, object]) -> Solved | None:
        """The model's instance for these parameters and definitions; None without a model.

        Raises InputError where a field's value makes no sense.
        """
        if self.model is None:
            return None
        values = {name: env[name] for name in self._sorted_names}
        key = (*values.values(), *map(type, values.values()))
        found = self._solved.get(key)
        if found is None:
            found = Solved(self.model.at(values))  # type: ignore[arg-type]  # `Value`s
            if len(self._solved) >= _KEPT:
                self._solved.popitem(last=False)
            self._solved[key] = found
        else:
            self._solved.move_to_end(key)
        return found

    def claim(self, number: int) -> Claim:
        """The claim at this position."""
        return self.problem.claims[number]


def _model_names(problem: Problem, model: Model | None, known: frozenset[str]) -> frozenset[str]:
    if model is None:
        return frozenset()
    conditions = (source for claim in problem.claims for source in (*claim.given, *claim.holds))
    words = (re.findall(r"[^\W\d]\w*", source.text) for source in conditions)
    return model.names | (known & frozenset().union(*words))


def _read_model(problem: Problem) -> Model | None:
    if problem.model is None:
        return None
    kind = problem.model.kind
    if kind.text not in MODELS:
        known = f"known: {', '.join(MODELS)}"
        message = f"there is no model of the kind `{kind.text}`"
        cure = did_you_mean(kind.text, MODELS) or known
        raise InputError([at(kind, "unknown-model", message, help=cure)])
    return reader(kind.text)(problem.model)


def _check_names(problem: Problem, model: Model) -> None:
    """A name has one meaning in a problem."""
    own = model.own if isinstance(model, Namer) else ()
    names = [parameter.name for parameter in problem.parameters]
    names += [definition.name for definition in problem.definitions]
    cure = "choose another name here or in the model"
    findings = [
        at(name, "duplicate-name", f"`{name.text}` is a name of the model's own", help=cure)
        for name in names
        if name.text in own
    ]
    if findings:
        raise InputError(findings)


def _check_fields(problem: Problem, model: Model, known: frozenset[str]) -> None:
    """Every name that decides the model must be a parameter or a definition."""
    missing = model.names - known
    if not missing or problem.model is None:
        return
    findings: list[Diagnostic] = []
    for source in sources(problem.model.fields):
        try:
            tree = compile_expression(source).tree
        except InputError:  # a field that is no expression; the model has read it
            continue
        findings += (
            at(
                source,
                "unknown-name",
                f"`{path[0]}` is not a parameter or a definition of this problem",
                help=ELSEWHERE.get(path[0]) or did_you_mean(path[0], known),
                offset=node.offset,
                length=len(path[0]),
            )
            for path, node in paths(tree)
            if path[0] in missing
        )
        findings += (
            unknown_function(node, source)
            for node in walk(tree)
            if isinstance(node, Call) and node.function in missing
        )
    raise InputError(findings or [_nameless(problem.model.kind, missing)])


def _nameless(kind: Source, missing: frozenset[str]) -> Diagnostic:
    listed = ", ".join(f"`{name}`" for name in sorted(missing))
    return at(kind, "unknown-name", f"the model names {listed}, which this problem does not have")


# --- the quantities that a bank asks for -------------------------------------------------------


def _check_quantities(problem: Problem, model: Model) -> None:
    """Every ``model.…`` of the problem must be a quantity that the model knows."""
    if not model.quantities:
        return
    findings = [
        finding
        for text in _texts(problem)
        for finding in _unknown_quantities(text, model.quantities)
    ]
    if findings:
        raise InputError(findings)


def _texts(problem: Problem) -> Iterator[Expression | Template]:
    """Every text of the stem, the parts and the claims, in both readings that it can have.

    What is no expression (or no template) is left to those who read it as the other. The names in
    a claim's conditions are the model's own.
    """
    conditions = {source for claim in problem.claims for source in (*claim.given, *claim.holds)}
    for source in sources(
        (problem.stem, problem.name, problem.parts, problem.claims, problem.plots)
    ):
        if source in conditions or "model" not in source.text:
            continue
        for compiled in (compile_expression, compile_template):
            try:
                yield compiled(source)
            except InputError:
                continue


def sources(value: object) -> Iterator[Source]:
    """Every text in a piece of a bank."""
    if isinstance(value, Source):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from sources(item)
    elif is_dataclass(value):
        for part in fields(value):
            yield from sources(getattr(value, part.name))


def _unknown_quantities(
    text: Expression | Template, quantities: frozenset[tuple[str, ...]]
) -> Iterator[Diagnostic]:
    trees = [text.tree] if isinstance(text, Expression) else [piece.tree for piece in text.pieces]
    for tree in trees:
        for path, node in paths(tree):
            if path[0] == "model" and len(path) > 1 and not _is_known(path[1:], quantities):
                yield unknown_quantity(text.source, path, quantities, node.offset)


def _is_known(path: tuple[str, ...], quantities: frozenset[tuple[str, ...]]) -> bool:
    """Whether it is a quantity, lies within one (a record), or is a group of several."""
    return any(
        path[: len(quantity)] == quantity or quantity[: len(path)] == path
        for quantity in quantities
    )


def unknown_quantity(
    source: Source,
    path: tuple[str, ...],
    quantities: frozenset[tuple[str, ...]],
    offset: int = 0,
) -> Diagnostic:
    """The finding for ``model.…`` (`path` begins with ``model``) that is no quantity."""
    shown = ".".join(path)
    near = did_you_mean(shown, {".".join(("model", *quantity)) for quantity in quantities})
    known = sorted({quantity[0] for quantity in quantities})
    return at(
        source,
        "unknown-quantity",
        f"the model has no quantity `{shown.removeprefix('model.')}`",
        help=near or (f"it has: {', '.join(known)}" if known else ""),
        offset=offset,
        length=len(shown),
    )
