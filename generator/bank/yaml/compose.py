"""YAML text -> a tree of `Source` and `Branch`, each with its place in the file.

Only PyYAML's parser is used, never its constructors: its events are put together here, so that
every bound holds while reading, no tag means anything, and every scalar stays the text that the
author wrote. Always the parser in Python, not libyaml's, which accepts other files and would make
a bank's meaning depend on how PyYAML was built.

A question mark is hidden from the parser (`STAND_IN`): it would refuse ``{ask: How many?}``, which
is YAML, for the sake of ``? key``, which no bank needs.

What cannot be understood ends the reading; what can (a field given twice) is noted, so that one
run reports it together with all that is found later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from typing import Any, NoReturn

import yaml

from generator.bank.limits import MAX_DEPTH, MAX_NODES, MAX_SCALAR
from generator.bank.yaml.characters import STAND_IN, check_characters
from generator.bank.yaml.scalar import content_begin, place_after, read_scalar
from generator.bank.yaml.syntax import explain
from generator.bank.yaml.traps import (
    comma_trap,
    impossible_escapes,
    key_trap,
    scalar_traps,
    tag_trap,
    template_trap,
)
from generator.diagnostics import Diagnostic, InputError, at, in_file
from generator.model.dataclass import dataclass
from generator.model.source import Branch, Source, SourceFile, Tree

Event = Any
"""PyYAML's; its stubs do not know the fields."""


