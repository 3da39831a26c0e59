"""A model of Moodle's XML importer: what becomes of a file, as far as it was tried on Moodle 4.5.

Whatever Moodle would reject, crash on, or silently change raises `Refused` with the rule that was
broken. What is left is what a teacher finds in the question bank. This model shares nothing with
the exporter: it reads the bytes.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from tests.render.moodle import cloze, page, stack


class Refused(AssertionError):  # noqa: N818 - what Moodle does
    """Moodle would not import this as it is meant; the message is the rule."""


def require(condition: object, rule: str, found: object = "") -> None:
    if not condition:
        raise Refused(f"{rule} | {found!r}"[:600])


# --- XML ---------------------------------------------------------------------------------------


@dataclass
class Node:
    """An element. `text` is what Moodle sees, `bare` the part of it outside CDATA."""

    tag: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    text: str = ""
    bare: str = ""

    def all(self, tag: str) -> list[Node]:
        return [child for child in self.children if child.tag == tag]

    def one(self, tag: str) -> Node:
        found = self.all(tag)
        require(len(found) == 1, f"exactly one <{tag}> in <{self.tag}>", [n.tag for n in found])
        return found[0]


def read_xml(data: bytes) -> Node:
    """UTF-8. Control characters, `&nbsp;` outside CDATA, a root other than `<quiz>`: rejected."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"UTF-8 | {error}") from error
    parser = expat.ParserCreate("utf-8")
    root = Node(tag="", attributes={})
    stack = [root]
    inside = [False]

    def begin(tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag=tag, attributes=attributes)
        stack[-1].children.append(node)
        stack.append(node)

    def characters(text: str) -> None:
        # "without [CDATA] white space between two entities is lost"
        if inside[0] or text.strip():
            stack[-1].text += text
        if not inside[0]:
            stack[-1].bare += text

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _: stack.pop()
    parser.CharacterDataHandler = characters
    parser.StartCdataSectionHandler = lambda: inside.__setitem__(0, True)
    parser.EndCdataSectionHandler = lambda: inside.__setitem__(0, False)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Refused(f"a parse error rejects the whole file | {error}") from error
    require(root.children[0].tag == "quiz", "a root other than `<quiz>`: rejected")
    return root.children[0]


def text_of(node: Node) -> str:
    """The `<text>` child. "Put CDATA in every `<text>`, names and answers too"."""
    child = node.one("text")
    require(not child.bare.strip() and not child.children, "CDATA in every <text>", child.bare)
    return child.text.strip()


# --- what is imported --------------------------------------------------------------------------


@dataclass(frozen=True)
class Html:
    """HTML with its files, links checked."""

    html: str
    files: dict[str, bytes]


@dataclass(frozen=True)
class Answer:
    """An answer of a question or a gap: `fraction` of 1; `tolerance` of a number."""

    text: str
    fraction: float
    feedback: str
    tolerance: float = 0.0


@dataclass(frozen=True)
class Question:
    """A question as it stands in the question bank."""

    type: str
    category: str
    name: str
    idnumber: str
    text: Html
    solution: Html
    mark: float
    penalty: float
    hints: tuple[Html, ...]
    tags: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    single: bool = True
    shuffled: bool = True
    case: bool = False
    stems: tuple[tuple[str, str], ...] = ()
    gaps: tuple[cloze.Gap, ...] = ()
    marking: Html | None = None
    template: Html | None = None
    stack: stack.Stack | None = None


@dataclass
class QuestionBank:
    """What a teacher has after an import: descriptions of categories, questions in order."""

    categories: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)

    def of(self, category: str) -> list[Question]:
        return [question for question in self.questions if question.category == category]


def import_file(data: bytes) -> QuestionBank:
    """Import a whole file. Raises Refused where Moodle would lose or change anything."""
    bank = QuestionBank()
    category = ""
    taken: set[tuple[str, str]] = set()
    for node in read_xml(data).children:
        require(node.tag == "question", "only <question> elements are read", node.tag)
        kind = node.attributes["type"]
        if kind == "category":
            category = _category(node, bank)
            continue
        require(category, "questions stand behind their category", kind)
        require(kind in READERS, "a type that this model knows", kind)
        question = READERS[kind](node, category)
        require(
            (category, question.idnumber) not in taken,
            "a duplicate [idnumber] in a category silently becomes NULL",
            question.idnumber,
        )
        taken.add((category, question.idnumber))
        bank.questions.append(question)
    return bank


