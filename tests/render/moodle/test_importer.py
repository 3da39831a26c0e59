"""The model of the importer has teeth: each rule refuses a file that breaks it, and only that."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from fractions import Fraction
from types import ModuleType

import pytest

from generator.model.document import OrderingResponse
from generator.model.solution import OrderingKey
from tests.render.moodle import cloze, importer, page, samples
from tests.render.moodle.harness import export
from tests.render.moodle.importer import Refused, import_file, read_xml
from tests.render.moodle.test_words_and_dropdowns import matching, text

MORE = [
    text("median", mean=Fraction(1, 2)),
    matching("one", "two", "three", matches=(2, 0)),
    samples.document(
        "pairs",
        2,
        (),
        samples.part(
            "a",
            "?",
            OrderingResponse(items=((samples.line("first"),), (samples.line("second"),))),
            OrderingKey(items=("first", "second"), places=(1, 0)),
        ),
    ),
]
GOOD = export(
    *samples.sections(), *(samples.section(one.problem, one.problem, one) for one in MORE)
).decode()
IMAGE = '<img src="@@PLUGINFILE@@/a.svg" alt="a" style="max-width: 100%">'

# What is changed into what, and the rule that must be named; by the rules that Moodle has.
BROKEN = [
    # a parse error rejects the whole file; UTF-8; control characters, &nbsp;, another root
    ("<quiz>", "<quizz>", "a parse error rejects the whole file"),
    ("</quiz>", "\x01</quiz>", "a parse error rejects the whole file"),
    ("</quiz>", "&nbsp;</quiz>", "a parse error rejects the whole file"),
    ("</quiz>", "\udcff</quiz>", "UTF-8"),
    (r"(?s)<quiz>(.*)</quiz>", r"<q>\1</q>", "a root other than `<quiz>`: rejected"),
    ("</quiz>", "<answer/></quiz>", "only <question> elements are read"),
    # a notice (a stem without an answer) makes it drop every later question
    (r"CDATA\[three\]", "CDATA[]", "answers up to 255 characters, and none is empty"),
    # CDATA in every text; format="html" everywhere
    (r"<!\[CDATA\[assignment4\]\]>", "assignment4", "CDATA in every <text>"),
    ('<questiontext format="html">', "<questiontext>", '`format="html"` everywhere'),
    ('<hint format="html">', '<hint format="moodle_auto_format">', '`format="html"` everywhere'),
    ('<info format="html">', "<info>", '`format="html"` everywhere'),
    # names and idnumbers
    (r"CDATA\[number · #1", r"CDATA[x \\(a<b\\)", "[Name] Tags are stripped"),
    (r"CDATA\[number · #1", "CDATA[" + "n" * 256, "[a name] over 255 characters [is] cut silently"),
    (r"CDATA\[number · #1", "CDATA[number\nmore", "a name is one line"),
    (
        "<idnumber>number-1<",
        "<idnumber><text>number-1</text><",
        "idnumber: Plain text without a `<text>` child",
    ),
    (
        "<idnumber>number-1<",
        "<idnumber>" + "n" * 101 + "<",
        "[idnumber] over 100 characters crashes",
    ),
    (
        "<idnumber>cnn-layer-12<",
        "<idnumber>cnn-layer-731<",
        "a duplicate [idnumber] in a category silently becomes NULL",
    ),
    # grades
    ("<defaultgrade>1<", "<defaultgrade><", "`<defaultgrade>` empty becomes 0"),
    ("<penalty>0.3333333<", "<penalty><", "`<penalty>` empty crashes"),
    ("<penalty>0.3333333<", "<penalty>1.5<", "a try costs at most everything"),
    ("<defaultgrade>3<", "<defaultgrade>4<", "Cloze ignores defaultgrade: its mark is the sum"),
    # fractions
    *(
        (
            '<answer fraction="50"',
            f'<answer fraction="{other}"',
            "Fractions allowed … any other rejects the file",
        )
        for other in ("49", "33", "66.6", "-49.99", "100.1", "14.2")
    ),
    (
        '<answer fraction="50"',
        '<answer fraction="40"',
        "a missing 100 % or a wrong sum is accepted",
    ),
    # truefalse
    (
        r"<text><!\[CDATA\[false\]\]>",
        "<text><![CDATA[False]]>",
        "exactly `true` and `false`, lower case",
    ),
    (
        r'<answer fraction="100"><text><!\[CDATA\[true',
        '<answer fraction="0"><text><![CDATA[true',
        "one of true and false is right",
    ),
    # multichoice
    ("<single>true<", "<single>True<", "`<single>` only understands lower-case true/false"),
    (r"<!\[CDATA\[option 0\]\]>", "<![CDATA[]]>", "at least two non-empty answers"),
    (r"(?s)<correctfeedback .*?</correctfeedback>", "", "exactly one <correctfeedback>"),
    (r"CDATA\[That is right\.", "CDATA[", "combined feedback"),
    # shortanswer
    ("<usecase>0<", "<usecase><", "`<usecase>` is 0 or 1"),
    (r"CDATA\[mean\]", "CDATA[ ]", "an empty answer is dropped"),
    (
        r'fraction="100" format="plain_text"',
        'fraction="90" format="plain_text"',
        "a text needs a 100 % answer",
    ),
    # numerical
    *(
        (
            r"CDATA\[0.333333333333333\]",
            f"CDATA[{other}]",
            "Silently corrupted: `1/2` to 1, `1,5` to 15",
        )
        for other in ("1/3", "0,333", "−3", "", "+1", "1 000")
    ),
    ("<tolerance>0.005<", "<tolerance>5%<", "tolerance `5%` to 5"),
    ("<tolerance>0.005<", "<tolerance>-1<", "tolerance `5%` to 5"),
    (
        r'<answer fraction="100"><text><!\[CDATA\[0\.3',
        '<answer fraction="90"><text><![CDATA[0.3',
        "a number needs a 100 % answer",
    ),
    # matching
    (r"CDATA\[three\]", "CDATA[" + "n" * 256 + "]", "answers up to 255 characters"),
    (r"CDATA\[three\]", r"CDATA[\\(x\\)]", "Dropdowns … do not typeset math"),
    (r"CDATA\[three\]", "CDATA[a <b>c]", "a dropdown shows plain text"),
    (r"CDATA\[three\]", "CDATA[one]", "at least three answers"),
    (r"CDATA\[left 1\]", "CDATA[]", "at least two stems"),
    (r"CDATA\[left 1\]", r"CDATA[left \\(2\\)]", "stems are told apart"),
    ("<shuffleanswers>false", "<shuffleanswers>no", "`<shuffleanswers>`"),
    # essay; ordering, which old sites lack, and which needs <shownumcorrect/>
    (
        "<responseformat>editor<",
        "<responseformat>html<",
        "a bad responseformat crashes at display",
    ),
    (
        "<responsefieldlines>15<",
        "<responsefieldlines>13<",
        "a height that Moodle's form offers",
    ),
    ('<question type="matching">', '<question type="ordering">', "a type that this model knows"),
    # hints and tags
    (
        r"(?s)<hint format=\"html\">.*?</text>",
        '<hint format="html"><text></text>',
        "Empty `<hint/>` crashes",
    ),
    (r"<shownumcorrect/><clearwrong/>", "", "a further try keeps what was right"),
    (r"<tag><text><!\[CDATA\[cnn\]\]></text>", "<tag>cnn", "exactly one <text>"),
    (r"CDATA\[cnn\]", "CDATA[" + "t" * 51 + "]", "a tag has at most 50 characters"),
    (r"CDATA\[cnn\]", "CDATA[CONVOLUTION]", "a tag counts once"),
    # files
    (r'name="figure-[0-9a-f]+\.svg"', 'name="figure 1.svg"', "names of `[A-Za-z0-9._-]`"),
    (r"(?s)<file .*?</file>", "", "A missing file is not reported"),
    (r"(?s)(<file .*?</file>)", r"\1\1", "each file once"),
    (
        r'<file (name="[^"]+") path="/" encoding="base64">',
        r"<file \1>",
        '`encoding="base64"`',
    ),
    (r'(encoding="base64">)', r"\1*", "files are base64"),
    # categories
    (r"top/Assignment 4/A number", "top/Assignment 4/" + "c" * 256, "[a category] over 255"),
    (r"top/Assignment 4/A number", "top/Assignment 4/A <b>number", "tags are stripped from a cat"),
    (r"top/Assignment 4/A number", "top/Assignment 4/top", "`top` is Moodle's own"),
    (r"top/Assignment 4/A number", "top/Assignment 4/ ", "every level of a category has a name"),
    (r"\$course\$/top/Assignment 4\]", "Assignment 4]", "`$course$/top/A/B`"),
    ("</category>", "</category><idnumber>a</idnumber>", "a duplicate category idnumber crashes"),
    (r"(?s)<info format=\"html\">.*?</info>", '<info format="html"/>', "exactly one <text>"),
    (
        r'(?s)<quiz>.*?(?=<question type="cloze">)',
        "<quiz>",
        "questions stand behind their category",
    ),
    # what is shown: math, links, pictures
    (r"= 520\\\]", r"= 520", "a broken formula"),
    (r"= 520\\\]", r"<b>= 520</b>\\]", "a broken formula"),
    ("= 520", "= $$ 520", "dollars that MathJax would take for math"),
    (r"Every filter has", r"Every $w_i$ has", "dollars around a formula, which Moodle shows"),
    (r"<p><strong>\(a\)</strong>", "<p><strong>(a)</em>", "HTML that is valid"),
    (r"<p><strong>\(a\)</strong>", "<p><p><strong>(a)</strong></p>", "<p> inside"),
    (r"<p><strong>\(a\)</strong>", "</b><p><strong>(a)</strong>", "</b> closes nothing"),
    (r'alt="Six[^"]+"', 'alt=""', "a picture without words for those who do not see it"),
    ("max-width: 100%; height", "height", "a picture that is wider than a phone"),
    (r'src="@@PLUGINFILE@@/', 'src="https://x.org/', "a picture from elsewhere"),
    (r"<img ([^>]*)>", r"<object \1></object>", "unknown element <object>"),
    # cloze
    (r"\{2:NUMERICAL:", "{2:numerical:", "Types in upper case"),
    (r"\{2:NUMERICAL:", "{0:NUMERICAL:", "whole weights"),
    (
        r"(?s)\{1:MULTICHOICE:.*?\}(.*?)\{1:MULTICHOICE:.*?\}",
        r"\1",
        "a cloze question without a gap is refused",
    ),
    *(
        (r"\{2:NUMERICAL:=", f"{{2:NUMERICAL:={other}", "NUMERICAL: … spaces and fractions are")
        for other in ("+", " ", "1/")
    ),
    (r"\{2:NUMERICAL:=520", "{2:NUMERICAL:=520,5", "NUMERICAL: … spaces and fractions are"),
    (r"\{2:NUMERICAL:=", "{2:NUMERICAL:", "Every subquestion needs a 100 % answer"),
    (r"sum_\{i=1\\\}", "sum_{i=1}", "Every subquestion needs a 100 % answer"),
    (r"\{2:MULTICHOICE_VS:", "{2:MULTICHOICE:", "Dropdowns … do not typeset math"),
    (r"(\{1:MULTICHOICE:%0%)1", r"\1<b>1</b>", "a dropdown shows plain text"),
    (
        r"\{1:MULTICHOICE:.*?\}",
        "{1:MULTICHOICE:=1}",
        "a choice in a gap has two answers that are not empty",
    ),
    (r"\\circ", "{#1}", "A literal `{#1}` in the text is taken for a gap"),
    (r"(?<=\{1:MULTICHOICE_H:)=?True", f"={IMAGE}True", "No images in options"),
    (r"<sup>2</sup>\.", r"\\(x^2\\)", "a pop-up typesets no math and shows no picture"),
]


def test_the_unbroken_file_is_imported() -> None:
    import_file(GOOD.encode())


@pytest.mark.parametrize(
    ("old", "new", "rule"), BROKEN, ids=[f"{n}-{rule[:30]}" for n, (*_, rule) in enumerate(BROKEN)]
)
def test_a_file_that_breaks_a_rule_is_refused(old: str, new: str, rule: str) -> None:
    broken, changes = re.subn(old, new, GOOD, count=1)
    assert changes
    assert broken != GOOD
    with pytest.raises(Refused) as refused:
        import_file(broken.encode("utf-8", "surrogateescape"))
    assert rule in str(refused.value)


def test_every_rule_of_the_model_is_broken_by_one_of_them() -> None:
    """So no assertion of the model is one that cannot fail."""
    named = [rule for *_, rule in BROKEN]
    known = [rule for module in (importer, cloze, page) for rule in rules(module)]
    assert len(known) > 60
    assert [
        rule for rule in known if not any(rule[:30] in name or name in rule for name in named)
    ] == []


def rules(module: ModuleType) -> Iterator[str]:
    """The rules that a module's text names, each up to what was found."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Call(func=ast.Name(id="require" | "_number"), args=[_, rule, *_]):
                yield from _said(rule)
            case ast.Call(func=ast.Name(id="Refused"), args=[rule]):
                yield from _said(rule)
            case ast.Call(func=ast.Attribute(attr="append", value=found), args=[rule]):
                if "found" in ast.unparse(found):
                    yield from _said(rule)
            case ast.Yield(value=ast.Tuple(elts=[rule, _])):
                yield from _said(rule)
            case _:
                pass


def _said(rule: ast.expr) -> Iterator[str]:
    """The words of a rule; of one with blanks, those before the first."""
    match rule:
        case (
            ast.Constant(value=str(words))
            | ast.JoinedStr(values=[ast.Constant(value=str(words)), *_])
        ):
            yield words.split(" | ")[0]
        case _:
            pass


def test_white_space_between_entities_outside_cdata_is_lost() -> None:
    """Why all text stands in CDATA: the model loses what Moodle loses."""
    outside = read_xml(b"<quiz><text>a &amp; &lt; b</text></quiz>")
    inside = read_xml(b"<quiz><text><![CDATA[a & < b]]></text></quiz>")
    assert outside.children[0].text == "a &< b"
    assert inside.children[0].text == "a & < b"
