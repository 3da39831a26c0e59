"""The grammar of banks: every field, what it is for, and what it may be.

`BANK` reads a bank's tree; `json_schema` describes the same grammar to editors. A problem whose
required fields cannot be read is left out, so that the checks of the others go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.bank.checks import check_problem
from generator.bank.grammar.domains import DOMAIN
from generator.bank.grammar.leaves import (
    EXPRESSION,
    ID,
    LANGUAGE,
    LINE,
    LINE_TEMPLATE,
    NAME,
    SHARE,
    TEMPLATE,
    TITLE,
)
from generator.bank.grammar.mistakes import REASONS
from generator.bank.grammar.parts import PART
from generator.bank.grammar.plots import PLOTS
from generator.bank.grammar.report import Report
from generator.bank.grammar.sections import SECTION, SectionSpec
from generator.bank.grammar.shape import ListOf, OneOrMore, Schema, Shape, described, expected
from generator.bank.grammar.struct import Named, Struct, entries, optional, required
from generator.bank.links import link
from generator.model.bank import Claim, Definition, ModelSpec, Parameter, Problem, StratumSpec
from generator.model.dataclass import dataclass
from generator.model.domain import Domain, ValuesDomain
from generator.model.source import Branch, Source, Tree

Fields = Mapping[str, Any]


# --- model ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _ModelShape(Shape[ModelSpec]):
    """``{conv: {...}}``: a model's name and its fields, which only the model can read."""

    noun: str = "model"

    def read(self, tree: Tree, report: Report) -> ModelSpec:
        """The name with the fields as they stand."""
        cure = "such as {conv: {input: [1, 28, 28], filters: 20, kernel: 5}}"
        if isinstance(tree, Source) or tree.is_list or not tree.entries:
            raise expected(self, tree, report, cure)
        (kind, fields), *others = entries(tree)
        if others:
            message = f"a problem has one model, and `{others[0][0].text}` is a second"
            raise report.unreadable(others[0][0], "conflicting-fields", message)
        if isinstance(fields, Source) or fields.is_list:
            message = f"expected the fields of `{kind.text}`, not {described(fields)}"
            raise report.unreadable(fields, "wrong-type", message, cure)
        return ModelSpec(kind=kind, fields=fields)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An object with one property, itself an object."""
        return {
            "type": "object",
            "additionalProperties": {"type": "object"},
            "minProperties": 1,
            "maxProperties": 1,
        }


# --- problem ----------------------------------------------------------------------------------

_CONDITIONS = OneOrMore(EXPRESSION, "list of conditions")
_CLAIM = Struct(
    "claim",
    "A statement whose truth the solver decides.",
    {
        "text": required(TEMPLATE, "the statement"),
        "given": optional(_CONDITIONS, "the conditions under which it is made, one or a list", ()),
        "holds": required(_CONDITIONS, "what it says of the model, a condition or a list"),
        "because": optional(TEMPLATE, "the author's own justification, shown beside the solver's"),
        **REASONS,
    },
    lambda _, fields, __: Claim(**fields),
    name="claim",
    instead=dict.fromkeys(
        ("true", "truth", "answer", "right"), "the solver decides whether a claim is true"
    ),
)

_STRATUM = Struct(
    "stratum",
    "The variants that meet a condition, and their share of the draws.",
    {
        "when": required(EXPRESSION, "the condition, over parameters and definitions"),
        "share": required(SHARE, "which share of the draws meets it, such as 1/3 or 25%"),
    },
    lambda _, fields, __: StratumSpec(**fields),
    name="stratum",
)


def _any_domain(_: Source) -> Domain:
    return ValuesDomain(values=(0,))


def _any_expression(name: Source) -> Source:
    return Source(file=name.file, line=name.line, column=name.column, text="0")


def _parameters(named: tuple[tuple[Source, Any], ...]) -> tuple[Parameter, ...]:
    return tuple(Parameter(name=name, domain=domain) for name, domain in named)


def _definitions(named: tuple[tuple[Source, Source], ...]) -> tuple[Definition, ...]:
    return tuple(Definition(name=name, expression=expression) for name, expression in named)


def _make_problem(_: Branch, fields: Fields, __: Report) -> Problem:
    return Problem(
        parameters=_parameters(fields["parameters"]),
        definitions=_definitions(fields["let"]),
        **{name: value for name, value in fields.items() if name not in ("parameters", "let")},
    )


_PROBLEM = Struct(
    "problem",
    "A parameterized template with a stem and parts.",
    {
        "id": required(ID, "a short name that never changes; it keys the draw of variants"),
        "title": required(TITLE, "the heading on the sheet"),
        "name": optional(LINE_TEMPLATE, "a teacher's name for a variant, with {{ templates }}"),
        "summary": optional(LINE, "what is practised, in a sentence for teachers", ""),
        "tags": optional(ListOf(LINE, "list of tags"), "words to find it by", ()),
        "difficulty": optional(LINE, "such as easy, medium or hard", ""),
        "parameters": optional(
            Named(NAME, DOMAIN, "mapping of parameters", _any_domain),
            "what varies, each with its domain",
            (),
        ),
        "shares": optional(
            ID, "the id of another problem of this bank, whose parameters this one has"
        ),
        "let": optional(
            Named(NAME, EXPRESSION, "mapping of definitions", _any_expression),
            "values that follow from the parameters",
            (),
        ),
        "constraints": optional(
            OneOrMore(EXPRESSION, "list of constraints"),
            "conditions that every variant meets",
            (),
        ),
        "strata": optional(
            ListOf(_STRATUM, "list of strata", least=1),
            "conditions, each with the share of the draws that are to meet it",
            (),
        ),
        "model": optional(_ModelShape(), "what the solver solves, such as {conv: {…}}"),
        "plots": optional(
            PLOTS, "functions to be drawn, each placed in a text by ![](figure:NAME)", ()
        ),
        "stem": required(TEMPLATE, "the text that all parts share"),
        "parts": required(ListOf(PART, "list of parts", least=1), "the questions"),
        "claims": optional(
            ListOf(_CLAIM, "list of claims"), "statements whose truth the solver decides", ()
        ),
    },
    _make_problem,
    name="problem",
    instead={
        "points": "points belong to each part",
        "text": "stem",
        "ask": "a question belongs to a part: `parts: [{ask: …}]`",
    },
)


@dataclass(frozen=True)
class _ProblemShape(Shape[Problem]):
    """A problem's fields.

    `sound` collects the problems in which nothing is wrong, `lost` those whose `shares` makes no
    sense, so that nothing is known of their names.
    """

    sound: list[Problem]
    lost: list[Problem]
    noun: str = _PROBLEM.noun

    def read(self, tree: Tree, report: Report) -> Problem:
        """The problem; its findings tell by themselves whether its fields are sound."""
        own = Report()
        try:
            problem = _PROBLEM.read(tree, own)
            if not own.findings:
                self.sound.append(problem)
            elif isinstance(tree, Branch) and "shares" in tree.fields and problem.shares is None:
                self.lost.append(problem)
        finally:
            report.findings.extend(own.findings)
        return problem

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """That of its fields."""
        return _PROBLEM.schema(definitions)


@dataclass(frozen=True)
class _Problems(Shape[tuple[Problem, ...]]):
    """A bank's problems: linked once all are read, then checked, each as a whole."""

    noun: str = "list of problems"

    def read(self, tree: Tree, report: Report) -> tuple[Problem, ...]:
        """The problems that could be read, with all that they share."""
        sound: list[Problem] = []
        lost: list[Problem] = []
        written = ListOf(_ProblemShape(sound, lost), self.noun, least=1).read(tree, report)
        problems, findings = link(written)
        report.findings.extend(findings)
        for problem, own in zip(problems, written, strict=True):
            unlinked = problem.shares is not None and not problem.partners
            if not unlinked and not any(own is one for one in lost):
                whole = not findings and any(own is one for one in sound)
                report.findings.extend(check_problem(problem, sound=whole))
        return problems

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An array of problems."""
        return ListOf(_ProblemShape([], []), self.noun, least=1).schema(definitions)


# --- bank -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFields:
    """A bank's fields as read, still without its identity."""

    title: str
    problems: tuple[Problem, ...]
    sections: tuple[SectionSpec, ...]
    course: str
    author: str
    date: str
    language: str
    instructions: Source | None


