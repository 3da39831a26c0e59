"""A bank made ready: each problem with its variants numbered, dealt and solvable.

The k-th draw of a problem depends on the seed and the problem's id alone. Printed forms take the
draws 0, 1, 2, …; Moodle takes them from the far end, N-1, N-2, …, so that practice online does not
show the questions of the exam while the space lasts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from generator.bank.read import no_other_bank, read_bank
from generator.bank.sections import Load
from generator.diagnostics import Diagnostic, InputError, at
from generator.document.compose import compose
from generator.document.markup import blocks
from generator.language.template import compile_template
from generator.model.bank import Bank, Problem
from generator.model.document import Blocks, Document
from generator.model.form import Form, FormSection, Heading
from generator.model.request import Request
from generator.model.solution import Solution
from generator.model.source import Source, SourceFile
from generator.model.value import Value
from generator.model.variant import Variant
from generator.pipeline.layout import Placed, layout
from generator.pipeline.roster import Roster, unprintable
from generator.pipeline.style import Styles
from generator.render.pdf import Proofreader, ThemeFile
from generator.solver.engine import Solver
from generator.variants.codes import form_code, variant_code
from generator.variants.deal import Deal
from generator.variants.space import VariantSpace

_DEFAULT_PRACTICE = 20


class Dealer:
    """Deals the variants of one problem, and makes their documents."""

    def __init__(self, problem: Problem, seed: int, language: str, styles: Styles) -> None:
        self.problem = problem
        self.solver = Solver(problem)
        partners = (Solver(partner).filters for partner in problem.partners)
        self.space = VariantSpace(problem, (*self.solver.filters, *chain(*partners)))
        self.deal = Deal(seed, problem.key, self.space.strata)
        self._words = styles.words
        self._proofreader = Proofreader(styles.sheet, language)

    def draw(self, k: int) -> Variant:
        """The k-th variant dealt, 0 <= k < N."""
        return self.variant(self.deal(k))

    def variant(self, index: int) -> Variant:
        """The variant with this index, whatever the seed."""
        return self._variant(index, self.space.values(index))

    def _variant(self, index: int, values: tuple[tuple[str, Value], ...]) -> Variant:
        code = variant_code(self.problem.identity, index)
        return Variant(problem=self.problem.identity, index=index, code=code, values=values)

    def document(self, variant: Variant) -> Document:
        """Solve and compose a variant. Raises InputError where it cannot be proved or shown."""
        return self.compose(variant, self.solver.solve(variant))

    def documents(self, variants: Sequence[Variant]) -> Iterator[Document]:
        """The documents of variants that are solved together, in their order.

        Raises, when it comes to the first that has none, what `document` raises.
        """
        return map(self.compose, variants, self.solver.solve_all(variants))

    def compose(self, variant: Variant, solution: Solution) -> Document:
        """The document of a solved variant. Raises InputError where it cannot be shown."""
        return compose(self.problem, variant, solution, self._words, self._proofreader)

    def practice(self, first: int, stop: int) -> Iterator[tuple[int, Variant]]:
        """Variants that Moodle gets, from the `first` place, each with the number of its draw."""
        last = self.space.size - 1
        draws = range(last - first, last - stop, -1)
        indices = self.deal.column(draws)
        return zip(draws, map(self._variant, indices, self.space.rows(indices)), strict=True)


Dealt = tuple[tuple[Dealer, Variant], ...]
"""The variants on a form, each with its dealer, in order."""


@dataclass(frozen=True)
class Assignment:
    """A bank with a dealer for each of its problems, for one seed."""

    bank: Bank
    seed: int
    styles: Styles
    dealers: tuple[Dealer, ...]
    warnings: tuple[Diagnostic, ...] = ()
    theme: ThemeFile | None = None

    @cached_property
    def heading(self) -> Heading:
        """What stands at the head of every sheet."""
        bank = self.bank
        return Heading(
            title=bank.title,
            course=bank.course,
            author=bank.author,
            date=bank.date,
            language=bank.language,
            instructions=_instructions(bank.instructions),
        )

    @cached_property
    def _dealer(self) -> Mapping[str, Dealer]:
        return {dealer.problem.identity: dealer for dealer in self.dealers}

    def layout(self, number: int) -> tuple[Placed, ...]:
        """The problems of the form with this number, counted from 1, by their sections."""
        return layout(self.bank, self.seed, number)

    def dealt(self, number: int) -> Dealt:
        """The variants on the form with this number, each with its dealer, in order."""
        dealers = (self._dealer[id_] for placed in self.layout(number) for id_ in placed.problems)
        return tuple((dealer, dealer.draw(number - 1)) for dealer in dealers)

    def form_code(self, number: int) -> str:
        """The code printed on the form with this number."""
        return form_code(self.seed, self.bank.digest, number)

    def form(self, number: int) -> Form:
        """The form with this number, solved and composed."""
        return self.composed(number, self.dealt(number))

    def composed(self, number: int, dealt: Dealt) -> Form:
        """The form with this number from the variants that were dealt for it."""
        return Form(
            number=number,
            code=self.form_code(number),
            documents=tuple(dealer.document(variant) for dealer, variant in dealt),
            sections=tuple(_sections(self.layout(number))),
        )

    def check_names(self, roster: Roster) -> None:
        """Raises InputError for names of students that the sheets cannot show."""
        letters = Proofreader(self.styles.sheet, self.bank.language).letters
        findings = unprintable(roster, letters)
        if findings:
            raise InputError(findings)

    def practice_count(self, dealer: Dealer, request: Request) -> int:
        """How many variants of a problem go to Moodle; by default, if possible, none on paper."""
        if "moodle" not in request.products:
            return 0
        if request.variants is not None:
            return request.variants
        unseen = dealer.space.size - request.forms
        return min(_DEFAULT_PRACTICE, unseen if unseen > 0 else dealer.space.size)

    def check_capacity(self, request: Request) -> tuple[Diagnostic, ...]:
        """Warnings where practice will show what is printed, and where shares cannot be kept.

        Raises InputError where more different variants are asked for than there are.
        """
        found = [
            finding
            for dealer in self.dealers
            for finding in (self._capacity(dealer, request), self._held(dealer, request))
        ]
        findings = [finding for finding in found if finding is not None]
        errors = [finding for finding in findings if finding.severity == "error"]
        if errors:
            raise InputError(errors)
        return tuple(findings)

    def _capacity(self, dealer: Dealer, request: Request) -> Diagnostic | None:
        size, place = dealer.space.size, dealer.problem.id
        there = f"problem `{place.text}` has {_variants(size)}"
        practice = self.practice_count(dealer, request)
        mend = "widen its domains or loosen its constraints, or ask for "
        if request.forms > size:
            message = f"{there}, but {request.forms} forms are asked for"
            return at(place, "too-few-variants", message, help=f"{mend}--forms {size} at most")
        if practice > size:
            message = f"{there}, but {practice} are asked for Moodle"
            return at(place, "too-few-variants", message, help=f"{mend}--variants {size} at most")
        if request.forms + practice > size:
            shared = request.forms + practice - size
            return at(
                place,
                "practice-shows-exam",
                f"{there}: {_variants(shared)} will be both on paper and in Moodle",
                help=f"{mend}fewer --forms or --variants",
                severity="warning",
            )
        return None

    def _held(self, dealer: Dealer, request: Request) -> Diagnostic | None:
        """A warning where a stratum is used up before all draws are made."""
        forms, questions = dealer.deal.held
        practice = self.practice_count(dealer, request)
        if not dealer.problem.strata or (request.forms <= forms and practice <= questions):
            return None
        return at(
            dealer.problem.strata[0].when,
            "shares-run-out",
            f"the shares of `{dealer.problem.identity}` hold for {forms:,} forms and for "
            f"{questions:,} questions in Moodle only: then a stratum is used up",
            help="make that stratum larger or its share smaller; the rest is drawn from the others",
            severity="warning",
        )


def _instructions(text: Source | None) -> Blocks:
    return blocks(compile_template(text).render({})) if text else ()


def _sections(placed: Iterable[Placed]) -> Iterator[FormSection]:
    start = 0
    for one in placed:
        if one.section is not None:
            words = _instructions(one.section.instructions)
            yield FormSection(title=one.section.title, start=start, instructions=words)
        start += len(one.problems)


def _advice(dealers: Iterable[Dealer]) -> Iterable[Diagnostic]:
    """Warnings about constraints, each once: linked problems have the same."""
    return dict.fromkeys(finding for dealer in dealers for finding in dealer.space.advice)


def _variants(count: int) -> str:
    return f"{count:,} variant{'' if count == 1 else 's'}"


def prepare(
    file: SourceFile,
    *,
    id: str,  # noqa: A002 - a bank has an id
    seed: int,
    load: Load = no_other_bank,
    theme: ThemeFile | None = None,
) -> Assignment:
    """Read a bank and number its variants; `load` gives the other banks that its sections name.

    `theme` is laid over the shipped look. Raises InputError with all findings of all problems.
    """
    reading = read_bank(file, id=id, load=load)
    styles = Styles.shipped(reading.bank.language, theme)
    dealers: list[Dealer] = []
    errors: list[Diagnostic] = []
    for problem in reading.bank.problems:
        try:
            dealers.append(Dealer(problem, seed, reading.bank.language, styles))
        except InputError as error:
            errors += error.diagnostics
    if errors:
        raise InputError(errors)
    return Assignment(
        bank=reading.bank,
        seed=seed,
        styles=styles,
        theme=theme,
        dealers=tuple(dealers),
        warnings=(*reading.warnings, *_advice(dealers)),
    )
