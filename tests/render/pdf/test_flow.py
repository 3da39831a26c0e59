"""Pages end where it costs least, and what belongs together stays together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.render.pdf.flow import Page, paginate
from generator.render.pdf.strips import FREE, NEVER, PARAGRAPH, TOGETHER, WITHIN, Strip


def strip(height: float, cut: int = FREE, gap: float = 0) -> Strip:
    return Strip(height=height, cut=cut, gap=gap)


def counts(pages: tuple[Page, ...]) -> list[int]:
    return [len(page.strips) for page in pages]


def test_no_strips_are_no_pages() -> None:
    assert paginate((), 100, 100) == ()


def test_the_gap_above_a_strip_is_dropped_at_the_top_of_a_page() -> None:
    first, second = paginate([strip(60, gap=9), strip(60, gap=9)], 100, 100)
    assert (first.tops, second.tops) == ((0.0,), (0.0,))


def test_gaps_within_a_page_count() -> None:
    (page,) = paginate([strip(40), strip(40, gap=20)], 100, 100)
    assert page.tops == (0.0, 60.0)
    assert counts(paginate([strip(40), strip(41, gap=20)], 100, 100)) == [1, 1]


def test_the_first_page_may_be_higher_than_the_others() -> None:
    assert counts(paginate([strip(50)] * 5, 150, 100)) == [3, 2]


def test_a_heading_is_never_the_last_on_a_page() -> None:
    strips = [strip(70), strip(20), strip(30, NEVER)]
    assert counts(paginate(strips, 100, 100)) == [1, 2]


def test_a_part_goes_to_the_next_page_with_its_answer_space() -> None:
    strips = [strip(60), strip(20), strip(40, TOGETHER)]
    assert counts(paginate(strips, 100, 100)) == [1, 2]


def test_what_should_stay_together_is_parted_only_if_no_page_can_hold_it() -> None:
    strips = [strip(20), strip(90, TOGETHER)]
    assert counts(paginate(strips, 100, 100)) == [1, 1]


def test_no_line_of_a_paragraph_stands_alone() -> None:
    """Lines 1 and 2, and the last two, stay together, so that five lines part as 3 and 2."""
    lines = [strip(20, PARAGRAPH), strip(20, NEVER), strip(20, WITHIN), strip(20, WITHIN)]
    lines.append(strip(20, NEVER))
    assert counts(paginate([strip(20), *lines], 100, 100)) == [4, 2]


@pytest.mark.parametrize(("line", "expected"), [(15, [1, 4]), (20, [3, 2])])
def test_a_paragraph_is_torn_only_if_much_of_the_page_would_be_empty(
    line: float, expected: list[int]
) -> None:
    costs = (PARAGRAPH, NEVER, WITHIN, NEVER)
    strips = [strip(98 - 2 * line), *(strip(line, cost) for cost in costs)]
    assert counts(paginate(strips, 100, 100)) == expected


def test_a_new_part_is_a_better_beginning_than_a_new_paragraph_for_a_little_white() -> None:
    assert counts(paginate([strip(85), strip(10), strip(50, PARAGRAPH)], 100, 100)) == [1, 2]
    assert counts(paginate([strip(70), strip(25), strip(50, PARAGRAPH)], 100, 100)) == [2, 1]


def test_earlier_pages_are_filled_before_later_ones() -> None:
    assert counts(paginate([strip(30)] * 7, 100, 100)) == [3, 3, 1]


def test_a_strip_that_no_page_can_hold_has_one_of_its_own() -> None:
    assert counts(paginate([strip(10), strip(300), strip(10)], 100, 100)) == [1, 1, 1]


_strips = st.lists(
    st.builds(
        strip,
        st.integers(5, 60),
        st.sampled_from([FREE, PARAGRAPH, WITHIN, TOGETHER, NEVER]),
        st.integers(0, 12),
    ),
    min_size=1,
    max_size=12,
)


@given(_strips, st.integers(60, 160), st.integers(60, 160))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_pages_hold_all_strips_in_order_and_none_is_overfull(
    strips: list[Strip], first: int, later: int
) -> None:
    pages = paginate(strips, first, later)
    assert [strip for page in pages for strip in page.strips] == strips
    for i, page in enumerate(pages):
        bottom = page.tops[-1] + page.strips[-1].height
        assert bottom <= (later if i else first) + 1e-6


@given(_strips, st.integers(60, 160))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_no_page_could_end_more_cheaply(strips: list[Strip], height: int) -> None:
    """Cutting costs what the next strip says, emptiness a thousand for its square."""
    rest = strips
    for page in paginate(strips, height, height):
        price = _price(rest, len(page.strips), height)
        prices = [_price(rest, count, height) for count in range(1, len(rest) + 1)]
        assert price == min(found for found in prices if found is not None)
        rest = rest[len(page.strips) :]
    assert not rest


def _price(strips: list[Strip], count: int, height: float) -> float | None:
    """What a page of so many strips costs; nothing if it holds all, None if it is overfull."""
    page = strips[:count]
    filled = sum(strip.height + strip.gap for strip in page) - page[0].gap
    if filled > height + 1e-6 and count > 1:
        return None
    if count == len(strips):
        return 0.0
    return strips[count].cut + 1_000 * (1 - min(filled, height) / height) ** 2
