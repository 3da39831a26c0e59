"""The student who sits down before a question notices whatever is wrong with its marks."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.render.moodle.attempts import phrases
from tests.render.moodle.harness import export
from tests.render.moodle.importer import Question, import_file
from tests.render.moodle.samples import section
from tests.render.moodle.sitting import parts, sit
from tests.render.moodle.sound import faults
from tests.render.moodle.test_banks import documents

BANK = ("examples/every-part", 0)


@cache
def exported() -> str:
    """A variant with a part of every type."""
    return export(section("five-walks", "Five walks", documents(*BANK)[0])).decode()


def wrong(question: Question) -> list[str]:
    """What the sitting and a look at the question itself find."""
    found = [*faults(question)]
    for outcome in sit(question, parts(documents(*BANK)[0])):
        if outcome.earned != pytest.approx(outcome.expected, abs=1e-6):
            found.append(f"{outcome.attempt.said} earns {outcome.earned}")
        for (_, because), told in zip(outcome.attempt.told, outcome.told, strict=True):
            if not told or not all(phrase in told for phrase in phrases(because)):
                found.append(f"{outcome.attempt.said} is not explained")
    return found


def test_nothing_is_wrong_with_the_question_as_it_is() -> None:
    question, _ = import_file(exported().encode()).questions
    assert wrong(question) == []


# What is changed into what in the file, and words of what is then found.
CHANGED = {
    "the key of a number": (r":NUMERICAL:=(\d)", r":NUMERICAL:=9\1", "earns 0."),
    "the worth of a wrong number": (r"%50%(\d+:0#)", r"%40%\1", "earns 0.9"),
    "the explanation of a wrong number": ("#The last day is missing.", "", "is not explained"),
    "the tolerance of a key": (r":0\.01~", ":0~", "earns 0.9"),
    "the reach of a wrong number": (r"(%50%\d+):0#", r"\1:30#", " overlap"),
    "a word of the key": (r"~=the ", "~=a ", "earns 0.9"),
    "a wrong word that takes the key": (r":SHORTANSWER:=", ":SHORTANSWER:%0%*~=", " takes "),
    "capital letters": ("SHORTANSWER_C", "SHORTANSWER", "earns 1"),
    "a wrong option that is right": (r"%0%(The )", r"=\1", "earns 1"),
    "the fine of one of several": (r"%-33\.33334%", "%-20%", "earns 0.9"),
    "what is forgiven of a fine": (r"%-16\.66667%", "%-50%", "earns 0.9"),
    "a right option of several": (r"=the mean", "%0.0%the mean", "earns 0.9"),
    "a pair": (r"(:MULTICHOICE:)=(.*?)~%0%", r"\1%0%\2~=", "earns 0.9"),
    "the verdict": (
        r"MULTICHOICE_H:(=|%0%)True(.*?)~(=|%0%)False",
        r"MULTICHOICE_H:\3True\2~\1False",
        "earns 0.9",
    ),
    "the worth of a reason": (r"%25%(Both lie)", r"%0%\1", "earns 0.8"),
    "two options alike": (
        "Both lie in the middle of the data.",
        "The median is always the greater one.",
        "look alike",
    ),
    "a hint": (r"(?s)<hint.*</hint>", "", "no hint for a second try"),
    "the penalty": (r"<penalty>0\.\d+", "<penalty>0.5", "tries are worth"),
    "the worked solution": (
        r"(?s)(<generalfeedback format=\"html\"><text><!\[CDATA\[<div lang=\"en\">).*?<p><small>",
        r"\1<p><small>",
        "no worked solution",
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_whatever_is_changed_is_found(what: str) -> None:
    old, new, words = CHANGED[what]
    changed, count = re.subn(old, new, exported(), count=1)
    assert count
    question = import_file(changed.encode()).questions[0]
    try:
        found = wrong(question)
    except AssertionError as error:  # an option that is not there, or twice
        found = [str(error)]
    assert any(words in one for one in found), found


def test_a_weight_that_is_not_in_proportion_is_found() -> None:
    (grade,) = re.findall(r"<defaultgrade>(\d+)</defaultgrade>\s*<penalty>0\.", exported())[:1]
    weight = int(re.findall(r"\{(\d+):NUMERICAL", exported())[0])
    changed = exported().replace(f"{{{weight}:NUMERICAL", f"{{{weight + 6}:NUMERICAL", 1)
    changed = changed.replace(f"<defaultgrade>{grade}<", f"<defaultgrade>{int(grade) + 6}<", 1)
    assert any("earns 0.9" in one for one in wrong(import_file(changed.encode()).questions[0]))
