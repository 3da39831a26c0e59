"""A cursor over the tokens of a response."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from generator.language.faults import Fault
from generator.marking import limits
from generator.marking.formulas.tokens import Token

OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")
CLOSED_BY = dict(zip((*OPENING, "|"), (*CLOSING, "|"), strict=True))


class Cursor:
    """Where a reader is, and how deep."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = list(tokens)
        self.index, self.depth = 0, 0

    @property
    def token(self) -> Token:
        """The next token; the last is the end, and stays."""
        return self.tokens[self.index]

    @property
    def following(self) -> Token:
        """The token behind the next one."""
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Take the next token."""
        token = self.token
        self.index += token.kind != "end"
        return token

    def put_back(self, *names: str) -> None:
        """Let these names be read next: what is left of a run of letters."""
        rest = [Token(kind="name", text=name, glued=True) for name in names if name]
        self.tokens[self.index : self.index] = rest

    def sees(self, *signs: str) -> bool:
        """Whether one of these signs comes next."""
        return self.token.kind == "sign" and self.token.text in signs

    def accept(self, *signs: str) -> Token | None:
        """Take the next token if it is one of these signs."""
        return self.take() if self.sees(*signs) else None

    def expect(self, sign: str) -> None:
        """Take a sign that must come. Raises Fault if another does."""
        if not self.accept(sign):
            raise self.surprise(f"a `{sign}` is missing")

    def surprise(self, message: str, cure: str = "") -> Fault:
        """The Fault of what comes next."""
        found = "at the end" if self.token.kind == "end" else f"before `{self.token.text}`"
        return Fault("unreadable", f"{message} {found}", cure)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level further down. Raises Fault where that is too deep."""
        self.depth += 1
        if self.depth > limits.DEPTH:
            raise Fault("too-deep", "too much stands in each other", "write the formula in pieces")
        yield
        self.depth -= 1

    def inside(self) -> list[tuple[int, int]]:
        """The places of the tokens up to where the open parenthesis closes, and how deep each is.

        The next token is the first inside, on level 1.
        """
        found, depth = list[tuple[int, int]](), 1
        for place in range(self.index, len(self.tokens) - 1):
            token = self.tokens[place]
            depth -= token.kind == "sign" and token.text in CLOSING
            if depth == 0:
                break
            found.append((place, depth))
            depth += token.kind == "sign" and token.text in OPENING
        return found
