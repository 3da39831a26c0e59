"""What a teacher finds after importing a file."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from generator.model.form import Heading
from generator.model.solution import NumericalKey
from generator.render.moodle import render
from tests.render.moodle import nasty, page, samples
from tests.render.moodle.harness import export, import_sections, question, questions
from tests.render.moodle.importer import import_file
from tests.render.moodle.samples import section


def test_every_question_type_survives_the_import_as_it_was_meant() -> None:
    """The model of the importer refuses whatever Moodle would reject, crash on or change."""
    bank = import_sections(*samples.sections())
    assert [question.type for question in bank.questions] == [
        *("cloze", "cloze", "cloze", "cloze", "essay", "numerical", "multichoice"),
        *("multichoice", "multichoice", "truefalse", "truefalse", "essay", "essay"),
    ]


def test_nasty_text_survives_the_import_everywhere() -> None:
    bank = import_sections(nasty.nasty_section())
    cloze, essay = bank.questions
    for html in (cloze.text.html, cloze.solution.html, essay.text.html, essay.marking.html):  # type: ignore[union-attr]
        assert nasty.NASTY in page.shown(html)
        assert nasty.LATEX in page.formulas(html)
    assert page.shown(bank.categories[cloze.category]).count(nasty.NASTY) == 1


def test_each_problem_has_its_own_category_below_the_assignments() -> None:
    bank = import_sections(
        section("one", "A/B", samples.cnn()), section("two", "a/b", samples.lstm())
    )
    assert list(bank.categories) == [
        "Assignment 4",
        "Assignment 4 > A/B",
        "Assignment 4 > a/b (two)",
        "Assignment 4 > a/b (two) (written)",
    ]


def test_a_category_says_what_is_asked_of_how_many_variants_and_with_which_seed() -> None:
    bank = import_sections(samples.sections()[0])
    assert page.line(bank.categories["Assignment 4 > Convolutional neural network"]) == (
        "Count the weights of a layer and the size of its output. Marked by Moodle. Use "
        '"add a random question" with this category. Variants: 1,296 in all; the ones here were '
        "drawn with seed 42. Parameters: filters: 6, 8, 16, 20 or 32 kernel: 3 to 7 in steps of 2"
    )


def test_the_assignments_category_shows_the_heading_and_the_instructions() -> None:
    heading = replace(samples.HEADING, instructions=nasty.every_block())
    data = b"".join(render(heading, (), samples.STYLE))
    shown = page.shown(import_file(data).categories["Assignment 4"])
    assert "Introduction to Deep Learning · Benny Chen · 2023-11-30" in shown
    assert nasty.NASTY in shown
    assert "[Six inputs" in shown, "a category keeps no files, so a figure is described"


def test_a_heading_without_anything_but_a_title_will_do() -> None:
    data = b"".join(render(Heading(title="Quiz"), (), samples.STYLE))
    assert list(import_file(data).categories) == ["Quiz"]


def test_questions_are_named_numbered_and_tagged() -> None:
    first, second = import_sections(samples.sections()[0]).questions
    assert first.name == "CNN layer · 28×28 · 20 filters of 5×5 · #731"
    assert (first.idnumber, second.idnumber) == ("cnn-layer-731", "cnn-layer-12")
    assert first.tags == ("assignment4", "cnn-layer", "cnn", "Convolution", "easy")


def test_several_parts_stay_together_in_one_cloze_question() -> None:
    (found,) = questions(samples.backprop())
    assert [gap.type for gap in found.gaps] == ["NUMERICAL", "MULTICHOICE_VS", "MULTICHOICE_VS"]
    assert [gap.weight for gap in found.gaps] == [1, 2, 3]


def test_a_justified_verdict_is_marked_by_moodle_and_by_hand() -> None:
    marked, essay = questions(samples.lstm())
    assert [gap.type for gap in marked.gaps] == ["MULTICHOICE_H", "MULTICHOICE_VS"] * 2
    assert [gap.weight for gap in marked.gaps] == [1, 2, 1, 2]
    assert essay.type == "essay"
    assert essay.mark == 6
    assert essay.name == marked.name + " (written)"
    assert essay.category == marked.category + " (written)"
    assert essay.idnumber == marked.idnumber + "-written"


def test_the_marker_of_an_essay_sees_key_solution_rubric_and_mistakes() -> None:
    _, essay = questions(samples.lstm())
    assert essay.marking is not None
    shown = page.line(essay.marking.html)
    assert shown.startswith(
        r"(a) False 3 points With \(x_t = 0\) and \(h_{t-1} = 1\), \(h_t = \tanh(c_t)/2 < 1\). "
        r"Marking: 1 point: the verdict 2 points: the value of \(\sigma(0)\) "
        r"Mistakes to look for: Then \(i_t = f_t = o_t = 0\), so nothing passes."
    )
    assert "A gate of 1 copies the state. (still worth 25%)No gate is 1" in shown


def test_an_essays_box_begins_with_the_letters_of_its_parts() -> None:
    _, essay = questions(samples.lstm())
    assert essay.template is not None
    box = page.line(essay.template.html)
    assert box == "(a) True / False, because (b) True / False, because"


def test_parts_that_only_a_person_can_mark_are_asked_apart_and_in_their_context() -> None:
    marked, essay = questions(nasty.everything())
    assert marked.name.endswith("#3 (a–f)")
    assert essay.name.endswith("#3 (written) (e, g, h)")
    assert (marked.idnumber, essay.idnumber) == ("nasty-3-abcdef", "nasty-3-written-egh")
    shown = page.shown(essay.text.html)
    assert "(a)" in shown
    assert shown.count("You need not answer this part here.") == 5


def test_a_single_part_uses_the_type_that_moodle_has_for_it() -> None:
    key = NumericalKey(value=Fraction(7), tolerance=Fraction(0))
    assert question(samples.numerical(key)).type == "numerical"
    assert question(samples.choice((True, False))).type == "multichoice"
    assert question(samples.true_false()).type == "truefalse"
    assert question(samples.essay()).type == "essay"


def test_a_formula_without_known_mistakes_is_derived_for_a_person_to_mark() -> None:
    """A choice needs two options."""
    (found,) = questions(samples.expression())
    assert found.type == "essay"


def test_a_verdict_without_known_wrong_reasons_is_marked_alone() -> None:
    marked, essay = questions(samples.true_false(explain=True))
    assert (marked.type, essay.type) == ("truefalse", "essay")


def test_the_worked_solution_is_the_general_feedback() -> None:
    assert page.line(question(samples.cnn()).solution.html) == (
        r"(a) \(520\) Every filter has one weight for each pixel it covers, and a bias: "
        r"\[20 \times (5 \times 5 + 1) = 520\] (b) \(24\) px \[28 - 5 + 1 = 24\] Variant CNN-0731"
    )


def test_the_solution_of_a_choice_names_options_and_not_letters() -> None:
    """Moodle shuffles."""
    several = samples.choice((True, False, True), multiple=True)
    solution = question(several).solution.html
    assert page.line(solution) == "Key: option 0option 2 For a reason. Variant CHO-0001"


def test_hints_first_send_back_and_then_name_what_others_found() -> None:
    first, second = question(samples.cnn()).hints
    assert "Not yet." in first.html
    assert page.line(second.html) == (
        r"Still not. These numbers are often found, and wrong: (a) \(500\): Each filter also has "
        r"one bias weight: \(5 \times 5 + 1\) and not \(5^{2}\). (a) \(299520\): The filter's "
        r"weights are shared by all positions. (b) \(23\): The first position counts too."
    )


def test_hints_do_not_leave_the_right_option_as_the_only_one() -> None:
    (hint,) = question(samples.choice((True, False, False))).hints
    assert "Not yet." in hint.html


def test_a_figure_travels_in_the_file_with_its_description() -> None:
    found = question(samples.backprop())
    ((name, content),) = found.text.files.items()
    assert name.startswith("figure-")
    assert content.startswith(b"<svg ")
    assert 'alt="Six inputs x1 to x6, four hidden units &amp; one output z' in found.text.html


def test_points_are_shown_where_moodles_own_marks_agree_with_them() -> None:
    assert "(2\u00a0points)" in page.shown(question(samples.cnn()).text.html)
    shown = page.shown(question(nasty.everything()).text.html)
    assert "point)" not in shown, "half a point and its third make whole weights something else"


def test_the_same_documents_give_the_same_bytes() -> None:
    assert export(*samples.sections()) == export(*samples.sections())
