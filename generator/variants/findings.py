"""What can be wrong with a problem's variants, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from generator.diagnostics import Diagnostic, InputError, at
from generator.language import limits, names
from generator.language.expression import Expression
from generator.model.bank import Problem
from generator.model.source import Source
from generator.variants.axes import Axis, RangeAxis
from generator.variants.exclusions import ExceptAxis
from generator.variants.pools import SelectionAxis
from generator.variants.rules import Constraint, Rule
from generator.variants.tables import ROWS, Frame

MODEL = "model"


def check_names(problem: Problem, frame: Frame, rules: Sequence[Rule]) -> None:
    """Raise InputError for names that constraints, bounds and what they need cannot use."""
    known = {*frame.axes, *frame.definitions.expressions}
    asked = [rule.expression for rule in rules if isinstance(rule, Constraint)]
    asked += [bound for axis in frame.axes.values() for bound in axis.bounds]
    needed = frame.definitions.needed(name for expression in asked for name in expression.names)
    asked += [frame.definitions.expressions[name] for name in sorted(needed)]
    findings = [finding for one in asked for finding in _unusable(one, known)]
    findings += _late_bounds(frame)
    if findings:
        raise InputError(findings)


def _unusable(expression: Expression, known: set[str]) -> Iterable[Diagnostic]:
    """Findings for unknown names, and for the model, which there is only for a numbered variant."""
    if MODEL in expression.names:
        yield at(
            expression.source,
            "model-in-constraint",
            "variants are numbered before the model is built, so nothing here can ask it",
            help="use parameters and definitions; write the model's formula under `let`",
        )
    yield from names.check_names(expression, known | {MODEL})


def _late_bounds(frame: Frame) -> Iterable[Diagnostic]:
    """Findings for domains that depend on a parameter below their own, or on themselves."""
    earlier: set[str] = set()
    for name, axis in frame.axes.items():
        for bound in axis.bounds:
            late = frame.definitions.roots(bound.names) & frame.axes.keys() - earlier
            for other in sorted(late):
                yield at(
                    bound.source,
                    "later-parameter",
                    f"the domain of `{name}` depends on `{other}`, which does not stand above it",
                    help="a bound may only name parameters that stand above",
                )
        earlier.add(name)


def check_size(problem: Problem, size: int) -> int:
    """`size`, if it can be printed; raises InputError if not."""
    if size.bit_length() <= limits.BITS:
        return size
    raise InputError(
        [
            at(
                problem.id,
                "too-many-variants",
                f"`{problem.id.text}` has more than 2**{limits.BITS} variants",
                help="shorten its vectors",
            )
        ]
    )


def too_large(place: Source, tied: Sequence[str], width: int, rules: Sequence[Rule]) -> InputError:
    """The parameters `tied` together have `width` combinations, too many to enumerate."""
    texts = dict.fromkeys(written(rule) for rule in rules if isinstance(rule, Constraint))
    by = f" by {_and(list(texts)[:4])}" if texts else ""
    return InputError(
        [
            at(
                place,
                "group-too-large",
                f"{_and([f'`{name}`' for name in tied])} are tied together{by}, and have {width:,} "
                f"combinations; {ROWS:,} can be enumerated",
                help="narrow their domains, or let fewer parameters meet in a constraint",
            )
        ]
    )


def empty_domain(place: Source, name: str, axis: Axis) -> InputError:
    """No combination leaves the parameter `name` a value."""
    why, cure = next(
        (words for kind, words in _EMPTY.items() if isinstance(axis, kind)), _EMPTY_LIST
    )
    return InputError([at(place, "empty-domain", f"`{name}` has no values: {why}", help=cure)])


_EMPTY: Mapping[type, tuple[str, str]] = MappingProxyType(
    {
        RangeAxis: (
            "its minimum is above its maximum",
            "a maximum is included, so `{min: 3, max: 3}` has one value",
        ),
        ExceptAxis: ("`except` leaves out all that there are", "leave out fewer"),
        SelectionAxis: ("there are fewer to choose from than it chooses", "choose fewer"),
    }
)
_EMPTY_LIST = ("the list of its values is empty", "give it a value at least")


def no_variant(rule: Rule, seen: int, admitted: int | None, culprits: Sequence[Rule]) -> InputError:
    """`rule` rejects all of the `seen` combinations that the rules before it left.

    Alone, it admits `admitted` combinations (None: it cannot be asked alone). The `culprits` are
    the fewest rules before it that leave nothing together with it.
    """
    if not isinstance(rule, Constraint):
        return InputError([at(rule.place, "no-variant", f"no variant is left: {rule.reason}")])
    if admitted == 0:
        message, mend = "no combination satisfies this constraint", "loosen it or widen the domains"
    else:
        message = (
            f"no variant is left: this constraint rejects all of the {seen:,} "
            f"combination{'' if seen == 1 else 's'} that those before it leave"
        )
        alone = f"; alone it admits {admitted:,}" if admitted is not None else ""
        against = _and([written(other) for other in culprits]) or "the domains"
        mend = f"it contradicts {against}{alone}"
    return InputError([at(rule.place, "no-variant", message, help=mend)])


def written(rule: Rule) -> str:
    """A constraint as an author wrote it, on one line."""
    return f"`{' '.join(rule.place.text.split())}`"


def _and(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
