"""Parts that go on with the result of an earlier one: what is right for whoever got that wrong.

``follows: a`` in a part whose answer is ``5 * n``, where (a) asks for ``n``, says that by hand it
is marked with the student's own n: the key is then 5 times that. The answer of the earlier part is
looked for in the answer of the later one, written alike or by names that mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from generator.diagnostics import Diagnostic, InputError, at
from generator.language.expression import Expression, compile_expression
from generator.language.nodes import Name, Node, walk
from generator.model.dataclass import dataclass
from generator.model.part import NumericalSpec, Part
from generator.model.solution import FollowThrough
from generator.model.source import Source
from generator.solver.case import Case
from generator.solver.context import Context
from generator.solver.substitution import substituted


@dataclass(frozen=True, slots=True)
class Follow:
    """What a part follows: letters, and the symbol for each result that its answer shows."""

    answer: Expression | None
    letters: tuple[str, ...]
    symbols: Mapping[str, str]
    places: Mapping[Node, str]

    def through(self, case: Case) -> tuple[FollowThrough, ...]:
        """Each part followed, with the answer as a formula of the student's own results."""
        formula = ""
        if self.answer is not None and self.places:
            formula = substituted(self.answer, case.env, self.places)
        return tuple(
            FollowThrough(
                label=letter,
                symbol=self.symbols.get(letter, "") if formula else "",
                formula=formula if letter in self.symbols else "",
            )
            for letter in self.letters
        )


def compile_follow(part: Part, context: Context, answer: Expression | None = None) -> Follow:
    """What `part` follows, as a formula where `answer` is given.

    Raises InputError where the answer has nothing to do with that of the part followed.
    """
    owners = {
        letter: other
        for other, letters in zip(context.problem.parts, context.problem.letters, strict=True)
        for letter in letters
    }
    meanings = _Meanings(context.definitions.expressions)
    symbols: dict[str, str] = {}
    places: dict[Node, str] = {}
    for followed in part.follows:
        spec = owners[followed.text].spec
        if answer is None or not isinstance(spec, NumericalSpec):
            continue
        earlier = compile_expression(spec.answer)
        answer = _spelled(answer, earlier, context.definitions.expressions, meanings)
        found = [*meanings.alike(earlier.tree, answer.tree)]
        if found:
            symbols[followed.text] = _symbol(earlier.tree, followed.text)
            places.update(dict.fromkeys(found, symbols[followed.text]))
        elif "model" not in answer.names:
            raise InputError([_unrelated(followed, answer, earlier)])
    letters = tuple(followed.text for followed in part.follows)
    return Follow(answer, letters, symbols, places)


def _spelled(
    answer: Expression,
    earlier: Expression,
    definitions: Mapping[str, Expression],
    meanings: _Meanings,
) -> Expression:
    """The answer with its definitions written out, as far as it takes to find the earlier one."""
    tree = answer.tree
    for _ in definitions:
        if next(meanings.alike(earlier.tree, tree), None) is not None:
            return replace(answer, tree=tree)
        tree = _written_out(tree, definitions)
    return answer


def _written_out(node: Any, definitions: Mapping[str, Expression]) -> Any:
    """The tree with each name of a definition replaced by what it stands for, once."""
    if isinstance(node, tuple):
        return tuple(_written_out(item, definitions) for item in node)
    if not isinstance(node, Node):
        return node
    if isinstance(node, Name):
        return definitions[node.id].tree if node.id in definitions else node
    members = {field.name: getattr(node, field.name) for field in fields(node)}
    return replace(node, **{name: _written_out(m, definitions) for name, m in members.items()})


def _unrelated(followed: Source, answer: Expression, earlier: Expression) -> Diagnostic:
    written = earlier.source.text
    message = (
        f"`{answer.source.text}` does not go on with the answer of ({followed.text}), `{written}`"
    )
    cure = f"write `({written})` in it, or define a name for that in `let` and use it in both"
    return at(followed, "unrelated-part", message, help=cure)


def _symbol(earlier: Node, letter: str) -> str:
    """The name of the earlier result if it is a letter, else the capital letter of its part."""
    if isinstance(earlier, Name) and len(earlier.id) == 1:
        return earlier.id
    return letter.upper()


class _Meanings:
    """Numbers for trees: two have the same if they mean the same, definitions written out."""

    def __init__(self, definitions: Mapping[str, Expression]) -> None:
        self._definitions = definitions
        self._numbers: dict[object, int] = {}
        self._named: dict[str, int] = {}

    def alike(self, tree: Node, within: Node) -> Iterator[Node]:
        """The nodes of `within` that mean what `tree` means."""
        wanted = self._number(tree)
        return (node for node in walk(within) if self._number(node) == wanted)

    def _number(self, node: Node) -> int:
        if isinstance(node, Name) and node.id in self._definitions:
            if node.id not in self._named:
                self._named[node.id] = self._number(self._definitions[node.id].tree)
            return self._named[node.id]
        members = (getattr(node, field.name) for field in fields(node) if field.compare)
        form = (type(node), *map(self._form, members))
        return self._numbers.setdefault(form, len(self._numbers))

    def _form(self, member: object) -> object:
        if isinstance(member, tuple):
            return tuple(map(self._form, member))
        return self._number(member) if isinstance(member, Node) else (type(member), member)
