"""Helpers to read the part of a bank that only a solver model understands.

A model is handed the `Branch` below its name. `fields` checks which fields are there, the others
turn a field into expressions; all say precisely where and how to mend what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.diagnostics import Diagnostic, InputError, at, did_you_mean, each
from generator.language.expression import Expression, compile_expression
from generator.model.source import Branch, Source, Tree


def fields(
    branch: Tree, *, required: Iterable[str] = (), optional: Iterable[str] = ()
) -> dict[str, Tree]:
    """The fields of a mapping by name.

    Raises InputError with all findings: not a mapping, unknown fields, missing fields.
    """
    needed = list(dict.fromkeys(required))
    known = [*needed, *dict.fromkeys(optional)]
    if not isinstance(branch, Branch) or branch.is_list:
        found = "a list" if isinstance(branch, Branch) else "a single value"
        names = ", ".join(f"`{name}`" for name in known)
        raise InputError(
            [
                _wrong(
                    branch, "wrong-type", f"fields are expected here, not {found}", f"from {names}"
                )
            ]
        )
    findings = [_unknown(key, known) for key, _ in branch.entries if key and key.text not in known]
    findings += [
        _wrong(branch, "missing-field", f"the field `{name}` is missing", f"add `{name}:`")
        for name in needed
        if name not in branch.fields
    ]
    if findings:
        raise InputError(findings)
    return dict(branch.fields)


def expression(tree: Tree) -> Expression:
    """The expression that a field holds.

    Raises InputError for a mapping, and for text that is no expression.
    """
    return compile_expression(scalar(tree))


def expressions(tree: Tree) -> tuple[Expression, ...]:
    """The expressions of a list; a single one stands for a list of one.

    Raises InputError with all findings.
    """
    if isinstance(tree, Source):
        return (compile_expression(tree),)
    if not tree.is_list and tree.entries:
        raise InputError([_wrong(tree, "wrong-type", "a list is expected here, not fields", "")])
    return each(expression, tree.items)


def scalar(tree: Tree) -> Source:
    """The text of a field that holds a single value; raises InputError for a collection."""
    if isinstance(tree, Source):
        return tree
    found = "a list" if tree.is_list else "fields"
    raise InputError([_wrong(tree, "wrong-type", f"one value is expected here, not {found}", "")])


def _unknown(key: Source, known: Iterable[str]) -> Diagnostic:
    names = list(known)
    listed = f"known here: {', '.join(names)}"
    return at(
        key,
        "unknown-field",
        f"there is no field `{key.text}` here",
        help=did_you_mean(key.text, names) or listed,
    )


def _wrong(where: Tree, code: str, message: str, help_text: str) -> Diagnostic:
    return at(where, code, message, help=help_text)
