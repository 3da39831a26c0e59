"""As much of JSON Schema (draft 2020-12) as ours uses; an unknown keyword is an error.

Our own few lines rather than a library: what is tested is that the schema says the same as the
reader, not how some validator understands it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from generator.model.source import Source, Tree

Schema = dict[str, Any]

TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}
SAYS_NOTHING = {"$schema", "$defs", "title", "description"}


def data(tree: Tree) -> Any:
    """A tree as an editor's YAML 1.2 sees it."""
    if isinstance(tree, Source):
        return tree.text if tree.quoted else _scalar(tree.text)
    if tree.is_list:
        return [data(item) for item in tree.items]
    return {name: data(value) for name, value in tree.fields.items()}


def _scalar(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", text):
        return float(text)
    return None if text in ("", "~", "null") else text


def problems(value: Any, schema: Schema, root: Schema, path: str = "bank") -> list[str]:
    """Where a value is not what the schema says; empty if it is."""
    found: list[str] = []
    for keyword, wanted in schema.items():
        if keyword not in SAYS_NOTHING:
            found += KEYWORDS[keyword](value, wanted, schema, root, path)
    return found


def _type(value: Any, wanted: Any, _: Schema, __: Schema, path: str) -> list[str]:
    names = [wanted] if isinstance(wanted, str) else wanted
    fits = any(TYPES[name](value) for name in names)
    return [] if fits else [f"{path}: {value!r} is no {' or '.join(names)}"]


def _ref(value: Any, wanted: Any, _: Schema, root: Schema, path: str) -> list[str]:
    return problems(value, root["$defs"][wanted.removeprefix("#/$defs/")], root, path)


def _any(value: Any, wanted: Any, _: Schema, root: Schema, path: str) -> list[str]:
    trials = [problems(value, option, root, path) for option in wanted]
    return [] if [] in trials else [f"{path}: fits nothing: {trials}"]


def _one(value: Any, wanted: Any, _: Schema, root: Schema, path: str) -> list[str]:
    trials = [problems(value, option, root, path) for option in wanted]
    return [] if trials.count([]) == 1 else [f"{path}: fits {trials.count([])}: {trials}"]


def _properties(value: Any, wanted: Any, _: Schema, root: Schema, path: str) -> list[str]:
    entries = value.items() if isinstance(value, dict) else ()
    return [
        problem
        for name, member in entries
        if name in wanted
        for problem in problems(member, wanted[name], root, f"{path}.{name}")
    ]


def _others(value: Any, wanted: Any, schema: Schema, root: Schema, path: str) -> list[str]:
    known = schema.get("properties", {})
    others = [n for n in value if n not in known] if isinstance(value, dict) else []
    if wanted is False:
        return [f"{path}: there is no field {name}" for name in others]
    return [p for n in others for p in problems(value[n], wanted, root, f"{path}.{n}")]


def _items(value: Any, wanted: Any, _: Schema, root: Schema, path: str) -> list[str]:
    items = value if isinstance(value, list) else []
    return [p for i, item in enumerate(items) for p in problems(item, wanted, root, f"{path}[{i}]")]


def _names(value: Any, wanted: Any, _: Schema, root: Schema, path: str) -> list[str]:
    names = value if isinstance(value, dict) else {}
    return [problem for name in names for problem in problems(name, wanted, root, path)]


def _when(
    applies: Callable[[Any], bool], holds: Callable[[Any, Any], bool]
) -> Callable[[Any, Any, Schema, Schema, str], list[str]]:
    def check(value: Any, wanted: Any, _: Schema, __: Schema, path: str) -> list[str]:
        fits = not applies(value) or holds(value, wanted)
        return [] if fits else [f"{path}: {value!r} breaks {wanted!r}"]

    return check


KEYWORDS: dict[str, Callable[[Any, Any, Schema, Schema, str], list[str]]] = {
    "type": _type,
    "$ref": _ref,
    "anyOf": _any,
    "oneOf": _one,
    "properties": _properties,
    "additionalProperties": _others,
    "propertyNames": _names,
    "items": _items,
    "enum": _when(lambda _: True, lambda value, wanted: value in wanted),
    "required": _when(TYPES["object"], lambda value, names: all(name in value for name in names)),
    "minProperties": _when(TYPES["object"], lambda value, least: len(value) >= least),
    "maxProperties": _when(TYPES["object"], lambda value, most: len(value) <= most),
    "minItems": _when(TYPES["array"], lambda value, least: len(value) >= least),
    "maxItems": _when(TYPES["array"], lambda value, most: len(value) <= most),
    "uniqueItems": _when(TYPES["array"], lambda value, _: len({*map(repr, value)}) == len(value)),
    "pattern": _when(TYPES["string"], lambda value, pattern: bool(re.search(pattern, value))),
    "maxLength": _when(TYPES["string"], lambda value, most: len(value) <= most),
    "minimum": _when(TYPES["number"], lambda value, least: value >= least),
    "maximum": _when(TYPES["number"], lambda value, most: value <= most),
    "exclusiveMinimum": _when(TYPES["number"], lambda value, bound: value > bound),
}
