"""Banks from a stranger: known escapes and bombs, each refused with a finding, none run.

Each attack is a whole bank. It is read, its variants are numbered, one of each problem is solved
and composed, as `gen-quiz check` does; where the attack is only text, the text must come out as it
was written.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.bank.yaml import decode
from generator.diagnostics import InputError
from generator.pipeline.check import check
from tests.commands import gen_quiz

BANK = """\
title: Innocent
problems:
  - id: sum
    title: A sum
    parameters: {{a: {{min: 1, max: 9}}}}
    stem: |
      Let $a = {{{{ a }}}}$. {stem}
    parts:
      - ask: What is twice that?
        numerical: {answer}
"""

EXPRESSIONS = {
    # what `eval`, `sympify` and `parse_expr` fall for
    "__import__('os').system('id')": "syntax",
    "eval('1')": "unknown-function",
    "exec('x=1')": "unknown-function",
    "open('/etc/passwd').read()": "syntax",
    "().__class__.__bases__[0].__subclasses__()": "syntax",
    "a.__class__": "unknown-member",
    "a.__class__.__mro__[1].__subclasses__()[104].load_module('os')": "syntax",
    "getattr(a, '__class__')": "unknown-function",
    "globals()": "unknown-function",
    "[c for c in ().__class__.__base__.__subclasses__()]": "syntax",
    "lambda: 1": "syntax",
    "(x := 1)": "syntax",
    "f'{a}'": "syntax",
    "Symbol('x').func": "unknown-function",
    "Function('os')('x')": "syntax",
    "sympify('1')": "unknown-function",
    "S(__import__('os'))": "unknown-function",
    "`id`": "syntax",
    "a; import os": "syntax",
    # bombs
    "9**9**9**9": "number-too-large",
    "2**(2**(2**(2**9)))": "number-too-large",
    "factorial(10**9)": "wrong-value",
    "sum(range(10**12))": "vector-too-long",
    "exp(10**30)": "number-too-large",
}
TEMPLATES = {
    # what Jinja's sandbox was once escaped by
    "{{ ''.__class__.__mro__[1].__subclasses__() }}": "syntax",
    "{{ a.__class__ }}": "unknown-member",
    "{{ self.__init__.__globals__ }}": "unknown-name",
    "{{ self._TemplateReference__context }}": "unknown-name",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}": "syntax",
    "{{ lipsum.__globals__['os'] }}": "unknown-name",
    "{{ request.application }}": "unknown-name",
    "{{ config }}": "unknown-name",
    "{{ '%s' % a.__class__ }}": "unknown-member",
    "{{ '{0.__class__}'.format(a) }}": "syntax",
    "{{ a|attr('__class__') }}": "syntax",
    "{{ [a]|map('attr', '__class__') }}": "syntax",
    "{% import 'os' as os %}": "forbidden-tag",
    "{% include '/etc/passwd' %}": "forbidden-tag",
    "{% extends 'base' %}": "forbidden-tag",
    "{% set x = cycler %}": "forbidden-tag",
    "{% macro m() %}{% endmacro %}": "forbidden-tag",
    "{% for x in range(10**9) %}x{% endfor %}": "vector-too-long",
    "{% for x in range(900) %}{% for y in range(900) %}x{% endfor %}{% endfor %}": "too-much-work",
    "{{ 'a' * 10**9 }}": "wrong-type",
}
LATEX = {
    r"$\input{/etc/passwd}$": "bad-formula",
    r"$\write18{id}$": "bad-formula",
    r"$\def\x{\x\x}\x$": "bad-formula",
    r"$\href{javascript:alert(1)}{x}$": "bad-formula",
    r"$\includegraphics{/etc/passwd}$": "bad-formula",
    "$" + r"\sqrt{" * 1_500 + "x" + "}" * 1_500 + "$": "bad-formula",
    "![](figure:../../etc/passwd)": "no-model",
}
_LAUGHS = "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
YAML = {
    "!!python/object/apply:os.system ['id']": "yaml-tag",
    "title: !!python/name:os.system": "yaml-tag",
    "title: !!python/object/new:type {args: [z, [], {}]}": "yaml-tag",
    "title: !include /etc/passwd": "yaml-tag",
    "title: &a [*a]": "yaml-alias",
    "a: &a [lol]\n" + _LAUGHS: "too-large",
    "title: " + "[" * 100_000: "too-deep",
    "- " * 50_000 + "x": "too-deep",
    "title: x\n<<: {problems: 1}": "yaml-key",
    "title: '" + "x" * 600_000 + "'": "too-large",
    "title: x\0": "control-character",
    "title: x\nsections: [{title: A, problems: [{bank: ../a.yaml, problem: a}]}]": "wrong-value",
    "title: x\nsections: [{title: A, problems: [{bank: b, problem: a}]}]": "unreadable-bank",
}


def codes(text: str) -> list[str]:
    """What is found in a bank that must be refused."""
    with pytest.raises(InputError) as refused:
        check(decode("stranger.yaml", text.encode()), id="stranger", samples=1)
    return [finding.code for finding in refused.value.diagnostics]


@pytest.mark.parametrize("attack", EXPRESSIONS)
def test_an_expression_never_becomes_code_or_a_bomb(attack: str) -> None:
    quoted = '"' + attack.replace('"', '\\"') + '"'
    assert codes(BANK.format(stem="", answer=quoted))[0] == EXPRESSIONS[attack]


@pytest.mark.parametrize("attack", TEMPLATES)
def test_a_template_reaches_nothing_but_the_parameters(attack: str) -> None:
    assert codes(BANK.format(stem=attack, answer="2*a"))[0] == TEMPLATES[attack]


@pytest.mark.parametrize("attack", LATEX, ids=lambda attack: attack[:30])
def test_a_formula_draws_and_does_nothing_else(attack: str) -> None:
    assert codes(BANK.format(stem=attack, answer="2*a"))[0] == LATEX[attack]


@pytest.mark.parametrize("attack", YAML, ids=lambda attack: attack[:30])
def test_yaml_is_read_without_tags_and_within_bounds(attack: str) -> None:
    assert YAML[attack] in codes(attack)


def test_forty_attacks_at_least_are_known() -> None:
    assert len(EXPRESSIONS) + len(TEMPLATES) + len(LATEX) + len(YAML) >= 40


def test_html_and_links_stay_text(tmp_path: Path) -> None:
    """What a browser would run is escaped wherever it ends up."""
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    (tmp_path / "stranger.yaml").write_text(BANK.format(stem=hostile, answer="2*a"), "utf-8")
    run = gen_quiz("stranger.yaml", "--seed", "1", "--forms", "1", "--variants", "2", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    xml = (tmp_path / "out" / "stranger" / "moodle.xml").read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in xml
    for running in ("<script", "<img src=x", "<a "):
        assert running not in xml
