"""Lines of a paragraph are the ones with the least demerits, and no text is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.pdf.linebreak import (
    INFINITE,
    NEVER,
    Box,
    Glue,
    Item,
    Line,
    Penalty,
    break_lines,
)

END: tuple[Item, ...] = (Penalty(NEVER), Glue(0, INFINITE, 0), Penalty(-NEVER))


def words(*widths: float) -> list[Item]:
    """Boxes of these widths with blanks of width 3 (plus 1.5, minus 1) between them."""
    items: list[Item] = []
    for width in widths:
        if items:
            items.append(Glue(3, 1.5, 1))
        items.append(Box(width, 7, 2, None))
    return items


def ends(lines: tuple[Line, ...]) -> list[int]:
    return [line.end for line in lines]


def test_a_paragraph_that_fits_is_one_line_set_at_its_natural_width() -> None:
    items = (*words(10, 10, 10), *END)
    (only,) = break_lines(items, 60)
    assert (only.start, only.end) == (0, 7)
    assert only.ratio == pytest.approx(24 / (INFINITE + 3))


def test_a_line_may_shrink_to_take_in_a_word_that_just_does_not_fit() -> None:
    items = (*words(20, 20, 20, 20), *END)
    first, second = break_lines(items, 65)
    assert (first.end, second.start) == (5, 6)
    assert first.ratio == pytest.approx(-0.5)


def test_the_whole_paragraph_decides_not_the_line() -> None:
    """Four words fit the first line, but then the second would be twice as loose."""
    items = (*words(14, 10, 11, 7, 14, 11, 7, 16, 11), *END)
    lines = break_lines(items, 50)
    assert ends(lines) == [5, 13, 19]
    assert [line.ratio for line in lines[:2]] == [pytest.approx(3.0), pytest.approx(4 / 9)]


def test_a_forced_break_ends_a_line_wherever_it_stands() -> None:
    items = (*words(10), Penalty(NEVER), Glue(0, INFINITE, 0), Penalty(-NEVER), *words(10), *END)
    assert ends(break_lines(items, 50)) == [3, 7]


def test_a_hyphen_is_taken_only_if_the_lines_would_be_too_loose_without_it() -> None:
    hyphen = Penalty(60, 4, flagged=True)
    good = (*words(20, 24), Glue(3, 1.5, 1), Box(10, 7, 2, None), hyphen, Box(10, 7, 2, None), *END)
    assert ends(break_lines(good, 50)) == [3, 9]
    bad = (*words(20, 10), Glue(3, 1.5, 1), Box(12, 7, 2, None), hyphen, Box(12, 7, 2, None), *END)
    assert ends(break_lines(bad, 50)) == [5, 9]


def test_a_word_that_no_line_can_hold_is_overfull_and_not_lost() -> None:
    items = (*words(10, 90, 10), *END)
    lines = break_lines(items, 50)
    assert ends(lines) == [1, 3, 7]
    assert lines[1].ratio == -1


def test_a_ragged_line_is_left_short_before_a_blank_shrinks_or_a_word_is_divided() -> None:
    hyphen = Penalty(60, 4, flagged=True)
    items = (*words(20, 24, 3), hyphen, Box(20, 7, 2, None), *END)
    assert ends(break_lines(items, 56)) == [5, 9]
    assert ends(break_lines(items, 56, rag=10)) == [3, 9]
    tight = (*words(20, 20, 20, 20), *END)
    assert ends(break_lines(tight, 65, rag=30)) == [3, 9]


@given(
    st.lists(st.integers(4, 30), min_size=1, max_size=9),
    st.integers(40, 90),
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_no_other_breaks_have_fewer_demerits(widths: list[int], measure: int) -> None:
    """Compared with all ways to break, for paragraphs that can be set without a rescue."""
    items = (*words(*widths), *END)
    lines = break_lines(items, measure)
    tolerance = next(
        (limit for limit in (1.0, 1.26, 2.5, 6.0) if _cheapest(items, measure, limit) is not None),
        None,
    )
    if tolerance is not None:
        assert _demerits(lines) == pytest.approx(_cheapest(items, measure, tolerance))


@given(st.lists(st.integers(1, 120), min_size=1, max_size=40), st.integers(30, 100))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_every_box_stands_on_exactly_one_line(widths: list[int], measure: int) -> None:
    items = (*words(*widths), *END)
    lines = break_lines(items, measure)
    shown = [i for line in lines for i in range(line.start, line.end) if isinstance(items[i], Box)]
    assert shown == [i for i, item in enumerate(items) if isinstance(item, Box)]
    assert all(before.end <= after.start for before, after in pairwise(lines))


def _cheapest(items: tuple[Item, ...], measure: float, tolerance: float) -> float | None:
    """The least demerits by trying every set of breaks."""
    places = [i for i, item in enumerate(items[:-3]) if isinstance(item, Glue)]
    best: float | None = None
    for chosen in range(2 ** len(places)):
        stops = [p for bit, p in enumerate(places) if chosen >> bit & 1] + [len(items) - 1]
        lines = []
        start = 0
        for stop in stops:
            ratio = _ratio(items[start:stop], measure)
            if not -1 <= ratio <= tolerance:
                break
            lines.append(Line(start, stop, ratio))
            start = stop + 1
        else:
            demerits = _demerits(tuple(lines))
            best = demerits if best is None else min(best, demerits)
    return best


def _ratio(body: tuple[Item, ...], measure: float) -> float:
    glue = [item for item in body if isinstance(item, Glue)]
    width = sum(item.width for item in body if isinstance(item, Box | Glue))
    room = measure - width
    total = sum(g.stretch for g in glue) if room >= 0 else sum(g.shrink for g in glue)
    if total:
        return room / total
    return 0.0 if room == 0 else INFINITE if room > 0 else -INFINITE


def _demerits(lines: tuple[Line, ...]) -> float:
    """Knuth and Plass's, for paragraphs without penalties."""
    total, before = 0.0, 1
    for i, line in enumerate(lines):
        total += (10 + 100 * abs(line.ratio) ** 3) ** 2
        tightness = (
            0 if line.ratio < -0.5 else 1 if line.ratio <= 0.5 else 2 if line.ratio <= 1 else 3
        )
        if i and abs(tightness - before) > 1:
            total += 6_000
        before = tightness
    return total
