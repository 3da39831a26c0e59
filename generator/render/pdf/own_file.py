"""Files that a department edits, read into dataclasses: every mistake is told at its place.

A user's own file may be laid over the shipped one: what it says counts, field by field, and what
it leaves out is as shipped. A finding points into the file that says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import yaml

from generator.diagnostics import Diagnostic, InputError
from generator.model.dataclass import dataclass
from generator.model.source import SourceFile
from generator.render.pdf import declared
from generator.render.pdf.declared import Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Layers:
    """YAML files laid over each other, the last one on top; `content` is what they say together."""

    files: tuple[SourceFile, ...]
    content: Mapping[str, Any]

    @classmethod
    def of(cls, *files: SourceFile) -> Layers:
        """Read the files. Raises InputError for one that is no mapping in YAML."""
        content: dict[str, Any] = {}
        for file in files:
            content = _merged(content, _mapping(file))
        return cls(files, content)

    def finding(self, place: Place, message: str, cure: str = "") -> Diagnostic:
        """A finding at a value: in the topmost file that has it, else where it is missing."""
        found = [(*_node(file, place), rank) for rank, file in enumerate(self.files)]
        _, mark, top = max(found, key=lambda one: (one[0], one[2]))
        file = self.files[top]
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Diagnostic(
            code="style", message=message, help=cure, file=file, line=line, column=column
        )


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings are laid over each other field by field; anything else is replaced."""
    merged = dict(below)
    for key, value in above.items():
        under = below.get(key)
        both = isinstance(value, dict) and isinstance(under, dict)
        merged[key] = _merged(under, value) if both else value  # type: ignore[arg-type]
    return merged


def _mapping(file: SourceFile) -> dict[str, Any]:
    try:
        content = yaml.safe_load(file.text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        message = f"this is no YAML: {error.problem}"
        raise InputError([_at(file, line, column, message)]) from None
    except (yaml.YAMLError, ValueError) as error:  # a date that is none, a number without end
        message = f"this is no YAML: {' '.join(str(error).split())}"
        raise InputError([_at(file, 1, 1, message)]) from None
    if not isinstance(content, dict):
        raise InputError([_at(file, 1, 1, "a mapping is expected here")])
    return content


def _at(file: SourceFile, line: int, column: int, message: str) -> Diagnostic:
    return Diagnostic(code="style", message=message, file=file, line=line, column=column)


def _node(file: SourceFile, place: Place) -> tuple[int, yaml.Mark | None]:
    """How far a file follows a place, and where the last value that it has of it stands."""
    node: yaml.Node | None = yaml.compose(file.text, Loader=yaml.SafeLoader)
    depth = 0
    for step in place:
        inner = _inner(node, step)
        if inner is None:
            break
        node, depth = inner, depth + 1
    return depth, node.start_mark if node else None


def _inner(node: yaml.Node | None, step: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
        found: yaml.Node = node.value[int(step)]
        return found
    return None


def read(kind: type[T], layers: Layers, content: object, above: Place = ()) -> T:
    """The dataclass that `content` describes; `above` is where in the layers it stands.

    Raises InputError with all that is wrong.
    """
    findings: list[Diagnostic] = []

    def report(place: Place, message: str, cure: str) -> None:
        findings.append(layers.finding(place, message, cure))

    value: T = declared.read(kind, content, above, report)
    if findings:
        raise InputError(findings)
    return value
