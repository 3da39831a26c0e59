"""A form as one HTML file that needs nothing else: no script, no server, no fonts."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from generator.model.form import FormSection, KeySheet
from generator.render.html.fonts import font_faces
from generator.render.html.question import question_html
from generator.render.html.rich import Rich
from generator.render.html.style import Style
from generator.render.hypertext import clean


def render_html(sheet: KeySheet, style: Style) -> bytes:
    """The page of a form. Raises InputError where a template of a user's own fails."""
    heading, form = sheet.heading, sheet.form
    sections = {section.start: section for section in form.sections}
    problems = [
        {
            "section": _section(sections.get(place), style),
            "html": question_html(
                document.question,
                style,
                number=place + 1,
                level=3 if sections else 2,
                answer=document.answer,
            ),
        }
        for place, document in enumerate(form.documents)
    ]
    contents = [
        (number, document.question.title, style.points(document.question.points))
        for number, document in enumerate(form.documents, start=1)
    ]
    body = style.render(
        "page.html.j2",
        heading=heading,
        form=form,
        sheet=style.sheet,
        about=_about(sheet, style),
        instructions=Rich("instructions", style).blocks(heading.instructions),
        contents=contents,
        problems=problems,
        styles=_STYLES,
    )
    css = stylesheet(body, style)
    return clean(body.replace(_STYLES, css, 1)).encode("utf-8")


_STYLES = "/* gen-quiz: styles */"
"""What the page's template shows where the style sheet comes: fonts depend on all the rest."""


def stylesheet(body: str, style: Style) -> Markup:
    """The style sheet, with the fonts for the letters and formulas of this HTML."""
    return Markup(font_faces(body) + style.css)  # noqa: S704 - a style sheet, not a text


def _section(section: FormSection | None, style: Style) -> dict[str, Any] | None:
    if section is None:
        return None
    rich = Rich(f"section-{section.start + 1}", style)
    return {"title": section.title, "instructions": rich.blocks(section.instructions)}


def _about(sheet: KeySheet, style: Style) -> list[str]:
    """Whose form this is, and of what: the words below the title."""
    heading, form = sheet.heading, sheet.form
    name = style.sheet["form"].format(number=form.number)
    student = form.student.name if form.student else ""
    return [said for said in (heading.author, heading.date, student, name, form.code) if said]
