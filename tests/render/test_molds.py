"""Templates that are filled through molds give what Jinja gives, whatever they do with a text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from generator.diagnostics import InputError
from generator.model.dataclass import dataclass
from generator.render.molds import Molds
from generator.render.templates import Filter, Templates

QUICK = settings(max_examples=60, deadline=None, derandomize=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style(Templates):
    section: ClassVar[str] = "moodle"
    filters: ClassVar[Mapping[str, Filter]] = {"boxed": lambda text: Markup(f"[{text}]")}  # noqa: S704


def style(folder: Path, template: str) -> Style:
    (folder / "it.j2").write_text(template, "utf-8")
    return Style(words={"hello": "a & {n}"}, folder=folder)


TEMPLATES = {
    "written": "<p>{{ name }}</p>{{ words.hello }}",
    "boxed": "{{ name | boxed }}{{ words.hello | boxed }}",
    "tested": "{% if name %}{{ name }}{% else %}nobody{% endif %}",
    "listed": "{% for item in items %}{{ loop.index }} {{ item }}{% endfor %}",
    "switched": "{{ count }}{% if count == 1 %}{{ name }}{% endif %}",
    "changed": "{{ name | upper }}",
    "compared": "{% if name == 'A' %}yes{% else %}no{% endif %}",
    "asked": "{{ name is string }}{{ name is defined }}",
    "measured": "{{ name | length }}{{ items | join(', ') }}",
    "told": "{{ phrase('hello', n=name) }}",
    "caught": "{% set text %}({{ name }}){% endset %}{{ text }}{{ text | upper }}",
    "method": "{{ name.upper() }}",
}

texts = st.text("aAß<&\"]'{ ", max_size=4)
contexts = st.fixed_dictionaries(
    {
        "name": texts | texts.map(Markup),
        "items": st.lists(texts, max_size=3),
        "count": st.sampled_from([0, 1, True, None]),
    }
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_mold_gives_what_jinja_gives(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    found = style(tmp_path_factory.mktemp("folder"), TEMPLATES[name])
    molds = Molds(found)

    @QUICK
    @given(st.lists(contexts, min_size=2, max_size=6))
    def same(several: list[dict[str, Any]]) -> None:
        for context in several:
            assert molds.fill("it.j2", **context) == found.render("it.j2", **context)

    same()


def test_jinja_fills_a_template_once_for_each_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = style(tmp_path, TEMPLATES["listed"])
    molds = Molds(found)
    asked: list[dict[str, Any]] = []
    render = Style.render

    def noted(self: Style, name: str, /, **given: Any) -> str:
        asked.append(given)
        return str(render(self, name, **given))

    monkeypatch.setattr(Style, "render", noted)
    filled = [molds.fill("it.j2", items=[str(number)] * (1 + number % 2)) for number in range(10)]
    assert filled[8:] == ["1 8", "1 92 9"]
    assert [given["items"] for given in asked] == [["0"], ["1", "1"]]


def test_a_template_that_fails_is_an_input_error_as_ever(tmp_path: Path) -> None:
    molds = Molds(style(tmp_path, "{{ colour }}"))
    for _ in range(2):
        with pytest.raises(InputError, match=r"it\.j2 cannot be filled in: 'colour' is undefined"):
            molds.fill("it.j2", name="a")
