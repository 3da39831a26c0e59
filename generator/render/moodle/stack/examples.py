"""How one types a formula: examples in a question's own symbols that say nothing of its key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from generator.model.formula import Cases, Glossary, Indicator, Table, walk
from generator.render.moodle.stack.maxima import is_known

_LETTER = "i"


def examples(glossary: Glossary) -> tuple[tuple[str, str], ...]:
    """What is typed, paired with what it means in LaTeX: a product, an index, a sum, a function."""
    single = next((table for table in glossary.tables if not table.sizes), None)
    indexed = next((table for table in glossary.tables if len(table.sizes) == 1), None)
    argument = (single or indexed or Table(name="x")).name
    return tuple(
        chain(
            _products(argument),
            _indices(indexed),
            _functions(glossary, argument),
            _steps(glossary, argument),
        )
    )


def _products(name: str) -> Iterator[tuple[str, str]]:
    shown = _latex(name)
    yield f"2*{name}^2", f"2{shown}^2"
    yield f"exp(-{name})", f"e^{{-{shown}}}"


def _indices(table: Table | None) -> Iterator[tuple[str, str]]:
    if table is None:
        return
    letter = table.letters[0] if table.letters else _LETTER
    name, shown, size = table.name, _latex(table.name), table.sizes[0]
    yield f"{name}[{letter}]", f"{shown}_{letter}"
    if size > 1:
        yield f"{name}[{letter}+1]", f"{shown}_{{{letter}+1}}"
    body = f"{name}[{letter}]"
    yield (
        f"sum({body},{letter},1,{size})",
        rf"\sum_{{{letter}=1}}^{{{size}}} {shown}_{letter}",
    )


def _functions(glossary: Glossary, name: str) -> Iterator[tuple[str, str]]:
    for function in glossary.functions:
        if not is_known(function.name):
            yield f"{function.name}({name})", f"{_latex(function.name)}({_latex(name)})"


def _steps(glossary: Glossary, name: str) -> Iterator[tuple[str, str]]:
    """A condition, where a function of the question has one in its derivative."""
    inside = (one for function in glossary.functions for one in walk(function.derivative))
    if any(isinstance(one, Indicator | Cases) for one in inside):
        yield f"charfun({name} > 0)", rf"\mathbf{{1}}\{{{_latex(name)} > 0\}}"


def _latex(name: str) -> str:
    """Names of several letters are those of Greek ones."""
    return name if len(name) == 1 else rf"\{name}"
