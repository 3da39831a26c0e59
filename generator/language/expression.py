"""Expressions: `compile_expression` reads one, `Expression.evaluate` gives its exact value.

An expression is written as in Python (see `parser` for the grammar, `functions` for what can be
called). Numbers are exact: ``0.1`` is a tenth, ``/`` gives an integer or a fraction, and an
irrational result is a `generator.language.reals.Real`. Nothing an author writes is ever executed:
text becomes a tree of `nodes`, and `evaluate` knows what each of them means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache

from generator.language.evaluate import evaluate
from generator.language.faults import Fault, located
from generator.language.functions import CONSTANTS, FUNCTIONS, check_counts
from generator.language.nodes import Call, Node, path, paths, walk
from generator.language.parser import parse
from generator.model.dataclass import dataclass
from generator.model.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A compiled expression. Two are equal if their texts are.

    `paths` are the dotted paths it uses (``("model", "parameters")``, ``("kernel",)``), `names`
    the first of each: what it needs from its environment. `functions` are those it calls, known
    or not. Constants such as ``pi`` are in none of them. `path` is the whole of an expression that
    is no more than a path, else None.
    """

    source: Source
    tree: Node = field(compare=False)
    paths: frozenset[tuple[str, ...]] = field(compare=False)
    names: frozenset[str] = field(compare=False)
    functions: frozenset[str] = field(compare=False)
    path: tuple[str, ...] | None = field(compare=False)

    def evaluate(self, env: Mapping[str, object]) -> object:
        """The value where the names have these values.

        A value of `env` is single (`Value`, `Formula`, a `Namespace`) or a column: a 1-D array
        with one value for each of many variants, all equally long. (Vectors may also come as a
        tuple of columns.) If a column takes part, the result is a column too: bool, int64 where
        that holds all, else object.
        Raises InputError at the place of an unknown name, a wrong type, or a division by zero.
        """
        return evaluate(self.tree, self.source, env, self.names)


def compile_expression(source: Source) -> Expression:
    """The expression that `source` spells; raises InputError where it spells none."""
    try:
        tree, used, functions, whole = _compiled(source.text)
    except Fault as fault:
        raise located(fault, source) from fault
    names = frozenset(path[0] for path in used)
    return Expression(
        source=source, tree=tree, paths=used, names=names, functions=functions, path=whole
    )


@lru_cache(maxsize=10_000)
def _compiled(
    text: str,
) -> tuple[Node, frozenset[tuple[str, ...]], frozenset[str], tuple[str, ...] | None]:
    """What does not depend on where the text stands: tree, paths, functions, the whole path."""
    tree = parse(text)
    check_counts(tree, FUNCTIONS)
    calls = (node.function for node in walk(tree) if isinstance(node, Call))
    return tree, used_paths(tree), frozenset(calls), path(tree)


def used_paths(tree: Node) -> frozenset[tuple[str, ...]]:
    """The dotted paths of `tree`, without constants."""
    return frozenset(path for path, _ in paths(tree) if path[0] not in CONSTANTS)
