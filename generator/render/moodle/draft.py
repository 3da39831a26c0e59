"""What every question about a variant has: a name, an idnumber, tags, a text, a worked solution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from generator.model.dataclass import dataclass
from generator.model.document import Document
from generator.render.molds import Molds
from generator.render.moodle import names
from generator.render.moodle.gaps import Part
from generator.render.moodle.grades import decimal
from generator.render.moodle.parts import Left, parts_of, shown_key, typed_parts
from generator.render.moodle.rich import Guard, Page
from generator.render.moodle.section import Section
from generator.render.moodle.style import Style
from generator.render.moodle.xml import Rich

NOTHING = Markup()

_STORED = 10**7
"""Moodle stores points in parts of this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What all questions of a section have in common; `molds` fills the templates of `style`.

    With `stack`, formulas are typed, as far as the STACK plugin can mark them.
    """

    style: Style
    molds: Molds
    language: str
    section: Section
    stack: bool = False
    tags: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        section = self.section
        found = names.tags(section.bank, section.problem, *section.tags, section.difficulty)
        object.__setattr__(self, "tags", found)


@dataclass(frozen=True, slots=True, kw_only=True)
class GapView:
    """A gap as ``question.html.j2`` shows it.

    `code` is the gap itself (empty outside cloze), `standing` puts it on lines of its own. `stem`
    stands on its line before it, `lead` above it, `unit` behind it, `note` below.
    """

    code: Markup = NOTHING
    stem: Markup = NOTHING
    standing: bool = False
    lead: str = ""
    unit: Markup = NOTHING
    note: Markup = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """A part as ``question.html.j2`` shows it."""

    ask: Markup
    listing: tuple[Markup, ...] = ()
    gaps: tuple[GapView, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A variant of which questions are to be made: its parts with their gaps.

    `left` are the parts whose formula should be typed and is not.
    """

    setting: Setting
    document: Document
    parts: tuple[Part, ...]
    left: tuple[Left, ...] = ()

    @classmethod
    def of(cls, setting: Setting, document: Document) -> Task:
        """The task that a document sets."""
        parts, left = typed_parts(document) if setting.stack else (parts_of(document), ())
        return cls(setting=setting, document=document, parts=parts, left=left)


class Draft:
    """A question about some parts of a variant, while it is being written.

    `guard` is applied to all HTML that comes from the bank.
    """

    def __init__(self, task: Task, parts: Sequence[Part], guard: Guard = str) -> None:
        self.setting, self.document, self.parts = task.setting, task.document, parts
        self.page = Page(guard)
        self.style = task.setting.style
        self.labelled = len(self.document.question.parts) > 1

    def render(self, template: str, /, **context: Any) -> Rich:
        """Fill in a template of HTML."""
        return self.page.rich(self._filled(template, **context))

    def xml(self, template: str, suffix: str = "", **context: Any) -> str:
        """The finished ``<question>``. `suffix` tells its name from that of the other question."""
        return self._filled(
            template,
            name=names.question_name(self.document.name, suffix + self._which()),
            idnumber=names.idnumber(
                self.document.problem,
                self.document.index,
                ("-written" if suffix else "") + self._which_numbered(),
            ),
            tags=self.setting.tags,
            solution=self.solution(),
            **context,
        )

    def text(self, views: Sequence[PartView]) -> Rich:
        """The question's text: the stem and the parts."""
        stem = self.page.blocks(self.document.question.stem)
        return self.render("question.html.j2", stem=stem, parts=views)

    def ask(self, part: Part, *, points: bool = False) -> Markup:
        """What a part asks, after its letter; with `points`, what it is worth behind."""
        trail = f"({self.points(part.question.points)})" if points and self.labelled else ""
        return self.page.blocks(part.question.ask, self.label(part), trail)

    def label(self, part: Part) -> str:
        """``(a)``, where a variant has several parts."""
        return f"({part.label})" if self.labelled else ""

    def key(self, part: Part) -> Markup:
        """The key of a part, after its letter or, where it has none, the word for it."""
        shown = shown_key(part)
        label = self.label(part) or (self.style.phrase("key") if shown else "")
        return self.page.blocks(shown, label)

    def solution(self) -> Rich:
        """The worked solution of the parts asked."""
        parts = [
            {
                "key": self.key(part),
                "steps": self.page.blocks(part.answer.steps),
            }
            for part in self.parts
        ]
        return self.render(
            "solution.html.j2", parts=parts, code=self.document.code, variant=self.variant
        )

    @property
    def variant(self) -> str:
        """Which variant this is, for people."""
        return self.style.phrase("variant", code=self.document.code)

    def points(self, value: Fraction) -> str:
        """``1 point``, ``2.5 points``."""
        word = "points_one" if value == 1 else "points_many"
        return self.style.phrase(word, n=_short(value))

    def _which(self) -> str:
        """The letters of the parts asked; nothing where all are."""
        asked = [part.label for part in self.parts]
        every = [part.label for part in self.document.question.parts]
        return "" if asked == every else f" ({names.letters(every, asked)})"

    def _which_numbered(self) -> str:
        """The same for an idnumber."""
        asked = "".join(part.label for part in self.parts)
        return f"-{asked}" if len(self.parts) < len(self.document.question.parts) else ""

    def _filled(self, template: str, /, **context: Any) -> str:
        return self.setting.molds.fill(template, **context)


def grade(points: Fraction) -> str:
    """Points as Moodle stores them, with at most seven decimals."""
    if _STORED % points.denominator == 0:
        return decimal(points)
    return decimal(Fraction(round(points * _STORED), _STORED))


def _short(value: Fraction) -> str:
    """A number of points for people: a decimal of at most two places, or a fraction."""
    return decimal(value) if 100 % value.denominator == 0 else str(value)