def _category(node: Node, bank: QuestionBank) -> str:
    """`$course$/top/A/B`; `//` is a literal slash; missing levels are created; over 255 characters
    crashes; a duplicate category idnumber crashes; `<info>` needs `<text>`."""
    path = text_of(node.one("category"))
    names = [name.replace("//", "/").strip() for name in re.split(r"(?<!/)/(?!/)", path)]
    require(names[:2] == ["$course$", "top"], "`$course$/top/A/B`", path)
    require(len(names) > 2 and all(names), "every level of a category has a name", names)
    for name in names:
        require(len(name) <= 255, "[a category] over 255 characters crashes", name)
        require(strip_tags(name) == name, "tags are stripped from a category's name", name)
        require("top" not in names[2:], "`top` is Moodle's own", names)
    require(not node.all("idnumber"), "a duplicate category idnumber crashes")
    key = " > ".join(names[2:])
    bank.categories.setdefault(key, _html(node.one("info")).html)
    return key


def strip_tags(text: str) -> str:
    """PHP's: whatever stands behind a `<` is a tag, also without an end."""
    return re.sub(r"<[^>]*(>|$)", "", text)


# --- common parts ------------------------------------------------------------------------------

KEEPING = {"cloze", "multichoice", "matching"}
"""The types that can keep what is right of a response for the next try."""

FRACTIONS = (
    *(100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20),
    *(16.66667, 14.28571, 12.5, 11.11111, 10, 5, 0),
)


def _html(node: Node, seen: Callable[[str], str] = str) -> Html:
    """`format="html"` everywhere; `<file name= encoding="base64">` beside `<text>` in the same
    element, referenced `@@PLUGINFILE@@/name`; names of `[A-Za-z0-9._-]`. A missing file is not
    reported. SVG shows in an `<img>` (not in `<object>`). `seen` is what becomes of the text."""
    require(node.attributes.get("format") == "html", '`format="html"` everywhere', node.tag)
    html = seen(text_of(node))
    files = {}
    for file in node.all("file"):
        name = file.attributes["name"]
        require(re.fullmatch(r"[A-Za-z0-9._-]+", name), "names of `[A-Za-z0-9._-]`", name)
        require(file.attributes.get("encoding") == "base64", '`encoding="base64"`', name)
        require(name not in files, "each file once", name)
        try:
            files[name] = base64.b64decode(file.text, validate=True)
        except binascii.Error as error:
            raise Refused("files are base64") from error
        read = expat.ParserCreate()
        read.Parse(files[name], True)
    problems = page.problems(html)
    require(not problems, "HTML that is valid", problems)
    linked = page.links(html)
    require(linked == set(files), "A missing file is not reported", linked ^ set(files))
    return Html(html=html, files=files)


def _number(node: Node, rule: str) -> float:
    require(re.fullmatch(r"[0-9]+(\.[0-9]+)?", node.text), rule, node.text)
    return float(node.text)


def _penalty(node: Node) -> float:
    penalty = _number(node, "`<penalty>` empty crashes")
    require(penalty <= 1, "a try costs at most everything", penalty)
    return penalty


