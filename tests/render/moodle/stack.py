"""A model of how the STACK plugin reads its question type: inputs, response trees, its own tests.

What ``import_from_xml`` of the plugin would drop, or its form refuse, is a `Fault`. Trees can be
walked: `Tree.result` says what becomes of a response, given the answer of each node.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.render.moodle.importer import Node

TYPES = {"algebraic", "numerical", "radio"}
TESTS = {"AlgEquiv": False, "NumAbsolute": True}
"""Answer tests, and whether they need an option."""
PLACES = re.compile(r"\[\[(input|validation|feedback):([a-z0-9]+)\]\]")


class Fault(Exception):  # noqa: N818 - as in the importer
    """The rule that is broken."""


def need(condition: object, rule: str, found: object = "") -> None:
    if not condition:
        raise Fault(f"{rule} | {found!r}")


@dataclass(frozen=True)
class Input:
    """A box: its type, its key, functions that may be typed."""

    name: str
    type: str
    answer: str
    words: str
    stars: str
    options: str


@dataclass(frozen=True)
class TreeNode:
    """A question asked of the response."""

    test: str
    response: str
    answer: str
    options: str
    score: float
    feedback: str
    following: int
    notes: tuple[str, str]


@dataclass(frozen=True)
class Tree:
    """A response tree: `value` is its share of the mark, relative to those of the others."""

    name: str
    value: float
    before: str
    nodes: tuple[TreeNode, ...]

    def result(self, holds: Callable[[TreeNode], bool]) -> tuple[float, str, str]:
        """The score, the feedback and the last note of a response, given what holds of it."""
        place = 0
        while place != -1:
            node = self.nodes[place]
            if holds(node):
                return node.score, node.feedback, node.notes[0]
            place = node.following
        return 0.0, "", self.nodes[-1].notes[1]


@dataclass(frozen=True)
class Test:
    """What is typed into each box; the score, penalty and note that each tree must give."""

    __test__ = False  # not one of pytest's

    about: str
    typed: dict[str, str]
    expected: dict[str, tuple[float, float, str]]


@dataclass(frozen=True)
class Stack:
    """What is particular to a question of this type."""

    variables: str
    note: str
    inputs: tuple[Input, ...]
    trees: tuple[Tree, ...]
    tests: tuple[Test, ...]


def read(node: Node, text: str, html: Callable[[Node], str]) -> Stack:
    """The question in an element whose text is this; `html` reads a field with files."""
    inputs = tuple(_input(one) for one in node.all("input"))
    trees = tuple(_tree(one, html) for one in node.all("prt"))
    found = Stack(
        variables=_text(node, "questionvariables"),
        note=html(node.one("questionnote")),
        inputs=inputs,
        trees=trees,
        tests=tuple(_test(one, trees) for one in node.all("qtest")),
    )
    need(re.fullmatch(r"[0-9]{10}", _text(node, "stackversion")), "a version of the plugin")
    for tag in ("prtcorrect", "prtpartiallycorrect", "prtincorrect"):
        need(html(node.one(tag)), "words for a tree's result", tag)
    need(_plain(node, "isbroken") == "0", "a question that works")
    need(_plain(node, "complexno").startswith("sym"), "`i` is an index, not the imaginary unit")
    _check_places(text, found)
    _check_castext(PLACES.sub("", text))
    _check_variables(found)
    for test in found.tests:
        need(set(test.typed) == {one.name for one in inputs}, "a test fills in every box", test)
        need(set(test.expected) == {one.name for one in trees}, "a test expects of every tree")
    return found


def _text(node: Node, tag: str) -> str:
    return node.one(tag).one("text").text.strip()


def _plain(node: Node, tag: str) -> str:
    """A field without ``<text>``: the plugin and its API read plain content, with no CDATA."""
    found = node.one(tag)
    need(not found.children and found.text.strip() == found.bare.strip(), "plain content", tag)
    return found.text.strip()


def _input(node: Node) -> Input:
    kind = _plain(node, "type")
    need(kind in TYPES, "a type of input", kind)
    answer = _plain(node, "tans")
    need(answer, "an input has a teacher's answer")
    shown = {_plain(node, "mustverify"), _plain(node, "showvalidation")}
    need(len(shown) == 1, "what must be verified is shown", shown)
    return Input(
        name=_plain(node, "name"),
        type=kind,
        answer=answer,
        words=_plain(node, "allowwords"),
        stars=_plain(node, "insertstars"),
        options=_plain(node, "options"),
    )


def _tree(node: Node, html: Callable[[Node], str]) -> Tree:
    name = _plain(node, "name")
    nodes = tuple(_node(one, html) for one in node.all("node"))
    numbers = [_plain(one, "name") for one in node.all("node")]
    need(numbers == [str(place) for place in range(len(nodes))], "nodes in their order", numbers)
    following = [one.following for one in nodes]
    chain = [*range(1, len(nodes)), -1]
    need(following == chain, "one root, no cycle, no node that is never asked", following)
    notes = [note for one in nodes for note in one.notes]
    need(len(set(notes)) == len(notes), "notes tell the outcomes apart", notes)
    value = float(_plain(node, "value"))
    need(value > 0, "a tree is worth something", value)
    before = node.one("feedbackvariables").one("text").text
    return Tree(name=name, value=value, before=before, nodes=nodes)


def _node(node: Node, html: Callable[[Node], str]) -> TreeNode:
    test, options = _plain(node, "answertest"), _plain(node, "testoptions")
    need(test in TESTS, "an answer test", test)
    need(bool(options) == TESTS[test], "a test's option", (test, options))
    need(not options or float(options) > 0, "a tolerance above 0", options)
    scores = [float(_plain(node, f"{way}score")) for way in ("true", "false")]
    need(0 <= scores[0] <= 1 and scores[1] == 0, "scores are shares", scores)
    need(_plain(node, "truenextnode") == "-1", "the first yes decides")
    feedback = html(node.one("truefeedback"))
    _check_castext(feedback)
    return TreeNode(
        test=test,
        response=_plain(node, "sans"),
        answer=_plain(node, "tans"),
        options=options,
        score=scores[0],
        feedback=feedback,
        following=int(_plain(node, "falsenextnode")),
        notes=(_plain(node, "trueanswernote"), _plain(node, "falseanswernote")),
    )


def _test(node: Node, trees: tuple[Tree, ...]) -> Test:
    expected = {}
    for one in node.all("expected"):
        note = _plain(one, "expectedanswernote")
        score, penalty = (float(_plain(one, f"expected{what}")) for what in ("score", "penalty"))
        need(score < 1 or penalty == 0, "what is right costs nothing", (score, penalty))
        tree = next(tree for tree in trees if tree.name == _plain(one, "name"))
        scores = {one.notes[0]: one.score for one in tree.nodes} | {tree.nodes[-1].notes[1]: 0.0}
        need(scores.get(note) == score, "the score that stands at the note", (note, score))
        expected[tree.name] = (score, penalty, note)
    typed = {_plain(one, "name"): _plain(one, "value") for one in node.all("testinput")}
    return Test(about=_plain(node, "description"), typed=typed, expected=expected)


def _check_places(text: str, found: Stack) -> None:
    """What does not stand in the text is dropped: boxes, trees."""
    places = PLACES.findall(text)
    names = [one.name for one in found.inputs]
    wanted = {("input", name) for name in names} | {("validation", name) for name in names}
    wanted |= {("feedback", tree.name) for tree in found.trees}
    need(len(places) == len(set(places)) and set(places) == wanted, "each place once", places)


def _check_castext(text: str) -> None:
    """Anywhere in a text ``[[`` begins a block, ``{@`` and ``{#`` a calculation."""
    need(not re.search(r"\[\[|\{[@#]", text), "nothing that STACK would take for its own", text)


def _check_variables(found: Stack) -> None:
    """Every name that an input or a tree uses is a variable of the question, or a number."""
    defined = set(re.findall(r"^(\w+)(?:\([^)]*\) :=|:) ", found.variables, re.MULTILINE))
    used = [one.answer for one in found.inputs]
    for tree in found.trees:
        own = set(re.findall(r"(\w+): ", tree.before)) | {one.name for one in found.inputs}
        used += [node.answer for node in tree.nodes]
        need(all(node.response in own for node in tree.nodes), "a response that there is", tree)
        inside = re.findall(r"[A-Za-z]\w*", tree.before.partition(":")[2])
        need(set(inside) <= defined | own, "names that there are", set(inside) - defined - own)
    names = {name for name in used if not re.fullmatch(r"-?[0-9.]+(/[0-9]+)?", name)}
    need(names <= defined, "names that there are", names - defined)
    for one in found.inputs:
        called = one.options.partition("validator:")[2]
        need(not called or called in defined, "a validator that there is", called)
