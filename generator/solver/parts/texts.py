"""Texts that are shown side by side must be told apart in every variant."""

from __future__ import annotations

from collections.abc import Iterable

from generator.diagnostics import InputError, at
from generator.language.template import compile_template
from generator.model.source import Source
from generator.solver.case import Case


def filled(template: Source, case: Case) -> str:
    """A template's text in this variant; white space of any kind is one blank."""
    return " ".join(compile_template(template).render(case.env).split())


def told_apart(templates: Iterable[Source], case: Case, noun: str) -> None:
    """Raises InputError where two of them read the same in this variant, naming both."""
    seen: dict[str, Source] = {}
    for template in templates:
        text = filled(template, case)
        first = seen.setdefault(text, template)
        if first is not template:
            message = (
                f"`{template.text.strip()}` reads the same as the {noun} in line {first.line}, "
                f"`{first.text.strip()}`: {text or 'nothing'}"
            )
            cure = "keep such variants out by a constraint, or reword one of them"
            raise InputError([at(template, "same-texts", message, help=cure)])
