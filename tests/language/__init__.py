"""How these tests write down a bank's texts, and read what comes of them."""

from __future__ import annotations

from collections.abc import Callable

from generator.diagnostics import InputError
from generator.language.expression import compile_expression
from generator.language.template import compile_template
from generator.model.source import Position, Source, SourceFile


def source(text: str) -> Source:
    """A text that is a bank's first lines."""
    ends = [place for place, sign in enumerate(text) if sign == "\n"]
    jumps = tuple((end + 1, Position(line=n + 2, column=1)) for n, end in enumerate(ends))
    file = SourceFile(name="bank.yaml", text=text)
    return Source(file=file, line=1, column=1, text=text, jumps=jumps)


def value(text: str, **env: object) -> object:
    """What an expression comes to."""
    return compile_expression(source(text)).evaluate(env)


def rendered(text: str, **env: object) -> str:
    """What a template comes to."""
    return compile_template(source(text)).render(env)


def complaint(function: Callable[..., object], text: str, **env: object) -> str:
    """What is said where `function` refuses `text`: the line, what is wrong below it, the help."""
    try:
        result = function(text, **env)
    except InputError as error:
        (finding,) = error.diagnostics
        line = text.split("\n")[finding.line - 1]
        mark = " " * (finding.column - 1) + "^" * finding.length
        mend = f"\nhelp: {finding.help}" if finding.help else ""
        return f"{line}\n{mark} {finding.code}: {finding.message}{mend}"
    raise AssertionError(f"{text!r} gives {result!r}")


def code(function: Callable[..., object], text: str, **env: object) -> str:
    """The code of the finding where `function` refuses `text`."""
    try:
        result = function(text, **env)
    except InputError as error:
        (finding,) = error.diagnostics
        return finding.code
    raise AssertionError(f"{text!r} gives {result!r}")
