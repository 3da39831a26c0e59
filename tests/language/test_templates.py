"""What templates come to, and what is said of wrong ones."""

from __future__ import annotations

from fractions import Fraction

import pytest

from generator.language.template import compile_template
from generator.model.value import Formula, Record
from tests.language import complaint, rendered, source

ENV = {
    "a": 3,
    "b": 4,
    "i": 2,
    "kernel": 5,
    "third": Fraction(1, 3),
    "x": (1, Fraction(1, 2), -2),
    "matrix": ((1, 2), (3, 4)),
    "gate": "tanh",
    "names": Record(entries=(("in", "x"), ("out", "z"))),
    "slope": Formula(latex=r"\sigma'(x)", text="s'(x)"),
}

LATEX = {
    r"\sum_{j=1}^{{{ kernel }}}": r"\sum_{j=1}^{5}",
    r"\frac{{{ a }}}{{{ b }}}": r"\frac{3}{4}",
    r"\frac{{{a}}}{{{b}}}": r"\frac{3}{4}",
    "{{{a}}}": "{3}",
    "{{{{ a }}}}": "{{3}}",
    "x_{{{ i + 1 }}}": "x_{3}",
    "x_{i_{{ i }}}": "x_{i_2}",
    r"\sqrt{{{ a }}^2}": r"\sqrt{3^2}",
    r"w_{\text{in}}^{(l)} {#1}": r"w_{\text{in}}^{(l)} {#1}",
    "{# no comment #}": "{# no comment #}",
    "50{%} of {% 3": "50{%} of {% 3",
    "x_{i_{j}}": "x_{i_{j}}",
    "{}{ {}} }": "{}{ {}} }",
    r"{{% if a > 2 %}\alpha{% else %}\beta{% endif %}}": r"{\alpha}",
    r"x^{{% if a > 2 %}{{ a }}{% endif %}}": "x^{3}",
}

FILLED = {
    "no tags": "no tags",
    "{{ a }} and {{b}}": "3 and 4",
    "{{ -a**2 }}": "-9",
    "{{-a}}": "-3",
    "{{ a / 6 }} {{ third }} {{ -third }}": r"0.5 \frac{1}{3} -\frac{1}{3}",
    "{{ 0.1 * a }}": "0.3",
    "{{ x }} {{ x[1] }}": "(1, 0.5, -2) 0.5",
    "{{ matrix }}": r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
    "{{ names.in }} {{ gate }} {{ a > 2 }}": "x tanh true",
    "{{ slope }}": r"\sigma'(x)",
    "{{ sqrt(2) }}": "1.41421",
    '{{ "%}" }}{{ "}}" }}': "%}}}",
    '{{ "odd" if odd(a) else "even" }}{{ "!" if a > 3 }}': "odd",
    "{{ a + b | words }}": "seven",
    "{{ a | words | capitalize }}": "Three",
    '{{ a }} {{ a | plural("filter", "filters") }}': "3 filters",
    '{{ 1 | plural("filter", "filters") }}': "filter",
    "{{ third | decimals(2) }} {{ a | decimals(1) }}": "0.33 3.0",
    "{{ 0.25 | fraction }} {{ -0.5 | fraction }} {{ a | fraction }}": (
        r"\frac{1}{4} -\frac{1}{2} 3"
    ),
    "{{ a | signed }} {{ -a | signed }} {{ 0 | signed }}": "+3 -3 +0",
    "{{ a | enclosed }} {{ -a | enclosed }}": "3 (-3)",
    "{{ 21 | ordinal }} {{ 12 | ordinal }} {{ 3 | ordinal }}": "21st 12th 3rd",
    "{{ 99_999 | words }}, {{ -40 | words }}": (
        "ninety-nine thousand nine hundred ninety-nine, minus forty"
    ),
    '{{ x | join }}; {{ x | join(" < ") }}': "1, 0.5, -2; 1 < 0.5 < -2",
    "{{ x | row }}{{ x | column }}": (
        r"\begin{pmatrix} 1 & 0.5 & -2 \end{pmatrix}"
        r"\begin{pmatrix} 1 \\ 0.5 \\ -2 \end{pmatrix}"
    ),
    "{{ third | plain }}": "1/3",
    "{% if a < 2 %}x{% elif a < 4 %}y{% else %}z{% endif %}": "y",
    "{% for v in x %}{{ v }}{% if not loop.last %}; {% endif %}{% endfor %}": "1; 0.5; -2",
    "{% for v in x %}{{ loop.index }}/{{ loop.length }} {% endfor %}": "1/3 2/3 3/3 ",
    "{% for p, q in matrix %}{{ p }}-{{ q }} {% endfor %}": "1-2 3-4 ",
    "{% for v in [] %}{{ v }}{% else %}none{% endfor %}": "none",
    "{% for r in matrix %}{% for v in r %}{{ v * a }} {% endfor %}{% endfor %}": "3 6 9 12 ",
    "{% for a in x %}{{ a }} {% endfor %}{{ a }}": "1 0.5 -2 3",
    "one\n{% if true %}\ntwo\n  {% endif %}\nthree": "one\ntwo\nthree",
    "a {%- if true %} b{% endif %}": "a b",
    "last line\n": "last line\n",
}