def _make_bank(tree: Branch, fields: Fields, report: Report) -> BankFields:
    if not {"problems", "sections"} & tree.fields.keys():
        cure = "`problems`: the problems, or `sections`: problems of other banks"
        report.refuse(tree, "missing-field", "this bank needs `problems`", cure)
    return BankFields(**fields)


BANK = Struct(
    "bank",
    "Problems, and what stands at the head of their sheets.",
    {
        "title": required(LINE, "the title of the sheet"),
        "course": optional(LINE, "the course", ""),
        "author": optional(LINE, "who wrote the bank", ""),
        "date": optional(LINE, "the date on the sheet, a text", ""),
        "language": optional(LANGUAGE, "the language of its texts (en if left out)", "en"),
        "instructions": optional(TEMPLATE, "what students read first, in Markdown"),
        "problems": optional(_Problems(), "the problems", ()),
        "sections": optional(
            ListOf(SECTION, "list of sections", least=1),
            "which problems make up a form, of this file and others; all here if left out",
            (),
        ),
    },
    _make_bank,
)


def json_schema() -> Schema:
    """The grammar as a JSON Schema (draft 2020-12), for completion and checks in editors."""
    definitions: dict[str, Schema] = {}
    bank = BANK.schema(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A bank of gen-quiz",
        **{name: value for name, value in bank.items() if name != "title"},
        "$defs": dict(sorted(definitions.items())),
    }
