r"""The questions that Moodle gets of a variant, read back from their XML and shown as HTML.

What is shown is what was exported, not what it was made of: texts with their pictures, the gaps of
cloze questions, every answer with its grade and its feedback. Formulas, which Moodle's own filter
sets from ``\(…\)`` and ``\[…\]``, are MathML here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from xml.etree import ElementTree as ET

from markupsafe import Markup

from generator.model.dataclass import dataclass
from generator.model.document import Document
from generator.pipeline.assignment import Assignment
from generator.pipeline.practice import sections
from generator.render.hypertext import attribute, words
from generator.render.mathml import NoMathml, mathml
from generator.render.moodle import Export

_GAP = re.compile(r"\{(?P<points>\d+):(?P<kind>[A-Z_]+):(?P<answers>(?:\\.|[^}\\])*)\}", re.DOTALL)
"""Moodle: "the characters } # ~ must be escaped with a backslash" within a gap."""
_ANSWER = re.compile(r"(?:=|%(?P<grade>-?[\d.]+)%)(?P<text>.*)", re.DOTALL)
_FEEDBACK = re.compile(r"(?<!\\)#")
_FORMULA = re.compile(r"\\\((?P<inline>.+?)\\\)|\\\[(?P<display>.+?)\\\]", re.DOTALL)
_TYPED = ("NUMERICAL", "SHORTANSWER")
_TEXTS = (
    ("generalfeedback", "Shown after the attempt"),
    ("graderinfo", "For the marker"),
    ("responsetemplate", "The answer begins with"),
    ("hint", "Hint after a wrong try"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A response that Moodle knows: its grade in percent, and the feedback that it earns."""

    text: Markup
    grade: str
    feedback: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """What a question, or one of its gaps, takes for an answer."""

    title: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodleQuestion:
    """A question as a teacher finds it; `texts` have a title each."""

    kind: str
    name: str
    grade: str
    text: Markup
    replies: tuple[Replies, ...]
    texts: tuple[tuple[str, Markup], ...]


def questions(assignment: Assignment, document: Document) -> tuple[MoodleQuestion, ...]:
    """All questions of a variant. Raises InputError where a template cannot be filled in."""
    export = Export(assignment.heading, sections(assignment), assignment.styles.moodle)
    ids = [dealer.problem.identity for dealer in assignment.dealers]
    made = export.questions(ids.index(document.problem), [document])
    quiz = ET.fromstring(b"<quiz>" + b"".join(made) + b"</quiz>")  # noqa: S314 - our own
    return tuple(_question(element) for element in quiz)


def _question(element: ET.Element) -> MoodleQuestion:
    kind = element.get("type", "")
    text = _content(element.find("questiontext"))
    gaps: list[Replies] = []
    if kind == "cloze":
        text = _GAP.sub(lambda gap: _gap(gap, gaps), text)
    return MoodleQuestion(
        kind=kind,
        name=element.findtext("name/text", ""),
        grade=element.findtext("defaultgrade", ""),
        text=_set(text),
        replies=tuple(gaps) or tuple(_answers(element)),
        texts=tuple(
            (title, _set(_content(found)))
            for tag, title in _TEXTS
            for found in element.findall(tag)
            if found.findtext("text", "").strip()
        ),
    )


def _content(element: ET.Element | None) -> str:
    """The HTML of a text, with its files in place of their addresses."""
    if element is None:
        return ""
    html = element.findtext("text", "")
    for file in element.findall("file"):
        data = f"data:image/svg+xml;base64,{file.text or ''}"
        html = html.replace(f"@@PLUGINFILE@@/{file.get('name')}", data)
    return html


def _answers(element: ET.Element) -> Iterator[Replies]:
    """The answers outside of gaps: options, numbers, texts, and what pairs are made of."""
    replies = [
        Reply(
            text=_set(_content(answer)),
            grade=answer.get("fraction", ""),
            feedback=_set(_content(answer.find("feedback"))),
        )
        for answer in element.findall("answer")
    ]
    replies += [
        Reply(
            text=_set(_content(pair)),
            grade="",
            feedback=Markup("→ {}").format(pair.findtext("answer/text", "")),
        )
        for pair in element.findall("subquestion")
    ]
    if replies:
        yield Replies(title="Answers", replies=tuple(replies))


# --- gaps --------------------------------------------------------------------------------------


def _gap(gap: re.Match[str], found: list[Replies]) -> str:
    """What stands for a gap in the text; its answers are listed below."""
    kind = gap["kind"]
    answers = tuple(_reply(answer, kind) for answer in gap["answers"].split("~"))
    title = f"Gap {len(found) + 1}: {kind}, worth {gap['points']}"
    found.append(Replies(title=title, replies=answers))
    return f'<span class="gap" title="{attribute(title)}">Gap {len(found)}</span>'


def _reply(answer: str, kind: str) -> Reply:
    match = _ANSWER.fullmatch(answer.strip())
    if match is None:
        return Reply(text=Markup(words(answer)), grade="", feedback=Markup())  # noqa: S704 - escaped
    text, *told = _FEEDBACK.split(match["text"], maxsplit=1)
    if kind == "NUMERICAL":
        value, _, tolerance = text.partition(":")
        text = value if tolerance in ("", "0") else f"{value} ± {tolerance}"
    return Reply(
        text=_set(_bare(text) if kind.startswith(_TYPED) else _decoded(text)),
        grade="100" if match["grade"] is None else match["grade"],
        feedback=_set(_decoded(told[0]) if told else ""),
    )


def _bare(text: str) -> str:
    return text.replace(r"\}", "}").replace(r"\#", "#").replace("&#92;", "\\")


def _decoded(text: str) -> str:
    """Moodle: entities are decoded once in choices and feedback."""
    return _bare(text).replace("&#126;", "~").replace("&amp;", "&")


# --- formulas ----------------------------------------------------------------------------------


def _set(html: str) -> Markup:
    """HTML that our own renderer wrote, which escapes, with its formulas set."""
    return Markup(_FORMULA.sub(_formula, html))  # noqa: S704 - see above


def _formula(match: re.Match[str]) -> str:
    latex = unescape(match["inline"] or match["display"])
    try:
        return mathml(latex.strip(), display=match["display"] is not None)
    except NoMathml:
        return f"<code>{words(latex)}</code>"