def compose(file: SourceFile) -> tuple[Tree, tuple[Diagnostic, ...]]:
    """The tree of a file's one document, and what is wrong with it yet could be understood.

    Raises InputError if there is nothing to go on with.
    """
    check_characters(file)
    builder = _Builder(file)
    try:
        for event in yaml.parse(file.text.replace("?", STAND_IN), Loader=yaml.SafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise InputError([*builder.findings, *explain(file, error, builder.last)]) from None
    except (ValueError, OverflowError):
        # PyYAML hands chr() whatever number follows \U.
        raise InputError([*builder.findings, *impossible_escapes(file)]) from None
    return builder.finish()


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet. In a mapping, `key_event` is that of the key whose
    value comes next, and `key` the key itself, unless it was refused.
    """

    event: Event
    nodes_before: int
    entries: list[tuple[Source | None, Tree]] = field(default_factory=list)
    keys: dict[str, Source] = field(default_factory=dict)
    key: Source | None = None
    key_event: Event | None = None
    height: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an alias stands for: the value, its nodes with aliases written out, its height."""

    value: Tree
    nodes: int
    height: int


class _Builder:
    """Puts events together. `_stack` holds the open collections, the innermost last."""

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.findings: list[Diagnostic] = []
        self.last: Event | None = None
        self._broken = False
        self._documents = 0
        self._nodes = 0
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._root: Tree | None = None

    def take(self, event: Event) -> None:
        """Take in the next event."""
        if handler := _HANDLERS.get(type(event)):
            handler(self, event)
        self.last = event

    def finish(self) -> tuple[Tree, tuple[Diagnostic, ...]]:
        """The tree, once all events are in."""
        root = self._root
        if root is None or root == Source(file=self.file, line=0, column=0, text=""):
            root = None
            self._refuse(
                0,
                "empty-bank",
                "this bank is empty",
                "it needs a `title` and `problems`; `gen-quiz new FILE` writes one to start from",
            )
        if root is None or self._broken:
            raise InputError(self.findings)
        return root, tuple(self.findings)

    # --- one method for each kind of event ----------------------------------------------------

    def document(self, event: Event) -> None:
        """A document begins."""
        self._documents += 1
        if self._documents > 1:
            self._stop(
                event.start_mark.index,
                "yaml-documents",
                "a second document begins here; a bank is one",
                "delete the `---`, or make two files",
            )

    def scalar(self, event: Event) -> None:
        """A text, a number, nothing at all: all are texts here."""
        if len(event.value) > MAX_SCALAR:
            self._stop(
                event.start_mark.index,
                "too-large",
                f"this text has {len(event.value):,} characters; a text may have {MAX_SCALAR:,}",
                "is a closing quote missing?" if event.style else "split it",
            )
        self._enter(event, nodes=1, height=0)
        event.value = event.value.replace(STAND_IN, "?")
        value = read_scalar(self.file, event)
        self.findings.extend(scalar_traps(self.file, event))
        self._anchor(event, value, nodes=1, height=0)
        self._put(value, event)

    def begin(self, event: Event) -> None:
        """A list or a mapping begins."""
        self._enter(event, nodes=1, height=1)
        self._anchors.pop(event.anchor, None)
        if self._stack and event.start_mark.index == self._stack[-1].event.start_mark.index + 1:
            self._check_template(event)
        self._stack.append(_Open(event=event, nodes_before=self._nodes - 1))

    def end(self, _: Event) -> None:
        """The innermost list or mapping ends."""
        done = self._stack.pop()
        begin = content_begin(self.file, done.event)
        where = place_after(self.file, done.event.start_mark, begin)
        branch = Branch(
            file=self.file, line=where.line, column=where.column, entries=tuple(done.entries)
        )
        nodes = self._nodes - done.nodes_before
        self._anchor(done.event, branch, nodes=nodes, height=done.height)
        if self._stack:
            self._stack[-1].height = max(self._stack[-1].height, done.height + 1)
        self._put(branch, done.event)

    def alias(self, event: Event) -> None:
        """``*name``: the value that ``&name`` marked."""
        anchored = self._anchors.get(event.anchor)
        if anchored is None:
            self._stop(event.start_mark.index, "yaml-alias", *self._why_no_alias(event.anchor))
        self._enter(event, nodes=anchored.nodes, height=anchored.height)
        if self._stack:
            self._stack[-1].height = max(self._stack[-1].height, anchored.height + 1)
        self._put(anchored.value, event)

    def _check_template(self, event: Event) -> None:
        """``{{`` without quotes is a mapping whose first key is a mapping."""
        if self.file.text.startswith("{{", event.start_mark.index - 1):
            self.findings.append(template_trap(self.file, event.start_mark.index - 1))
            raise InputError(self.findings)

    # --- bounds -------------------------------------------------------------------------------

    def _enter(self, event: Event, *, nodes: int, height: int) -> None:
        """Count a value before it is made, aliases written out; stop at the bounds."""
        index = event.start_mark.index
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            self._stop(
                index,
                "too-large",
                f"with this value the bank has more than {MAX_NODES:,} values",
                "split it into several banks; aliases count as what they stand for",
            )
        if len(self._stack) + height > MAX_DEPTH:
            self._stop(
                index, "too-deep", f"lists and mappings are nested more than {MAX_DEPTH} deep here"
            )

    # --- anchors and tags ---------------------------------------------------------------------

    def _anchor(self, event: Event, value: Tree, *, nodes: int, height: int) -> None:
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(value, nodes, height)
        if event.tag is not None:
            self.findings.append(tag_trap(self.file, event.start_mark.index))
            self._broken = True

    def _why_no_alias(self, name: str) -> tuple[str, str]:
        if any(open_.event.anchor == name for open_ in self._stack):
            return f"`*{name}` stands within the very value that `&{name}` marks", "write it out"
        return (
            f"`*{name}` is an alias for YAML, and nothing above is marked `&{name}`",
            "put a text that begins with `*` in quotes",
        )

    # --- putting values into the innermost collection -----------------------------------------

    def _put(self, value: Tree, event: Event) -> None:
        if not self._stack:
            self._root = value
            return
        top = self._stack[-1]
        if isinstance(top.event, yaml.SequenceStartEvent):
            top.entries.append((None, value))
        elif top.key_event is None:
            self._put_key(top, value, event)
        else:
            self._put_value(top, value, event)

    def _put_key(self, top: _Open, key: Tree, event: Event) -> None:
        top.key, top.key_event = None, event
        if trap := key_trap(self.file, key, event):
            self.findings.append(trap)
            self._broken = True
        elif isinstance(key, Source):
            first = top.keys.get(key.text)
            if first is None:
                top.key = top.keys[key.text] = key
            elif first is key:  # by an alias, which stands elsewhere
                mark = event.start_mark
                alias = replace(key, line=mark.line + 1, column=mark.column + 1, jumps=())
                self.findings.append(_twice(alias, first))
            else:
                self.findings.append(_twice(key, first))

    def _put_value(self, top: _Open, value: Tree, event: Event) -> None:
        key, key_event, top.key_event = top.key, top.key_event, None
        if key is None or key_event is None:
            return
        top.entries.append((key, value))
        between = self.file.text[key_event.end_mark.index : event.start_mark.index]
        if top.event.flow_style and ":" not in between and not key.quoted:
            self.findings.append(comma_trap(self.file, key, key_event.start_mark.index))
            self._broken = True

    # --- findings -----------------------------------------------------------------------------

    def _refuse(self, index: int, code: str, message: str, cure: str = "") -> None:
        """Note what makes the tree useless, and go on to find more."""
        self.findings.append(in_file(self.file, index, code, message, cure))
        self._broken = True

    def _stop(self, index: int, code: str, message: str, cure: str = "") -> NoReturn:
        self._refuse(index, code, message, cure)
        raise InputError(self.findings)


def _twice(key: Source, first: Source) -> Diagnostic:
    return at(
        key,
        "duplicate-key",
        f"`{key.text}` is given in line {first.line} already",
        help="delete one of the two, or rename it",
    )


_HANDLERS: dict[type[Event], Callable[[_Builder, Event], None]] = {
    yaml.DocumentStartEvent: _Builder.document,
    yaml.ScalarEvent: _Builder.scalar,
    yaml.SequenceStartEvent: _Builder.begin,
    yaml.MappingStartEvent: _Builder.begin,
    yaml.SequenceEndEvent: _Builder.end,
    yaml.MappingEndEvent: _Builder.end,
    yaml.AliasEvent: _Builder.alias,
}
