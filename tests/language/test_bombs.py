"""A bank from a stranger can at worst be refused: known escapes and bombs."""

from __future__ import annotations

import pytest

from tests.language import code, rendered, value

EXPRESSIONS = {
    # far too large
    "9**9**9": "number-too-large",
    "(-1/3)**(10**9)": "number-too-large",
    "1e999999999": "number-too-large",
    "9" * 1000: "number-too-large",
    "10**1000 * 10**1000": "number-too-large",
    "1 / 10**1000 / 10**1000": "number-too-large",
    "exp(10**9)": "number-too-large",
    "exp(exp(exp(9)))": "number-too-large",
    "sqrt(2)**(10**9)": "number-too-large",
    "sigmoid(-10**9)": "number-too-large",
    "factorial(10**6)": "wrong-value",
    "factorial(-1)": "wrong-value",
    "binomial(10**9, 10**8)": "wrong-value",
    "round(1/3, 10**9)": "wrong-value",
    "lcm(2**4000, 3**2500 + 1)": "number-too-large",
    "range(10**9)": "vector-too-long",
    "[range(900), range(900)]": "vector-too-long",
    "[range(100), range(100)][0] @ [range(100)]": "different-lengths",
    # repetition, as in Python
    "[1] * 10**9 == [1] * 10**9 * [range(999), range(999)]": "vector-too-long",
    "max(" + "sum(range(990) + range(990)), " * 40 + "1)": "too-much-work",
    "sum(exp(range(900) / 7) + exp(range(900) / 11))": "too-much-work",
    "transpose([range(300)]) @ [range(300)]": "vector-too-long",
    '"a" * 10**9': "wrong-type",
    '"a" + "a"': "wrong-type",
    # far too deep
    "(" * 10_000: "expression-too-long",
    "(" * 1_000 + "1" + ")" * 1_000: "expression-too-long",
    "(" * 500 + "1" + ")" * 500: "expression-too-deep",
    "[" * 500 + "]" * 500: "expression-too-deep",
    "-" * 1_000 + "1": "expression-too-deep",
    "not " * 400 + "true": "expression-too-deep",
    "2**" * 400 + "2": "expression-too-deep",
    "1+" * 900 + "1": "expression-too-deep",
    "1 if true else " * 100 + "1": "expression-too-deep",
    "x" + "[0]" * 500: "expression-too-deep",
    "x" + ".a" * 500: "expression-too-deep",
    "[" + "1," * 900 + "]": "expression-too-long",
    "[" * 9 + "]" * 9: "vector-too-deep",
    # Python that is none of ours
    "__import__('os')": "unknown-function",
    "open('/etc/passwd')": "unknown-function",
    "eval('1')": "unknown-function",
    "().__class__": "syntax",
    "''.__class__": "wrong-type",
    "[].__class__.__base__.__subclasses__()": "syntax",
    "1 .real": "wrong-type",
    "lambda: 1": "syntax",
    "[x for x in y]": "syntax",
    "{1: 2}": "syntax",
    "(x := 1)": "syntax",
    "f'{1}'": "syntax",
    "max(*x)": "syntax",
    "max(x=1)": "syntax",
    "x[0:1]": "syntax",
    "1; 2": "syntax",
    "`1`": "syntax",
    "1 @ 2": "wrong-type",
    "__builtins__": "unknown-name",
    "\x00": "syntax",
    "\ud800": "syntax",
}

TEMPLATES = {
    # Jinja's known ways out
    "{{ ''.__class__ }}": "wrong-type",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}": "syntax",
    "{{ x['__class__'] }}": "wrong-type",
    "{{ x.__init__.__globals__ }}": "wrong-type",
    "{{ self }}": "unknown-name",
    "{{ self.__init__ }}": "unknown-name",
    "{{ cycler }}": "unknown-name",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}": "syntax",
    "{{ lipsum.__globals__ }}": "unknown-name",
    "{{ joiner }}{{ namespace }}": "unknown-name",
    "{{ config }}": "unknown-name",
    "{{ request|attr('application') }}": "syntax",
    "{{ x|map('upper') }}": "syntax",
    "{{ s0 }}": "unknown-name",
    "{{ show(0, s0) }}": "unknown-function",
    "{{ loop }}": "unknown-name",
    "{{ caller() }}": "unknown-function",
    "{{ '%s'|format(x) }}": "syntax",
    "{{ '%1000000000d' % 1 }}": "wrong-type",
    "{{ 'a'.join(x) }}": "syntax",
    "{% set x = 1 %}": "forbidden-tag",
    "{% include 'x' %}": "forbidden-tag",
    "{% import 'os' as os %}": "forbidden-tag",
    "{% extends 'x' %}": "forbidden-tag",
    "{% macro m() %}{% endmacro %}": "forbidden-tag",
    "{% call m() %}{% endcall %}": "forbidden-tag",
    "{% filter upper %}{% endfilter %}": "forbidden-tag",
    "{% with %}{% endwith %}": "forbidden-tag",
    "{% block b %}{% endblock %}": "forbidden-tag",
    "{% raw %}{% endraw %}": "forbidden-tag",
    "{% autoescape true %}{% endautoescape %}": "forbidden-tag",
    "{% do x %}": "forbidden-tag",
    "{% print x %}": "forbidden-tag",
    "{% for i in x recursive %}{% endfor %}": "syntax",
    "{% for i in x if i %}{% endfor %}": "syntax",
    "{% for loop in [1] %}{% endfor %}": "reserved-name",
    # far too much
    "{{ range(10**9) }}": "vector-too-long",
    "{% for i in range(10**9) %}{% endfor %}": "vector-too-long",
    "{{ 'a' * 10**9 }}": "wrong-type",
    "{{ 9**9**9 }}": "number-too-large",
    "{{ ((((" * 1_000: "unclosed-tag",
    "{{ " + "(" * 1_000 + "1" + ")" * 900 + " }}": "expression-too-deep",
    "{% if true %}" * 50 + "{% endif %}" * 50: "text-too-deep",
    "{% if true %}" + "{% elif true %}" * 500 + "{% endif %}": "text-too-deep",
    "{% for i in range(900) %}{% for j in range(900) %}{% endfor %}{% endfor %}": "too-much-work",
    "{% for i in range(900) %}{{ sum(range(900)) }}{% endfor %}": "too-much-work",
    "{% for i in range(900) %}" + "a" * 1_000 + "{% endfor %}": "output-too-long",
    "a" * 100_000: "template-too-long",
    # characters that are not for texts
    "\ufdd0 show(0, s0) \ufdd1": "forbidden-character",
    "{{ '\ufdd3' }}": "forbidden-character",
}


@pytest.mark.parametrize("text", EXPRESSIONS, ids=lambda text: text[:40])
def test_an_expression_cannot_escape_or_explode(text: str) -> None:
    assert code(value, text, x=1) == EXPRESSIONS[text]


@pytest.mark.parametrize("text", TEMPLATES, ids=lambda text: text[:40])
def test_a_template_cannot_escape_or_explode(text: str) -> None:
    assert code(rendered, text, x=1) == TEMPLATES[text]
