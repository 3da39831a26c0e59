"""What a bank means: problems with parameters, constraints, a model, a stem and parts.

Expressions and templates are kept as `Source`: they are compiled by `generator.language`
(cached by text), so that a bank stays plain data that any process can be handed.
"""

from __future__ import annotations

from fractions import Fraction

from generator.model.dataclass import dataclass
from generator.model.domain import ChoiceDomain, Domain
from generator.model.part import ClaimsSpec, MistakeSpec, Part, part_label
from generator.model.plot import Plot
from generator.model.source import Branch, Source, SourceFile


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
    plots: tuple[Plot, ...] = ()

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
