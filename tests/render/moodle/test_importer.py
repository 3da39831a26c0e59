"""The model of the importer has teeth: each rule refuses a file that breaks it, and only that."""

from __future__ import annotations

import re

import pytest

from tests.render.moodle import samples
from tests.render.moodle.harness import export
from tests.render.moodle.importer import Refused, import_file, read_xml

GOOD = export(*samples.sections()).decode()

# Each line: what is changed into what, and words of the rule that must be named.
BROKEN = [
    ("<quiz>", "<quizz>", "parse error"),
    ("</quiz>", "\x01</quiz>", "parse error"),
    ("</quiz>", "&nbsp;</quiz>", "parse error"),
    (r"(?s)<quiz>(.*)</quiz>", r"<q>\1</q>", "a root other than `<quiz>`"),
    (r"<!\[CDATA\[assignment4\]\]>", "assignment4", "CDATA in every <text>"),
    ('<questiontext format="html">', "<questiontext>", "everywhere"),
    (r"CDATA\[number · #1", r"CDATA[x \\(a<b\\)", "Tags are stripped"),
    (r"CDATA\[number · #1", "CDATA[" + "n" * 256, "over 255 characters"),
    ("<idnumber>number-1<", "<idnumber><text>number-1</text><", "without a `<text>` child"),
    ("<idnumber>number-1<", "<idnumber>" + "n" * 101 + "<", "over 100 characters crashes"),
    ("<idnumber>cnn-layer-12<", "<idnumber>cnn-layer-731<", "becomes NULL"),
    ("<defaultgrade>1<", "<defaultgrade><", "`<defaultgrade>` empty"),
    ("<penalty>0.3333333<", "<penalty><", "`<penalty>` empty crashes"),
    ('<answer fraction="50"', '<answer fraction="49"', "rejects the file"),
    ('<answer fraction="50"', '<answer fraction="40"', "wrong sum"),
    (r"<text><!\[CDATA\[false\]\]>", "<text><![CDATA[False]]>", "`true` and `false`"),
    ("<single>true<", "<single>True<", "`<single>`"),
    (r"<!\[CDATA\[option 0\]\]>", "<![CDATA[]]>", "two non-empty answers"),
    (r"CDATA\[0.333333333333333\]", "CDATA[1/3]", "Silently corrupted"),
    (r"CDATA\[0.333333333333333\]", "CDATA[0,333]", "Silently corrupted"),
    (r"CDATA\[0.333333333333333\]", "CDATA[−3]", "Silently corrupted"),
    ("<tolerance>0.005<", "<tolerance>5%<", "tolerance"),
    ("<responseformat>editor<", "<responseformat>html<", "responseformat"),
    (r"(?s)<hint format=\"html\">.*?</text>", '<hint format="html"><text></text>', "`<hint/>`"),
    (r"<tag><text><!\[CDATA\[cnn\]\]></text>", "<tag>cnn", "one <text>"),
    (r'name="figure-[0-9a-f]+\.svg"', 'name="figure 1.svg"', "names of"),
    (r"(?s)<file .*?</file>", "", "A missing file is not reported"),
    (r'<file (name="[^"]+") path="/" encoding="base64">', r"<file \1>", "base64"),
    (r"top/Assignment 4/A number", "top/Assignment 4/" + "c" * 256, "crashes"),
    (r"top/Assignment 4/A number", "top/Assignment 4/A <b>number", "tags are stripped"),
    (r"\$course\$/top/Assignment 4\]", "Assignment 4]", "`$course$/top/A/B`"),
    (r"<info format=\"html\"><text>", '<info format="html"><texts>', "parse error"),
    (r"= 520\\\]", r"= 520", "a broken formula"),
    (r"= 520\\\]", r"<b>= 520</b>\\]", "a broken formula"),
    ("= 520", "= $$ 520", "dollars"),
    (r"<p><strong>\(a\)</strong>", "<p><strong>(a)</em>", "HTML that is valid"),
    (r'alt="Six[^"]+"', 'alt=""', "a picture without words"),
    (r'src="@@PLUGINFILE@@/', 'src="https://x.org/', "a picture from elsewhere"),
    (r"<img ([^>]*)>", r"<object \1></object>", "unknown element <object>"),
    (r"\{2:NUMERICAL:", "{2:numerical:", "Types in upper case"),
    (r"\{2:NUMERICAL:=", "{2:NUMERICAL:=+", "refused"),
    (r"\{2:NUMERICAL:=520", "{2:NUMERICAL:=520,5", "refused"),
    (r"\{2:NUMERICAL:=", "{2:NUMERICAL:", "needs a 100 % answer"),
    (r"\{2:MULTICHOICE_VS:", "{2:MULTICHOICE:", "Dropdowns"),
    (r"\\circ", "{#1}", "is taken for a gap"),
    (r"sum_\{i=1\\\}", "sum_{i=1}", "needs a 100 % answer"),
    (r"<sup>2</sup>\.", r"\\(x^2\\)", "a pop-up typesets no math"),
]


def test_the_unbroken_file_is_imported() -> None:
    import_file(GOOD.encode())


@pytest.mark.parametrize(("old", "new", "rule"), BROKEN, ids=[line[1][:30] for line in BROKEN])
def test_a_file_that_breaks_a_rule_is_refused(old: str, new: str, rule: str) -> None:
    broken, changes = re.subn(old, new, GOOD, count=1)
    assert changes
    assert broken != GOOD
    with pytest.raises(Refused) as refused:
        import_file(broken.encode())
    assert rule in str(refused.value)


def test_white_space_between_entities_outside_cdata_is_lost() -> None:
    """Why all text stands in CDATA: the model loses what Moodle loses."""
    outside = read_xml(b"<quiz><text>a &amp; &lt; b</text></quiz>")
    inside = read_xml(b"<quiz><text><![CDATA[a & < b]]></text></quiz>")
    assert outside.children[0].text == "a &< b"
    assert inside.children[0].text == "a & < b"
