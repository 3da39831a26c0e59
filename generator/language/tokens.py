"""An expression's text as tokens, each with its place.

The signs of mathematics that no keyboard writes the same way, and those of other programming
languages, are refused with the sign that is meant.
"""

from __future__ import annotations

import re
from typing import Literal

from generator.language import limits
from generator.language.faults import Fault
from generator.model.dataclass import dataclass

KEYWORDS = frozenset({"and", "or", "not", "if", "else", "in", "true", "false", "True", "False"})
"""Words that no parameter can be called (a member may: ``names.in``)."""

INSTEAD = {
    "^": "`**` is the power: `n**2`",
    "=": "`==` compares two values",
    "&&": "write `and`",
    "&": "write `and`",
    "||": "write `or`",
    "|": "write `or`",
    "!": "write `not`",
    "×": "write `*`",
    "·": "write `*`",
    "÷": "write `/`",
    "−": "write `-`, the sign on the keyboard",
    "≤": "write `<=`",
    "≥": "write `>=`",
    "≠": "write `!=`",
    "<>": "write `!=`",
    "{": "an expression has no braces; a name stands for its value as it is",
    "}": "an expression has no braces; a name stands for its value as it is",
    "$": "an expression is not LaTeX; write it as in Python",
    "\\": "an expression is not LaTeX; write it as in Python",
    "#": "in YAML a comment begins with ` #`, a blank before it",
}
"""What is meant by signs that are not ours."""

_PATTERN = re.compile(
    r"""(?P<space>\s+)
    | (?P<number>(?:[0-9][0-9_]*(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<name>[^\W\d]\w*)
    | (?P<word>"[^"\n]*"|'[^'\n]*')
    | (?P<sign>\*\*|//|==|!=|<=|>=|<(?!>)|[-+*/%@()\[\],.>])
    | (?P<wrong>&&|\|\||<>|.)""",
    re.VERBOSE | re.DOTALL,
)

Kind = Literal["number", "name", "word", "sign", "keyword", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of an expression; the last one is of kind ``end`` and empty."""

    kind: Kind
    text: str
    offset: int

    @property
    def end(self) -> int:
        """The offset just behind it."""
        return self.offset + len(self.text)


def tokenize(text: str, start: int, stop: int, *, pipes: bool) -> tuple[Token, ...]:
    """The tokens of ``text[start:stop]``, with their places in `text`.

    `pipes` admits the ``|`` of a template's ``{{ n | words }}``. Raises Fault at the first sign
    that belongs to no token.
    """
    if stop - start > limits.EXPRESSION_LENGTH:
        raise Fault(
            "expression-too-long",
            f"an expression has at most {limits.EXPRESSION_LENGTH:,} characters, "
            f"this one has {stop - start:,}",
            "split it: name its pieces under `let`",
            offset=start,
        )
    matches = (m for m in _PATTERN.finditer(text, start, stop) if m.lastgroup != "space")
    tokens = [_token(match, pipes) for match in matches]
    return (*tokens, Token(kind="end", text="", offset=stop))


def _token(match: re.Match[str], pipes: bool) -> Token:
    text, offset = match.group(), match.start()
    kind = match.lastgroup
    if text == "|" and pipes:
        kind = "sign"
    if kind == "wrong":
        _refuse(text, offset)
    if kind == "name" and text in KEYWORDS:
        kind = "keyword"
    return Token(kind=kind, text=text, offset=offset)  # type: ignore[arg-type]  # the groups' names


def _refuse(sign: str, offset: int) -> None:
    if sign in "\"'":
        raise Fault(
            "syntax",
            "this word has no closing quote",
            f"write {sign}word{sign}",
            offset=offset,
        )
    shown = sign if sign.isprintable() else f"U+{ord(sign[0]):04X}"
    raise Fault(
        "syntax",
        f"`{shown}` has no meaning in an expression",
        INSTEAD.get(sign, ""),
        offset=offset,
        length=len(sign),
    )
