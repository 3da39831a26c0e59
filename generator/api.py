"""The Python API: a bank, its problems and their variants, which show themselves in a notebook.

Everything is made when it is asked for, by the same steps as on the command line, and always the
same: a variant is its index. Whatever is wrong in a bank raises `InputError`, with the findings
that the command line prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

from generator import reading
from generator.diagnostics import Diagnostic, InputError, did_you_mean
from generator.marking import Mark, mark
from generator.model.dataclass import dataclass
from generator.model.document import Document, PartAnswer, PartQuestion
from generator.model.value import Value
from generator.model.variant import Variant
from generator.pipeline.assignment import Assignment, Dealer, prepare
from generator.pipeline.style import Styles
from generator.render.html import answer_html, question_html
from generator.render.html.scope import scoped_css


def load_bank(path: str | Path, *, seed: int = 0) -> LoadedBank:
    """Read a bank and number the variants of its problems.

    `seed` decides in which order `LoadedProblem.draw` deals them, as ``--seed`` does. Raises
    InputError with all that is wrong.
    """
    path = Path(path)
    assignment = prepare(
        reading.read(path), id=reading.identity(path), seed=seed, load=reading.beside(path)
    )
    return LoadedBank(assignment)


class LoadedBank(Mapping[str, "LoadedProblem"]):
    """The problems of a bank by their ids, in its order."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._problems = {
            dealer.problem.identity: LoadedProblem(dealer, assignment.styles)
            for dealer in assignment.dealers
        }

    @property
    def title(self) -> str:
        """What stands at the head of its sheets."""
        return self._assignment.bank.title

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is worth a look, though it is no error."""
        return self._assignment.warnings

    def __getitem__(self, problem: str) -> LoadedProblem:
        try:
            return self._problems[problem]
        except KeyError:
            hint = did_you_mean(problem, self._problems) or f"there are {', '.join(self)}"
            raise KeyError(f"there is no problem {problem!r}; {hint}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._problems)

    def __len__(self) -> int:
        return len(self._problems)

    def __repr__(self) -> str:
        return f"<bank {self.title!r}: {', '.join(map(repr, self._problems.values()))}>"


class LoadedProblem:
    """A problem of a bank; its `len` is the number of its variants."""

    def __init__(self, dealer: Dealer, styles: Styles) -> None:
        self._dealer, self._styles = dealer, styles

    @property
    def id(self) -> str:
        """What the bank calls it."""
        return self._dealer.problem.identity

    @property
    def title(self) -> str:
        """What stands above it on a sheet."""
        return self._dealer.problem.title.text

    def __len__(self) -> int:
        return self._dealer.space.size

    def variant(self, index: int) -> SolvedVariant:
        """The variant with this index, solved. Raises InputError where it cannot be proved."""
        if not 0 <= index < len(self):
            raise IndexError(f"{self.id} has the variants 0 to {len(self) - 1:,}, not {index:,}")
        return self._solved(self._dealer.variant(index))

    def draw(self, k: int) -> SolvedVariant:
        """The k-th variant in the order of the seed: the one of form k + 1. Raises like `variant`.

        Each of them is dealt once.
        """
        if not 0 <= k < len(self):
            raise IndexError(f"{self.id} has {len(self):,} variants, so no draw {k:,}")
        return self._solved(self._dealer.draw(k))

    def _solved(self, variant: Variant) -> SolvedVariant:
        return SolvedVariant(variant, self._dealer.document(variant), self._styles)

    def __repr__(self) -> str:
        return f"<{self.id}: {len(self):,} variants>"


class SolvedVariant:
    """A variant with its key. In a notebook it shows the question as a student sees it."""

    def __init__(self, variant: Variant, document: Document, styles: Styles) -> None:
        self._variant, self._styles = variant, styles
        self.document = document

    @property
    def index(self) -> int:
        """Its number among the variants of the problem."""
        return self._variant.index

    @property
    def code(self) -> str:
        """What names it in print and in Moodle."""
        return self._variant.code

    @property
    def values(self) -> Mapping[str, Value]:
        """The values of its parameters, by name: exact numbers, words, tuples."""
        return MappingProxyType(dict(self._variant.values))

    @cached_property
    def key(self) -> Mapping[str, str]:
        """The key of each part, by its letter, in plain text."""
        return MappingProxyType({part.label: part.plain for part in self.document.answer.parts})

    @property
    def solution(self) -> Shown:
        """Key, worked solution, mistakes and evidence of each part, for a notebook to show."""
        answers = [
            Markup("<h4>({})</h4>").format(part.label)
            + answer_html(
                part, self._styles.html, name=f"{self.code}{part.label}", level=5, opened=True
            )
            for part in self.document.answer.parts
        ]
        text = "\n".join(f"({label}) {key}" for label, key in self.key.items())
        return Shown(html=_framed("".join(answers), self._styles), text=text)

    def check(self, response: str, part: str = "a") -> Mark:
        """What a typed response to a part earns. Raises KeyError if there is no such part."""
        question, answer = self._part(part)
        return mark(question, answer, response, self._styles.words)

    def _part(self, label: str) -> tuple[PartQuestion, PartAnswer]:
        both = zip(self.document.question.parts, self.document.answer.parts, strict=True)
        for question, answer in both:
            if question.label == label:
                return question, answer
        raise KeyError(f"there is no part {label!r}; there are {', '.join(self.key)}")

    def _repr_html_(self) -> str:
        return _framed(question_html(self.document.question, self._styles.html), self._styles)

    def __repr__(self) -> str:
        keys = ", ".join(f"({label}) {key}" for label, key in self.key.items())
        return f"<{self.document.name}: {keys}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Something to read: HTML with MathML in a notebook, plain text anywhere else."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.text


def _framed(html: str, styles: Styles) -> str:
    """A fragment with its styles, which touch nothing else in the notebook."""
    css = scoped_css(styles.html, ".gen-quiz")
    language = styles.html.language
    return f'<style>{css}</style><div class="gen-quiz" lang="{language}">{html}</div>'


__all__ = [
    "Diagnostic",
    "InputError",
    "LoadedBank",
    "LoadedProblem",
    "Mark",
    "Shown",
    "SolvedVariant",
    "load_bank",
]
