"""The tags of a template, checked and numbered, and the text that Jinja is handed instead.

``{{ a / b }}`` becomes ``show(0, s0)`` and ``{% for x in v %}`` becomes ``for s1 in each(1, s0)``:
the numbers are those of the expressions, `Compiled.pieces`; ``s0`` is the environment, ``s1`` the
same with ``x`` and ``loop`` in it. Between Jinja's delimiters we put characters that Unicode keeps
from all texts, so no text of an author's can be taken for a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from generator.language import limits
from generator.language.expression import used_paths
from generator.language.faults import Fault
from generator.language.functions import CONSTANTS, check_counts
from generator.language.nodes import Node
from generator.language.parser import parse_within
from generator.language.tags import Tag, tags
from generator.language.tokens import KEYWORDS
from generator.language.writers import TEMPLATE_FUNCTIONS, WRITERS
from generator.model.dataclass import dataclass

DELIMITERS = {
    "variable_start_string": "\ufdd0",
    "variable_end_string": "\ufdd1",
    "block_start_string": "\ufdd2",
    "block_end_string": "\ufdd3",
    "comment_start_string": "\ufdd4",
    "comment_end_string": "\ufdd5",
}
"""Noncharacters, "intended for process-internal uses" (The Unicode Standard, 23.7)."""

MARK = "\ufdd6"
"""Begins each line of a filled-in text that has a block in the template."""

_RESERVED = re.compile(f"[{''.join(DELIMITERS.values())}{MARK}]")
_EMPTIED = re.compile(rf"{MARK}[^\S\n]*(?:{MARK}[^\S\n]*)*(?:\n|\Z)")
_WORD = re.compile(r"([-+]?)\s*([A-Za-z]\w*)\s*")
_TARGETS = re.compile(r"([^\W\d]\w*(?:\s*,\s*[^\W\d]\w*)*)\s+in\b")

LOOP = "loop"
"""What a loop says of itself: ``loop.index``, ``loop.last``, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An expression in a tag: `bound` are the names of the loops around it.

    `targets` are the names that a ``for`` gives to the entries of its vector.
    """

    tree: Node
    bound: frozenset[str]
    paths: frozenset[tuple[str, ...]]
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """`text` for Jinja, which refers to the `pieces` by number.

    `literals` are the texts around the tags, if these only show values: then nobody needs Jinja.
    """

    text: str
    pieces: tuple[Piece, ...]
    literals: tuple[str, ...] | None

    @cached_property
    def paths(self) -> frozenset[tuple[str, ...]]:
        """The dotted paths that the tags use."""
        return frozenset(path for piece in self.pieces for path in piece.paths)

    @cached_property
    def names(self) -> frozenset[str]:
        """The first of each path."""
        return frozenset(path[0] for path in self.paths)


def compile_blocks(text: str) -> Compiled:
    """Check the tags of `text`; raises Fault at the first that is wrong."""
    if reserved := _RESERVED.search(text):
        raise Fault(
            "forbidden-character",
            f"the character U+{ord(reserved.group()):04X} is not for texts",
            "delete it",
            offset=reserved.start(),
        )
    blocks = _Blocks(text)
    written: list[str] = []
    position, straight = 0, "\r" not in text  # which Jinja would make a line feed
    for tag in tags(text):
        before = text[position : tag.start]
        written += [_marked(before, position == 0) if tag.is_block else before, blocks.tag(tag)]
        position, straight = tag.stop, straight and not tag.is_block
    blocks.expect_closed()
    written.append(text[position:])
    return Compiled(
        text="".join(written),
        pieces=tuple(blocks.pieces),
        literals=tuple(written[::2]) if straight else None,
    )


def _marked(text: str, first: bool) -> str:
    """`text`, which ends at a block, with a mark at the begin of its last line."""
    head, end, tail = text.rpartition("\n")
    return head + end + MARK + tail if end or first else text


def without_empty_lines(text: str) -> str:
    """A filled-in text without the lines of which its blocks have left nothing.

    They would part paragraphs that the author wrote as one. A line that is empty in the template
    stays, and so does a line break behind a block within a line: it parts two words.
    """
    return _EMPTIED.sub("", text).replace(MARK, "") if MARK in text else text


@dataclass(slots=True, kw_only=True)
class _Open:
    """A block that is not closed yet; `names` are those of a loop, while in its body."""

    word: str
    tag: Tag
    names: frozenset[str] = frozenset()
    branches: int = 0
    in_else: bool = False


class _Blocks:
    """Reads tags in order, and keeps which blocks are open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[Piece] = []
        self.open: list[_Open] = []

    def tag(self, tag: Tag) -> str:
        """What Jinja is handed for `tag`."""
        if not tag.is_block:
            call = self.call("show", tag.inner, tag.outer)
            return f"\ufdd0 {call} \ufdd1"
        opening = _WORD.match(self.text, tag.inner, tag.outer)
        word = opening.group(2) if opening else ""
        if opening is None or word not in _WORDS:
            raise self.fault(
                tag,
                "forbidden-tag",
                f"a text has no `{{% {word} %}}`",
                f"there are {', '.join(_WORDS)}",
            )
        after = self.text[tag.outer - 1]
        outer = tag.outer - (after in "-+")
        statement = _WORDS[word](self, tag, opening.end(), outer)
        return f"\ufdd2{opening.group(1)} {statement} {after if after in '-+' else ''}\ufdd3"

    def expect_closed(self) -> None:
        if self.open:
            block = self.open[-1]
            raise self.fault(
                block.tag,
                "unclosed-block",
                f"this `{{% {block.word} %}}` is not closed",
                f"write `{{% end{block.word} %}}` where it ends",
            )

    def fault(self, tag: Tag, code: str, message: str, help_text: str = "") -> Fault:
        return Fault(code, message, help_text, offset=tag.start, length=tag.stop - tag.start)

    @property
    def bound(self) -> frozenset[str]:
        return frozenset().union(*(block.names for block in self.open))

    @property
    def scope(self) -> int:
        return sum(bool(block.names) for block in self.open)

    def call(self, function: str, start: int, stop: int, targets: tuple[str, ...] = ()) -> str:
        """Number the expression in ``text[start:stop]``, and call `function` with it."""
        writers = WRITERS.keys() if function == "show" else None
        try:
            tree = parse_within(self.text, start, stop, writers)
        except Fault as fault:
            if "\\" in self.text[start:stop]:
                fault.help = "if these braces are LaTeX's, put a blank between them: `{ {`"
            raise
        check_counts(tree, TEMPLATE_FUNCTIONS)
        bound = self.bound
        paths = frozenset(path for path in used_paths(tree) if path[0] not in bound)
        self.pieces.append(Piece(tree=tree, bound=bound, paths=paths, targets=targets))
        return f"{function}({len(self.pieces) - 1}, s{self.scope})"

    def opened(self, tag: Tag, word: str, names: frozenset[str] = frozenset()) -> None:
        if len(self.open) == limits.BLOCKS:
            raise self.fault(
                tag, "text-too-deep", f"blocks are nested at most {limits.BLOCKS} levels deep"
            )
        self.open.append(_Open(word=word, tag=tag, names=names))

    def within(self, tag: Tag, word: str, *openers: str) -> _Open:
        """The innermost open block, which must be one of `openers`."""
        if not self.open or self.open[-1].word not in openers:
            needed = " or ".join(f"`{{% {opener} %}}`" for opener in openers)
            raise self.fault(tag, "unopened-block", f"this `{{% {word} %}}` belongs to no {needed}")
        return self.open[-1]

    def nothing(self, tag: Tag, start: int, stop: int) -> None:
        if start < stop:
            raise self.fault(tag, "syntax", f"`{self.text[start:stop].strip()}` is one too many")

    # --- one method for each word; each gives Jinja's statement ---

    def if_(self, tag: Tag, start: int, stop: int) -> str:
        self.opened(tag, "if")
        return f"if {self.call('holds', start, stop)}"

    def elif_(self, tag: Tag, start: int, stop: int) -> str:
        block = self.within(tag, "elif", "if")
        block.branches += 1
        if block.in_else:
            raise self.fault(tag, "syntax", "`{% elif %}` cannot follow `{% else %}`")
        if block.branches > limits.BRANCHES:
            raise self.fault(
                tag, "text-too-deep", f"an `if` has at most {limits.BRANCHES} `{{% elif %}}`"
            )
        return f"elif {self.call('holds', start, stop)}"

    def else_(self, tag: Tag, start: int, stop: int) -> str:
        self.nothing(tag, start, stop)
        block = self.within(tag, "else", "if", "for")
        if block.in_else:
            raise self.fault(tag, "syntax", "a second `{% else %}`")
        block.in_else, block.names = True, frozenset()
        return "else"

    def endif(self, tag: Tag, start: int, stop: int) -> str:
        self.nothing(tag, start, stop)
        self.within(tag, "endif", "if")
        self.open.pop()
        return "endif"

    def for_(self, tag: Tag, start: int, stop: int) -> str:
        head = _TARGETS.match(self.text, start, stop)
        if head is None:
            raise self.fault(tag, "syntax", "this loop cannot be read", "write `{% for x in v %}`")
        targets = tuple(re.split(r"\s*,\s*", head.group(1)))
        for name in targets:
            if name in KEYWORDS or name in CONSTANTS or name == LOOP or targets.count(name) > 1:
                raise self.fault(tag, "reserved-name", f"a loop cannot call its entries `{name}`")
        call = self.call("each", head.end(), stop, targets)
        self.opened(tag, "for", frozenset({*targets, LOOP}))
        return f"for s{self.scope} in {call}"

    def endfor(self, tag: Tag, start: int, stop: int) -> str:
        self.nothing(tag, start, stop)
        self.within(tag, "endfor", "for")
        self.open.pop()
        return "endfor"


_WORDS: dict[str, Callable[[_Blocks, Tag, int, int], str]] = {
    "if": _Blocks.if_,
    "elif": _Blocks.elif_,
    "else": _Blocks.else_,
    "endif": _Blocks.endif,
    "for": _Blocks.for_,
    "endfor": _Blocks.endfor,
}
