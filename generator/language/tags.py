r"""Where the tags of a template are, among the braces of LaTeX.

Both Jinja and LaTeX write braces, and in a bank they meet in every line. The rules:

- ``{{ ... }}`` is a value. In a run of more braces the innermost two are the tag, the others are
  LaTeX: ``\frac{{{ a }}}{{{ b }}}`` is ``\frac{3}{4}``.
- ``{% word ... %}`` is a block; ``{%`` before anything but a word is text.
- ``{#`` is text, and there are no comments: YAML has its own.
- A tag has no braces inside, but in quotes. So a ``{{`` that LaTeX meant is found out at once
  (``\sqrt{{a} + b}``), and the message says to write ``{ {``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.language import limits
from generator.language.faults import Fault
from generator.model.dataclass import dataclass

_OPENING = re.compile(r"\{+%(?=[-+]?\s*[A-Za-z])|\{\{+")
_WITHIN = re.compile(r"""[^{}%"']+|"[^"\n]*"|'[^'\n]*'|%(?!\})|["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag of a template: ``text[start:stop]``, with its content ``text[inner:outer]``."""

    is_block: bool
    start: int
    stop: int

    @property
    def inner(self) -> int:
        """Where the content begins."""
        return self.start + 2

    @property
    def outer(self) -> int:
        """Where the content ends."""
        return self.stop - 2


def tags(text: str) -> Iterator[Tag]:
    """The tags of a template, in order; raises Fault at one that is not closed."""
    if len(text) > limits.TEMPLATE_LENGTH:
        raise Fault(
            "template-too-long",
            f"a text has at most {limits.TEMPLATE_LENGTH:,} characters, this one has {len(text):,}",
        )
    position = 0
    while opening := _OPENING.search(text, position):
        is_block = opening.group().endswith("%")
        start = opening.end() - 2
        position = _closed(text, start, "%}" if is_block else "}}")
        yield Tag(is_block=is_block, start=start, stop=position)


def _closed(text: str, start: int, closing: str) -> int:
    """The end of the tag that begins at `start`."""
    position = start + 2
    while within := _WITHIN.match(text, position):
        position = within.end()
    if text.startswith(closing, position):
        return position + 2
    opening = text[start : start + 2]
    hint = "" if opening == "{%" else "; between two braces of LaTeX put a blank: `{ {`"
    line = text.find("\n", start)
    raise Fault(
        "unclosed-tag",
        f"this `{opening}` is not closed by `{closing}`",
        f"write `{opening} ... {closing}`{hint}",
        offset=start,
        length=min(position, line if line >= 0 else position) - start,
    )
