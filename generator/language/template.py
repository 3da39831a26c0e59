"""Templates: `compile_template` reads one, `Template.render` fills it in.

A template is text with Jinja's tags: ``{{ value }}``, ``{% if %} {% elif %} {% else %}
{% endif %}`` and ``{% for x in vector %} {% else %} {% endfor %}`` (with ``loop.index``,
``loop.last``, ...). What stands in a tag is an expression of `generator.language.expression`, with
its exact arithmetic and its bounds; a value may be piped through a writer, ``{{ n | words }}``
(see `writers`).

How it works. `tags` finds the tags. Each expression becomes a tree of our own, and Jinja is handed
the text with nothing in its tags but the number of a tree: ``{{ show(3, s0) }}``. So Jinja's
sandbox does what it is good at, text and blocks, and never compiles a word of an author's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from generator.language import limits
from generator.language.arithmetic import kind
from generator.language.blocks import (
    DELIMITERS,
    LOOP,
    Compiled,
    Piece,
    compile_blocks,
    without_empty_lines,
)
from generator.language.evaluate import evaluate
from generator.language.faults import Fault, located
from generator.language.frame import Budget
from generator.language.nodes import Name
from generator.language.numbers import latex, plain
from generator.language.operators import truth
from generator.language.patterns import literal
from generator.language.writers import TEMPLATE_FUNCTIONS
from generator.model.dataclass import dataclass
from generator.model.source import Source
from generator.model.value import Record

_JINJA = SandboxedEnvironment(
    undefined=jinja2.StrictUndefined,
    autoescape=False,  # the text is Markdown; each renderer escapes what it writes
    keep_trailing_newline=True,
    cache_size=0,
    **DELIMITERS,
)
_JINJA.globals.clear()
_JINJA.filters.clear()
_JINJA.tests.clear()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A compiled template. Two are equal if their texts are."""

    source: Source
    compiled: Compiled = field(compare=False, repr=False)

    @property
    def paths(self) -> frozenset[tuple[str, ...]]:
        """The dotted paths its tags use (``("model", "parameters")``, ``("kernel",)``).

        Neither here nor among `names` are constants or the names of its loops.
        """
        return self.compiled.paths

    @property
    def names(self) -> frozenset[str]:
        """The first of each path."""
        return self.compiled.names

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The expressions in its tags, in order, each with the names of the loops around it."""
        return self.compiled.pieces

    def render(self, env: Mapping[str, object]) -> str:
        """The text where the names have these single values, which are written as LaTeX.

        Raises InputError at the tag that has no value.
        """
        return self._render(env, latex)

    def render_plain(self, env: Mapping[str, object]) -> str:
        """The same with values in plain text, for a variant's name or a file's."""
        return self._render(env, plain)

    def render_pattern(self, env: Mapping[str, object]) -> str:
        """The same as a pattern (see `patterns`): what is a star in a value is no wildcard."""
        return self._render(env, lambda value: literal(plain(value)))

    def _render(self, env: Mapping[str, object], write: Callable[[object], str]) -> str:
        if not self.pieces:
            return self.source.text
        return _Rendering(self, write).text(env)


def compile_template(source: Source) -> Template:
    """The template that `source` spells; raises InputError where it spells none."""
    try:
        return Template(source=source, compiled=_compiled(source.text))
    except Fault as fault:
        raise located(fault, source) from fault


# What does not depend on where a text stands is kept by text. Jinja takes milliseconds for each,
# and many templates of a bank are only checked, so it is asked when one is first rendered.
_compiled = lru_cache(maxsize=4_000)(compile_blocks)
_jinja = lru_cache(maxsize=4_000)(_JINJA.from_string)


class _Rendering:
    """What Jinja calls from the tags, for one rendering."""

    def __init__(self, template: Template, write: Callable[[object], str]) -> None:
        self.template, self.write = template, write
        self.budget = Budget()

    def text(self, env: Mapping[str, object]) -> str:
        chunks: list[str] = []
        length = 0
        for chunk in self.chunks(env):
            chunks.append(chunk)
            length += len(chunk)
            if length > limits.OUTPUT_LENGTH:
                raise located(_TOO_LONG, self.template.source)
        return without_empty_lines("".join(chunks))

    def chunks(self, env: Mapping[str, object]) -> Iterable[str]:
        """The text in pieces; by Jinja where there are blocks in it, which takes much longer."""
        compiled = self.template.compiled
        if compiled.literals is None:
            jinja = _jinja(compiled.text)
            return jinja.generate(show=self.show, holds=self.holds, each=self.each, s0=env)
        return self.straight(compiled.literals, env)

    def straight(self, literals: Iterable[str], env: Mapping[str, object]) -> Iterator[str]:
        """The literal texts, each but the last with the value behind it."""
        first, *others = literals
        yield first
        for number, behind in enumerate(others):
            yield self.show(number, env)
            yield behind

    def show(self, number: int, scope: Mapping[str, object]) -> str:
        """``{{ value }}``."""
        try:
            value = self.value(number, scope)
            if isinstance(value, Record):
                known = ", ".join(value.members())
                raise Fault("wrong-type", "a record cannot be written", f"its members are {known}")
            return self.write(value)
        except Fault as fault:
            raise self.located(number, fault) from fault

    def holds(self, number: int, scope: Mapping[str, object]) -> bool:
        """``{% if condition %}``."""
        try:
            value = self.value(number, scope)
            return bool(truth(value, "what follows `if`"))
        except Fault as fault:
            raise self.located(number, fault) from fault

    def each(self, number: int, scope: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
        """``{% for x in vector %}``: the scope of each turn."""
        try:
            value = self.value(number, scope)
            if not isinstance(value, tuple):
                raise Fault(
                    "wrong-type", f"a loop goes through a vector, not through {kind(value)}"
                )
            self.budget.spend(limits.TURN * len(value))
            targets = self.template.pieces[number].targets
            for index, item in enumerate(value):
                yield {**scope, **_bound(targets, item), LOOP: _loop(index, len(value))}
        except Fault as fault:
            raise self.located(number, fault) from fault

    def value(self, number: int, scope: Mapping[str, object]) -> object:
        tree = self.template.pieces[number].tree
        if isinstance(tree, Name):
            value = scope.get(tree.id)
            if value is not None and not isinstance(value, tuple):  # a single step
                self.budget.spend(1)
                return value
        source = self.template.source
        return evaluate(tree, source, scope, (), functions=TEMPLATE_FUNCTIONS, budget=self.budget)

    def located(self, number: int, fault: Fault) -> Exception:
        tree = self.template.pieces[number].tree
        return located(fault, self.template.source, offset=tree.offset, length=tree.length)


def _bound(targets: tuple[str, ...], item: object) -> Mapping[str, object]:
    if len(targets) == 1:
        return {targets[0]: item}
    if not isinstance(item, tuple) or len(item) != len(targets):
        raise Fault(
            "wrong-type", f"each entry must be a vector of {len(targets)}, and one is {kind(item)}"
        )
    return dict(zip(targets, item, strict=True))


def _loop(index: int, length: int) -> Record:
    return Record(
        entries=(
            ("index", index + 1),
            ("index0", index),
            ("first", index == 0),
            ("last", index == length - 1),
            ("length", length),
        )
    )


_TOO_LONG = Fault("output-too-long", f"this text grows past {limits.OUTPUT_LENGTH:,} characters")
