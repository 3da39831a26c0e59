"""Shows an imported file as Moodle would: ``python -m tests.render.moodle.preview XML HTML``.

A page for the eyes of a developer, with every question, its feedback and what its marker sees.
A third argument is the path of MathJax's ``tex-chtml.js`` (``npm pack mathjax@3``).
"""

from __future__ import annotations

import base64
import html
import re
import sys
from pathlib import Path

from tests.render.moodle import cloze, stack
from tests.render.moodle.importer import Answer, Html, Question, import_file

STYLE = """
body { font: 15px/1.5 -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: #1d2125;
  margin: 0 auto; max-width: 900px; padding: 8px }
h1 { font-size: 1.3em } h2 { font-size: 1.05em; margin: 1.5em 0 .3em }
.text { background: #e7f3f5; padding: 12px 16px; border-radius: 6px }
.feedback { background: #fcefdc; padding: 10px 16px; border-radius: 6px; margin-top: 6px }
.meta { color: #6a737b; font-size: .85em } p { margin: 0 0 .7em }
.answer label { margin-left: 6px }
.answer > div { margin: 4px 0; display: flex; align-items: baseline }
.across > div { display: inline-flex; margin-right: 18px } .says { color: #7d5a29; font-size: .9em }
input[type=text] { width: 7em; padding: 4px } select { padding: 3px; max-width: 100% }
.img-fluid { max-width: 100%; height: auto }
.table { border-collapse: collapse }
.table td, .table th { padding: 4px 10px; border-top: 1px solid #ccc }
pre { overflow-x: auto } .says p { margin: 0 }
"""


def main(source: str, target: str, mathjax: str = "") -> None:
    bank = import_file(Path(source).read_bytes())
    script = f'<script src="{Path(mathjax).resolve().as_uri()}"></script>' if mathjax else ""
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Moodle</title>',
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>{script}',
    ]
    for category, description in bank.categories.items():
        parts.append(f"<h1>{html.escape(category)}</h1>{description}")
        parts += [_question(question) for question in bank.of(category)]
    Path(target).write_text("".join(parts), "utf-8")


def _question(question: Question) -> str:
    head = f"{question.type} · {question.mark:g} · {question.idnumber} · {', '.join(question.tags)}"
    boxes = [
        f"<h2>{html.escape(question.name)}</h2><p class=meta>{html.escape(head)}</p>",
        f'<div class="text">{_gaps(question)}{_answers(question)}{_piece(question.template)}</div>',
        *(f'<div class="feedback">{_piece(hint)}</div>' for hint in question.hints),
        f'<div class="feedback">{_piece(question.solution)}</div>',
        f'<div class="feedback">{_piece(question.marking)}</div>' if question.marking else "",
    ]
    return "".join(boxes)


def _piece(piece: Html | None) -> str:
    if piece is None:
        return ""
    text = piece.html
    for name, content in piece.files.items():
        data = base64.b64encode(content).decode()
        text = text.replace(f"@@PLUGINFILE@@/{name}", f"data:image/svg+xml;base64,{data}")
    return text


def _gaps(question: Question) -> str:
    def gap(match: re.Match[str]) -> str:
        found = question.gaps[int(match.group(1)) - 1]
        if found.type == "NUMERICAL" or found.type.startswith("SHORTANSWER"):
            return "<input type=text>" + _told(found.answers, popup=True)
        if found.type in ("MULTICHOICE", "MULTICHOICE_S"):
            return _dropdown([(one.text, one.fraction == 1) for one in found.answers])
        return _choices(found.answers, found.multiple, found.type.endswith("_H"))

    text = _piece(question.text)
    if question.stack is not None:
        return _boxes(text, question.stack)
    return re.sub(r"\{#([0-9]+)\}", gap, text) if question.gaps else text


def _boxes(text: str, found: stack.Stack) -> str:
    """STACK's places: a box with its key, and the tree behind it, from the key on."""
    answers = {one.name: one.answer for one in found.inputs}
    trees = {tree.name: tree for tree in found.trees}

    def place(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == "input":
            return f'<input type=text placeholder="{html.escape(answers[name])}">'
        return "" if kind == "validation" else _tree(trees[name])

    variables = f"<details><summary>Variables</summary><pre>{html.escape(found.variables)}</pre>"
    tests = "".join(f"<li>{html.escape(test.about)}</li>" for test in found.tests)
    return stack.PLACES.sub(place, text) + f"{variables}<ol>{tests}</ol></details>"


def _tree(tree: stack.Tree) -> str:
    rows = "".join(
        f"<div>{html.escape(f'{node.test}({node.response}, {node.answer})')}: "
        f"{node.score:.0%} {node.feedback}</div>"
        for node in tree.nodes
    )
    return f'<div class="says">{tree.value:g}: {rows}</div>'


def _answers(question: Question) -> str:
    if question.type in ("numerical", "shortanswer"):
        return "<p>Answer: <input type=text></p>" + _told(question.answers, popup=False)
    offered = dict.fromkeys(answer for _, answer in question.stems)
    rows = [
        f"<p>{stem}&ensp;{_dropdown([(one, one == right) for one in offered])}</p>"
        for stem, right in question.stems
        if stem
    ]
    return "".join(rows) + _choices(question.answers, not question.single, across=False)


def _dropdown(options: list[tuple[str, bool]]) -> str:
    """The right option is the one that is shown."""
    rows = (f"<option{' selected' * right}>{text}</option>" for text, right in options)
    return f"<select>{''.join(rows)}</select>"


def _choices(answers: tuple[Answer | cloze.Answer, ...], multiple: bool, across: bool) -> str:
    kind = "checkbox" if multiple else "radio"
    rows = "".join(
        f"<div><input type={kind}><label>{answer.text}"
        f'<div class="says">{answer.fraction:.0%} {answer.feedback}</div></label></div>'
        for answer in answers
    )
    return f'<div class="answer{" across" if across else ""}">{rows}</div>' if rows else ""


def _told(answers: tuple[Answer | cloze.Answer, ...], *, popup: bool) -> str:
    rows = "".join(
        f"<div>{_typed(answer)}: {answer.fraction:.0%} {answer.feedback}</div>"
        for answer in answers
    )
    # MathJax leaves this class alone, as it does Moodle's pop-ups.
    return f'<span class="says{" tex2jax_ignore" if popup else ""}">{rows}</span>'


def _typed(answer: Answer | cloze.Answer) -> str:
    return f"{answer.text} ± {answer.tolerance:g}" if answer.tolerance else html.escape(answer.text)


if __name__ == "__main__":
    main(*sys.argv[1:])