def _head(node: Node, category: str, seen: Callable[[str], str] = str) -> dict[str, object]:
    name = text_of(node.one("name"))
    require(strip_tags(name) == name, "[Name] Tags are stripped", name)
    require(0 < len(name) <= 255, "[a name] over 255 characters [is] cut silently", name)
    require("\n" not in name, "a name is one line", name)
    number = node.one("idnumber")
    require(not number.children, "idnumber: Plain text without a `<text>` child")
    require(0 < len(number.text) <= 100, "[idnumber] over 100 characters crashes", number.text)
    hints = []
    for hint in node.all("hint"):
        hints.append(_html(hint))
        require(hints[-1].html, "Empty `<hint/>` crashes")
        if node.attributes["type"] in KEEPING:
            kept = hint.all("shownumcorrect") and hint.all("clearwrong")
            require(kept, "a further try keeps what was right", hints[-1].html)
    tags = []
    for tag in node.one("tags").all("tag"):
        tags.append(text_of(tag))
        require(0 < len(tags[-1]) <= 50, "a tag has at most 50 characters", tags[-1])
    require(len({tag.casefold() for tag in tags}) == len(tags), "a tag counts once", tags)
    return {
        "type": node.attributes["type"],
        "category": category,
        "name": name,
        "idnumber": number.text,
        "text": _html(node.one("questiontext"), seen),
        "solution": _html(node.one("generalfeedback")),
        "mark": _number(node.one("defaultgrade"), "`<defaultgrade>` empty becomes 0"),
        "penalty": _penalty(node.one("penalty")),
        "hints": tuple(hints),
        "tags": tuple(tags),
    }


def _fraction(node: Node) -> float:
    """Fractions allowed: … and their negatives, within 0.001. Any other rejects the file."""
    value = float(node.attributes["fraction"])
    fits = any(abs(abs(value) - allowed) <= 0.001 for allowed in FRACTIONS)
    require(fits, "Fractions allowed … any other rejects the file", value)
    return value / 100


def _combined_feedback(node: Node) -> None:
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        require(_html(node.one(tag)).html, "combined feedback", tag)
    node.one("shownumcorrect")


def _answer(node: Node, text: str) -> Answer:
    return Answer(text=text, fraction=_fraction(node), feedback=_html(node.one("feedback")).html)


# --- question types ----------------------------------------------------------------------------


def _truefalse(node: Node, category: str) -> Question:
    """truefalse: exactly `true` and `false`, lower case, both present."""
    answers = tuple(_answer(answer, text_of(answer)) for answer in node.all("answer"))
    texts = sorted(answer.text for answer in answers)
    require(texts == ["false", "true"], "exactly `true` and `false`, lower case", texts)
    grades = sorted(answer.fraction for answer in answers)
    require(grades == [0, 1], "one of true and false is right", grades)
    return Question(**_head(node, category), answers=answers)  # type: ignore[arg-type]


def _multichoice(node: Node, category: str) -> Question:
    """multichoice: at least two non-empty answers; a missing 100 % or a wrong sum is accepted
    silently. `<single>` only understands lower-case true/false."""
    single = node.one("single").text
    require(single in ("true", "false"), "`<single>` only understands lower-case true/false")
    answers = tuple(_answer(answer, _html(answer).html) for answer in node.all("answer"))
    require(
        len(answers) >= 2 and all(answer.text for answer in answers),
        "at least two non-empty answers",
        answers,
    )
    positive = sum(answer.fraction for answer in answers if answer.fraction > 0)
    best = max(answer.fraction for answer in answers)
    right = best if single == "true" else positive
    require(abs(right - 1) < 0.0001, "a missing 100 % or a wrong sum is accepted silently", answers)
    _combined_feedback(node)
    shuffled = node.one("shuffleanswers").text == "true"
    head = _head(node, category)
    chosen = {"single": single == "true", "shuffled": shuffled}
    return Question(**head, **chosen, answers=answers)  # type: ignore[arg-type]


def _numerical(node: Node, category: str) -> Question:
    """numerical: tolerance is absolute, default 0. Silently corrupted: `1/2` to 1, `1,5` to 15,
    tolerance `5%` to 5. A Unicode minus or an empty answer crashes."""
    answers = []
    for answer in node.all("answer"):
        text, tolerance = text_of(answer), answer.one("tolerance").text
        require(
            text == "*" or re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text),
            "Silently corrupted: `1/2` to 1, `1,5` to 15",
            text,
        )
        require(re.fullmatch(r"[0-9]+(\.[0-9]+)?", tolerance), "tolerance `5%` to 5", tolerance)
        answers.append(
            Answer(
                text=text,
                fraction=_fraction(answer),
                feedback=_html(answer.one("feedback")).html,
                tolerance=float(tolerance),
            )
        )
    require(any(answer.fraction == 1 for answer in answers), "a number needs a 100 % answer")
    return Question(**_head(node, category), answers=tuple(answers))  # type: ignore[arg-type]