@pytest.mark.parametrize("text", LATEX)
def test_braces_of_latex_and_of_tags_do_not_meet(text: str) -> None:
    assert rendered(text, **ENV) == LATEX[text]


@pytest.mark.parametrize("text", FILLED)
def test_a_template_is_filled_in(text: str) -> None:
    assert rendered(text, **ENV) == FILLED[text]


COMPLAINTS = r"""
uses {{ filtres }} of {{ a }}
        ^^^^^^^ unknown-name: `filtres` has no value here

{{ a / (b - 4) }}
   ^^^^^^^^^^^ division-by-zero: `/` divides by zero
help: a constraint, or `b != 0 and ...`, can keep such variants out

{{ names }}
   ^^^^^ wrong-type: a record cannot be written
help: its members are in, out

{{ names.on }}
         ^^ unknown-name: there is no member `on` here
help: there are: in, out

{{ a
^^^^ unclosed-tag: this `{{` is not closed by `}}`
help: write `{{ ... }}`; between two braces of LaTeX put a blank: `{ {`

\sqrt{{a} + b}
     ^^^ unclosed-tag: this `{{` is not closed by `}}`
help: write `{{ ... }}`; between two braces of LaTeX put a blank: `{ {`

{{\bf x}}
  ^ syntax: `\` has no meaning in an expression
help: if these braces are LaTeX's, put a blank between them: `{ {`

{% if a %
^^^^^^^^^ unclosed-tag: this `{%` is not closed by `%}`
help: write `{% ... %}`

{{ }}
   ^ syntax: the expression is empty

{{ a b }}
     ^ syntax: an operator is missing before `b`
help: multiplication is written `a * b`

{{ a | wrods }}
       ^^^^^ syntax: a writer must follow `|`
help: did you mean `words`?

{{ a | decimals }}
   ^^^^^^^^^^^^ wrong-arguments: `decimals` does not take 1 argument
help: write `x | decimals(2)`

{{ gate | words }}
   ^^^^^^^^^^^^ wrong-type: `words` needs a number, not a word

1 {% if a > 2 %} 2
  ^^^^^^^^^^^^^^ unclosed-block: this `{% if %}` is not closed
help: write `{% endif %}` where it ends

{% if a %}{% endif %}
      ^ wrong-type: what follows `if` must be true or false, not a number
help: compare it: `n > 0`

{% for v in x %}{% endif %}
                ^^^^^^^^^^^ unopened-block: this `{% endif %}` belongs to no `{% if %}`

{% else %}
^^^^^^^^^^ unopened-block: this `{% else %}` belongs to no `{% if %}` or `{% for %}`

{% if true %}{% else %}{% else %}{% endif %}
                       ^^^^^^^^^^ syntax: a second `{% else %}`

{% if true %}{% else %}{% elif true %}{% endif %}
                       ^^^^^^^^^^^^^^^ syntax: `{% elif %}` cannot follow `{% else %}`

{% if true %}{% endif a %}
             ^^^^^^^^^^^^^ syntax: `a` is one too many

{% for x %}{% endfor %}
^^^^^^^^^^^ syntax: this loop cannot be read
help: write `{% for x in v %}`

{% for v in a %}{% endfor %}
            ^ wrong-type: a loop goes through a vector, not through a number

{% for p, q in x %}{% endfor %}
               ^ wrong-type: each entry must be a vector of 2, and one is a number

{% for if in x %}{% endfor %}
^^^^^^^^^^^^^^^^^ reserved-name: a loop cannot call its entries `if`

{% for v in x %}{{ v }}{% endfor %}{{ v }}
                                      ^ unknown-name: `v` has no value here

{% for v in [] %}{% else %}{{ v }}{% endfor %}
                              ^ unknown-name: `v` has no value here

{% set c = 2 %}
^^^^^^^^^^^^^^^ forbidden-tag: a text has no `{% set %}`
help: there are if, elif, else, endif, for, endfor
"""
CASES = [case.strip("\n") for case in COMPLAINTS.split("\n\n")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.split("\n")[0])
def test_a_wrong_template_is_refused_where_it_is_wrong(case: str) -> None:
    assert complaint(rendered, case.split("\n", maxsplit=1)[0], **ENV) == case


