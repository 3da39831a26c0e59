"""Maxima itself decides: keys in other forms are right, each mistake is that mistake, no other.

One process runs the variables and trees of all questions, as STACK would. For STACK's own AlgEquiv
stands what it does: what differs in numbers is different, else the difference must simplify to 0.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from generator.model.document import PartAnswer
from generator.model.formula import Glossary, Symbol, Term
from generator.model.solution import ExpressionKey
from generator.render.moodle.stack.maxima import maxima
from tests.render.moodle import formulas
from tests.render.moodle.stack import Stack, Tree

MAXIMA = shutil.which("maxima")
VARIANTS = 2
"""Of so many variants of each problem, one is tried for each activation function there is."""
ANSWER_TEST = """
ratprint: false$
differ(one, other) := block([names, apart],
  names: listofvars([one, other]),
  apart: subst(makelist(names[k] = float(sqrt(k + 1) + k/7), k, 1, length(names)), one - other),
  apart: errcatch(float(abs(apart))),
  apart # [] and floatnump(first(apart)) and is(first(apart) > 1.0e-8))$
alg_equiv(one, other) := not differ(one, other) and is(fullratsimp(one - other) = 0)$
decided(response, answers) := block([found: -1, place],
  for place: 1 thru length(answers) do
    if found = -1 and alg_equiv(response, answers[place]) then found: place - 1,
  found)$
"""
NONE = -1


@dataclass(frozen=True)
class Try:
    """A response to a box of a question, and the node of its tree that must decide."""

    variant: str
    tree: Tree
    response: str
    node: int


def tries() -> Iterator[tuple[Stack, list[Try]]]:
    """All responses to each question."""
    seen = set[str]()
    for document, question in formulas.imported(VARIANTS):
        assert question.stack is not None
        functions = re.search(r"defined[0-9]: \[\[\w+,(.*?)\](?:,\[|\];)", question.stack.variables)
        kind = functions[1] if functions else document.problem
        if kind in seen:
            continue
        seen.add(kind)
        found: list[Try] = []
        for answer, tree in zip(document.answer.parts, question.stack.trees, strict=True):
            if isinstance(answer.key, ExpressionKey):
                found += [
                    Try(document.code, tree, response, node)
                    for response, node in responses(answer, answer.key)
                ]
        yield question.stack, found


def responses(answer: PartAnswer, key: ExpressionKey) -> Iterator[tuple[str, int]]:
    """What students may type, and which node decides: the key's is 0."""
    assert key.term is not None
    assert key.glossary is not None
    text = maxima(key.term)
    yield text, 0
    yield f"expand({text})", 0
    yield maxima(by_equations(key.term, key.glossary)), 0
    yield expanded_with_parentheses(text), 0
    yield f"({text})*3/2", NONE
    yield f"({text})+1", NONE
    yield "unknown", NONE
    yield "1/(1-1)", NONE
    for node, note in enumerate(answer.mistakes, start=1):
        assert note.term is not None
        yield maxima(note.term), node


def expanded_with_parentheses(text: str) -> str:
    """What STACK tells a student to type: it computes a sum, and shows ``g[i]`` as ``g(i)``."""
    return f"expand({text.translate(str.maketrans('[]', '()'))})"


def by_equations(term: Term, glossary: Glossary) -> Term:
    """The same with the equation of each quantity that has one: ``f(...)`` for ``h_i``."""
    if isinstance(term, Symbol):
        tables = {table.name: table for table in glossary.tables if table.value is not None}
        if term.name in tables and len(term.at) == len(tables[term.name].letters):
            table = tables[term.name]
            assert table.value is not None
            return put(table.value, dict(zip(table.letters, term.at, strict=True)))
    return term.around(tuple(by_equations(one, glossary) for one in term.parts))


def put(term: Term, letters: dict[str, Term]) -> Term:
    """A term with other indices in place of letters; those of its own sums stay."""
    if isinstance(term, Symbol) and not term.at and term.name in letters:
        return letters[term.name]
    inside = {name: at for name, at in letters.items() if name != getattr(term, "letter", "")}
    return term.around(tuple(put(one, inside) for one in term.parts))


def program(questions: list[tuple[Stack, list[Try]]]) -> str:
    """Everything, for one process; a line ``@ node`` for each response."""
    lines = [ANSWER_TEST]
    for found, asked in questions:
        lines.append(
            re.sub(r"/\*.*?\*/", "", found.variables).replace(";\n", "$\n").rstrip(";$\n") + "$"
        )
        for one in asked:
            number = one.tree.name.removeprefix("prt")
            lines.append(f"ans{number}: errcatch({one.response})$")
            lines.append(
                f"ans{number}: if ans{number} = [] then undefined else first(ans{number})$"
            )
            lines.append(one.tree.before.replace(";", "$"))
            answers = ", ".join(node.answer for node in one.tree.nodes)
            response = one.tree.nodes[0].response
            lines.append(f'print("@", decided({response}, [{answers}]))$')
    return "\n".join(lines)


@pytest.fixture(scope="module")
def decided() -> list[tuple[Try, int]]:
    """Every response, and the node that decided."""
    if MAXIMA is None:
        pytest.skip("maxima is not installed (Debian: apt install maxima)")
    questions = list(tries())
    run = subprocess.run(
        [MAXIMA, "--very-quiet"],
        input=program(questions),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    said = re.findall(r"^@ (.*)$", run.stdout, re.MULTILINE)
    nodes = [int(node.replace(" ", "")) for node in said]
    asked = [one for _, found in questions for one in found]
    assert len(nodes) == len(asked), run.stdout[-2000:]
    return list(zip(asked, nodes, strict=True))


def test_every_response_is_decided_by_the_node_that_it_belongs_to(
    decided: list[tuple[Try, int]],
) -> None:
    wrong = [
        (one.variant, one.response, one.node, node) for one, node in decided if one.node != node
    ]
    assert wrong == []


def test_keys_mistakes_and_neither_of_them_are_all_tried(decided: list[tuple[Try, int]]) -> None:
    tried = [one.node for one, _ in decided]
    assert tried.count(0) >= 10
    assert tried.count(NONE) >= 10
    assert max(tried) >= 8


def test_some_keys_need_the_equations_of_the_question(decided: list[tuple[Try, int]]) -> None:
    """Otherwise nothing would show that these are in the question."""
    assert {one.node for one, _ in decided if re.search(r"\b[a-z]+\(sum\(\w\[", one.response)} == {
        0
    }