def _shortanswer(node: Node, category: str) -> Question:
    r"""shortanswer: needs a 100 % answer; `*` is a wildcard, write `\*`."""
    case = node.one("usecase").text
    require(case in ("0", "1"), "`<usecase>` is 0 or 1", case)
    answers = tuple(_answer(answer, text_of(answer)) for answer in node.all("answer"))
    require(all(answer.text for answer in answers), "an empty answer is dropped", answers)
    require(any(answer.fraction == 1 for answer in answers), "a text needs a 100 % answer")
    head = _head(node, category)
    return Question(**head, answers=answers, case=case == "1")  # type: ignore[arg-type]


def _matching(node: Node, category: str) -> Question:
    """matching: answers up to 255 characters; a stem without an answer makes the importer report
    success and drop every later question. A stem without text is a distractor."""
    require(node.one("shuffleanswers").text in ("true", "false"), "`<shuffleanswers>`")
    stems = []
    for found in node.all("subquestion"):
        answer = text_of(found.one("answer"))
        require(0 < len(answer) <= 255, "answers up to 255 characters, and none is empty", answer)
        require(strip_tags(answer) == answer, "a dropdown shows plain text", answer)
        require(r"\(" not in answer, "Dropdowns … do not typeset math", answer)
        stems.append((_html(found).html, answer))
    asked = [stem for stem, _ in stems if stem]
    require(len(asked) >= 2, "at least two stems", stems)
    require(len({answer for _, answer in stems}) >= 3, "at least three answers", stems)
    require(len(set(asked)) == len(asked), "stems are told apart", stems)
    _combined_feedback(node)
    return Question(**_head(node, category), stems=tuple(stems))  # type: ignore[arg-type]


def _essay(node: Node, category: str) -> Question:
    """essay: `graderinfo`, `responsetemplate` optional; a bad responseformat crashes at display."""
    known = ("editor", "editorfilepicker", "plain", "monospaced", "noinline")
    require(node.one("responseformat").text in known, "a bad responseformat crashes at display")
    require(node.one("responsefieldlines").text in LINES, "a height that Moodle's form offers")
    return Question(
        **_head(node, category),  # type: ignore[arg-type]
        marking=_html(node.one("graderinfo")),
        template=_html(node.one("responsetemplate")),
    )


def _stack(node: Node, category: str) -> Question:
    """The plugin's own type; hints and general feedback may hold its calculations, too."""
    head = _head(node, category)
    try:
        found = stack.read(node, text_of(node.one("questiontext")), lambda one: _html(one).html)
    except stack.Fault as fault:
        raise Refused(str(fault)) from fault
    return Question(**head, stack=found)  # type: ignore[arg-type]


def _cloze(node: Node, category: str) -> Question:
    """Cloze ignores defaultgrade: its mark is the sum of its weights."""
    shown, gaps = cloze.extract(text_of(node.one("questiontext")))
    require(gaps, "a cloze question without a gap is refused", shown)
    left = re.findall(r"\{[0-9]*:[A-Za-z_]+:", shown)
    require(not left, "Types in upper case: what Moodle does not know stays in the text", left)
    markers = [int(number) for number in re.findall(r"\{#([0-9]+)\}", shown)]
    require(
        markers == list(range(1, len(gaps) + 1)),
        "A literal `{#1}` in the text is taken for a gap",
        markers,
    )
    for gap in gaps:
        for rule, found in cloze.problems(gap):
            require(False, rule, found)
    head = _head(node, category, lambda _: shown)
    total = float(sum(gap.weight for gap in gaps))
    require(head["mark"] == total, "Cloze ignores defaultgrade: its mark is the sum", total)
    return Question(**head, gaps=gaps)  # type: ignore[arg-type]


LINES = {"2", "3", *(str(lines) for lines in range(5, 45, 5))}
"""The heights of an essay's box."""

READERS = {
    "truefalse": _truefalse,
    "multichoice": _multichoice,
    "numerical": _numerical,
    "shortanswer": _shortanswer,
    "matching": _matching,
    "essay": _essay,
    "cloze": _cloze,
    "stack": _stack,
}