def test_a_complaint_finds_its_line_in_a_text_of_several() -> None:
    text = "The first line,\nthe second {{ a }} {{\n  nowhere }}\nand the last."

    assert complaint(rendered, text, **ENV) == (
        "  nowhere }}\n  ^^^^^^^ unknown-name: `nowhere` has no value here"
    )


def test_a_template_tells_the_paths_that_it_needs() -> None:
    """Names of loops and constants are not needed from outside."""
    template = compile_template(
        source("{{ model.gradient.w }}{% for v in x %}{{ v.a + pi + y }}{% endfor %}{{ v }}")
    )

    assert template.paths == {("model", "gradient", "w"), ("x",), ("y",), ("v",)}
    assert template.names == {"model", "x", "y", "v"}


def test_plain_rendering_writes_values_without_latex() -> None:
    template = compile_template(source("{{ third }} · {{ slope }} · {{ matrix }}"))

    assert template.render_plain(ENV) == "1/3 · s'(x) · ((1, 2), (3, 4))"


def test_templates_of_the_same_text_keep_their_own_places() -> None:
    first, second = source("{{ nope }}"), source("\n{{ nope }}").cut(1, 11)

    assert compile_template(first) == compile_template(second)
    assert compile_template(first).source.line == 1
    assert compile_template(second).source.line == 2


def test_a_block_alone_on_its_line_takes_the_line_with_it() -> None:
    assert rendered("a\n  {% if yes %}\nb\n  {% endif %}\nc", yes=True) == "a\nb\nc"


def test_a_line_of_which_its_blocks_leave_nothing_parts_no_paragraph() -> None:
    text = "a\n{% if yes %}b {% endif %}{% if yes %}b{% endif %}\nc\n\nd"
    assert rendered(text, yes=False) == "a\nc\n\nd"
    assert rendered(text, yes=True) == "a\nb b\nc\n\nd"


def test_a_loop_over_lines_gives_lines() -> None:
    assert rendered("{% for i in x %}\n- {{ i }}\n{% endfor %}\nend", x=(1, 2)) == "- 1\n- 2\nend"


def test_a_line_break_behind_a_block_within_a_line_parts_two_words() -> None:
    assert rendered("a {% if yes %}b.{% endif %}\nc", yes=True) == "a b.\nc"
