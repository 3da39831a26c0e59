"""What a bank means: problems with parameters, constraints, a model, a stem and parts.

Expressions and templates are kept as `Source`: they are compiled by `generator.language`
(cached by text), so that a bank stays plain data that any process can be handed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from generator.model.source import Branch, Source, SourceFile
from generator.model.value import Value

# --- domains: the finite set that a parameter ranges over -------------------------------------


Pool = tuple[Value, ...] | Source
"""Listed values, all different, or an expression over earlier parameters that gives a vector of
them (``values: story.prices``); a value that comes up twice there counts once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuesDomain:
    """``{values: [28, 32, 64]}``: the listed values."""

    values: Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeDomain:
    """``{min: 3, max: 7, step: 2}``: an arithmetic progression, `maximum` included if it is hit.

    The bounds are expressions: a bound that names an earlier parameter makes this one depend on it.
    """

    minimum: Source
    maximum: Source
    step: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorDomain:
    """``{vector: n, of: {min: -2, max: 2}}``: tuples of `length` members of `item`.

    `length` is an expression, and may depend on an earlier parameter. The item's domain may not.
    """

    length: Source
    item: Domain


Pattern = Literal["full", "symmetric", "diagonal", "upper", "lower"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixDomain:
    """``{matrix: [2, n], of: {values: [0, 1]}}``: `rows` tuples of `columns` members of `item`.

    Both numbers are expressions, as the length of a vector is. `pattern` says which entries are
    free: of a symmetric matrix those on and above the diagonal, of a diagonal or triangular one
    those that need not be 0. Such a matrix is square.
    """

    rows: Source
    columns: Source
    item: Domain
    pattern: Pattern = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceDomain:
    """``{choose: 2, of: claims}``, ``{subset: 2, of: [3, 5, 7]}``: `count` members of a pool.

    The pool is the problem's claims, or values. A value of this domain is the tuple of the chosen
    positions (for claims) or of the chosen values: in every order if it is `ordered`, else in the
    pool's. `true` asks that the number of true claims among the chosen lies in the closed interval
    given.
    """

    count: int
    pool: Literal["claims"] | Pool
    true: tuple[int, int] | None = None
    ordered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShuffleDomain:
    """``{shuffle: [1, 2, 3]}``: all members of a pool, in every order."""

    pool: Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptDomain:
    """``{min: -3, max: 3, except: 0}``: the values of `domain` without those `excluded`.

    An excluded expression stands for its value and, if that is a vector, for its entries too.
    """

    domain: Domain
    excluded: tuple[Source, ...]


Domain = (
    ValuesDomain
    | RangeDomain
    | VectorDomain
    | MatrixDomain
    | ChoiceDomain
    | ShuffleDomain
    | ExceptDomain
)


def expressions_of(domain: Domain) -> tuple[Source, ...]:  # noqa: PLR0911 - a table by type
    """The expressions that decide what is in a domain: bounds, lengths, pools, exclusions."""
    match domain:
        case RangeDomain():
            return (domain.minimum, domain.maximum)
        case VectorDomain():
            return (domain.length, *expressions_of(domain.item))
        case MatrixDomain():
            return (domain.rows, domain.columns, *expressions_of(domain.item))
        case ValuesDomain(values=Source() as pool) | ShuffleDomain(pool=Source() as pool):
            return (pool,)
        case ChoiceDomain(pool=Source() as pool):
            return (pool,)
        case ExceptDomain():
            return (*expressions_of(domain.domain), *domain.excluded)
        case _:
            return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A named random quantity."""

    name: Source
    domain: Domain


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """``let: {hidden: (n - kernel) / stride + 1}``: a value that follows from the parameters."""

    name: Source
    expression: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class StratumSpec:
    """``{when: padding > 0, share: 1/3}``: which share of the draws meets a condition.

    The variants of a stratum are those that meet its condition and none of those above it.
    """

    when: Source
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSpec:
    """``model: {conv: {...}}``: which solver model, and its fields as the model will read them."""

    kind: Source
    fields: Branch


# --- parts -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeSpec:
    """A wrong result and its reason.

    `result` is an expression (numerical, expression and choice parts) or template text: a wrong
    justification of a claim, a wrong answer of a text part (with ``*`` for anything). `because` is
    template text. `worth` is the share of the part's points that the mistake still earns. `when`
    says for which variants the mistake makes sense (an expression; None: for all).
    """

    result: Source
    because: Source
    worth: Fraction = Fraction(0)
    when: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How far a number may be off: ``tolerance: 0.01``, ``{relative: 0.01}``, ``{figures: 3}``.

    With `figures` the key is rounded to so many significant figures, and a response is right that
    rounds to it.
    """

    amount: Fraction = Fraction(0)
    relative: bool = False
    figures: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericalSpec:
    """A number. `decimals`: the key is rounded to so many; None: it must be exact."""

    answer: Source
    tolerance: Tolerance = Tolerance(amount=Fraction(0))
    decimals: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionSpec:
    """A formula: `answer` names a derivation of the model (``model.gradient.w``) or is one."""

    answer: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSpec:
    """A short text: the `answers` that are right, templates in which ``*`` stands for anything.

    The first is the key that is shown, and has no ``*``. `case` tells capital letters from small.
    """

    answers: tuple[Source, ...]
    case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionSpec:
    """An option of a choice part: shown text, and whether it is right (an expression).

    `worth` is the share of the part's points that it still earns where it is wrong.
    """

    text: Source
    right: Source
    because: Source | None = None
    worth: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceSpec:
    """Options to choose from: written out, or made of `answer` and the part's mistakes.

    Exactly one of `options` and `answer` is given. `multiple` allows several right options.
    `count` is how many options are shown of those made from mistakes (None: all); of a `pool` of
    written ones so many are drawn for each variant. `decimals` rounds the numbers of options that
    are made. `none` adds "None of these", which is right where no other option is.
    """

    options: tuple[OptionSpec, ...] = ()
    answer: Source | None = None
    multiple: bool = False
    count: int | None = None
    pool: bool = False
    decimals: int | None = None
    none: bool = False

    def __post_init__(self) -> None:
        if bool(self.options) == (self.answer is not None):
            raise ValueError("a choice has either options or an answer")
        if self.pool and not (self.options and self.count):
            raise ValueError("so many options are drawn from a pool of them")


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSpec:
    """What belongs together in a matching part, as template text, and why."""

    left: Source
    right: Source
    because: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingSpec:
    """Left sides to be given their right sides; `distractors` are right sides of none."""

    pairs: tuple[PairSpec, ...]
    distractors: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSpec:
    """Something to be put in order: template text, and the expression that ranks it if any."""

    text: Source
    by: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingSpec:
    """Items to be put in order: they stand in the right one, or all are ranked (least first)."""

    items: tuple[ItemSpec, ...]

    def __post_init__(self) -> None:
        if len({item.by is None for item in self.items}) != 1:
            raise ValueError("either all items are ranked, or none is")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalseSpec:
    """A statement whose truth is an expression; `explain` asks for a justification too."""

    answer: Source
    explain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsSpec:
    """One true/false part for each claim that the named parameter has chosen."""

    chosen: Source
    explain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EssaySpec:
    """A free answer, marked by hand with the part's rubric."""

    lines: int = 6


PartSpec = (
    NumericalSpec
    | ExpressionSpec
    | TextSpec
    | ChoiceSpec
    | MatchingSpec
    | OrderingSpec
    | TrueFalseSpec
    | ClaimsSpec
    | EssaySpec
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricLine:
    """What earns a share of a part's points when it is marked by hand."""

    points: Fraction
    text: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One question, with one response. `points` of a claims part are for each claim.

    `ask` is None only for claims, whose question is the claim itself. `solution` is the author's
    worked solution; without it the model's own steps are shown. `model_mistakes` takes in the
    mistakes that the model knows for the quantity asked. `hints` help on, one after another.
    `follows` are the letters of earlier parts whose result this part goes on with: marked by hand,
    it is marked with the student's own. `lines` is the space on paper (None: what is usual).
    """

    place: Source
    spec: PartSpec
    points: Fraction
    ask: Source | None
    mistakes: tuple[MistakeSpec, ...] = ()
    model_mistakes: bool = True
    solution: tuple[Source, ...] = ()
    rubric: tuple[RubricLine, ...] = ()
    lines: int | None = None
    hints: tuple[Source, ...] = ()
    follows: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement with a truth value that the solver decides; an author never types it.

    It says: whenever every condition in `given` holds, every one in `holds` does. `text` is the
    statement as template text, `mistakes` are wrong justifications. `because`, if given, is the
    author's own wording of the justification, shown beside the solver's.
    """

    text: Source
    given: tuple[Source, ...]
    holds: tuple[Source, ...]
    mistakes: tuple[MistakeSpec, ...] = ()
    because: Source | None = None


def part_label(number: int) -> str:
    """The letter of a part, counted from 0: a, b, …, z, aa, ab, …"""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def option_letter(number: int) -> str:
    """The capital letter of an option, a right side, an item, counted from 0: A, B, …, Z, AA, …"""
    return part_label(number).upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A parameterized template with a stem and parts.

    `shares` names the problem whose parameters it has; `partners` are all the others that have the
    same. Linked problems also have all their definitions, constraints and strata in common.
    """

    id: Source
    title: Source
    parameters: tuple[Parameter, ...]
    definitions: tuple[Definition, ...]
    constraints: tuple[Source, ...]
    model: ModelSpec | None
    stem: Source
    parts: tuple[Part, ...]
    claims: tuple[Claim, ...] = ()
    summary: str = ""
    name: Source | None = None
    tags: tuple[str, ...] = ()
    difficulty: str = ""
    strata: tuple[StratumSpec, ...] = ()
    shares: Source | None = None
    partners: tuple[Problem, ...] = ()

    @property
    def identity(self) -> str:
        """The id as plain text."""
        return self.id.text

    @property
    def key(self) -> str:
        """The id that keys its draws: its own, or that of the problem whose parameters it has."""
        return (self.shares or self.id).text

    @property
    def letters(self) -> tuple[tuple[str, ...], ...]:
        """The letters of each part on the sheet: a claims part has one for each claim chosen."""
        domains = {parameter.name.text: parameter.domain for parameter in self.parameters}
        letters: list[tuple[str, ...]] = []
        first = 0
        for part in self.parts:
            chosen = part.spec.chosen.text if isinstance(part.spec, ClaimsSpec) else ""
            domain = domains.get(chosen)
            count = domain.count if isinstance(domain, ChoiceDomain) else 1
            letters.append(tuple(part_label(first + number) for number in range(count)))
            first += count
        return tuple(letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Problems, by their ids, of which each form bears `count`: all, or a draw of them."""

    problems: tuple[str, ...]
    count: int

    def __post_init__(self) -> None:
        if not 1 <= self.count <= len(self.problems):
            raise ValueError("a slot bears at least one of its problems and at most all")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the sheet with a heading of its own; with `shuffle` each form has its own order."""

    title: str
    slots: tuple[Slot, ...]
    instructions: Source | None = None
    shuffle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A YAML file of problems, with what stands at the head of their sheets.

    `sections` say which problems make up a form, in what order; without any, all do, as they
    stand. `others` are the files that problems were taken from beside `file`, by the names that
    it calls them.
    """

    id: str
    file: SourceFile
    digest: str
    title: str
    problems: tuple[Problem, ...]
    course: str = ""
    author: str = ""
    date: str = ""
    language: str = "en"
    instructions: Source | None = None
    sections: tuple[Section, ...] = ()
    others: tuple[tuple[str, SourceFile], ...] = ()
