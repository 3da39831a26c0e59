"""Tokens to the tree of an expression, by precedence climbing.

The grammar and the precedences are those of Python's expressions, as far as they go; loosest first:

====================================  =================================================
``yes if condition else no``          groups to the right
``or``, ``and``, ``not``
``== != < <= > >=``, ``in``           chained: ``0 < x <= 5``
``x | writer(y)``                     in templates only; ``a + b | words`` writes the sum
``+ -``, then ``* / // % @``          group to the left
``-x +x``, then ``**``                ``-x**2`` is ``-(x**2)``; ``**`` groups to the right
``f(x)``, ``x[i]``, ``x.name``         ``A[i, j]`` is ``A[i][j]``
====================================  =================================================

Nesting is bounded while parsing, size afterwards; see `limits`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction

from generator.diagnostics import did_you_mean
from generator.language import limits
from generator.language.faults import Fault
from generator.language.nodes import (
    Binary,
    Call,
    Choice,
    Compare,
    Index,
    Logic,
    Member,
    Name,
    Node,
    Number,
    Truth,
    Unary,
    Vector,
    Word,
    children,
)
from generator.language.tokens import Token, tokenize

CHOICE, OR, AND, NOT, COMPARE, PIPE, SUM, PRODUCT, SIGN = range(9)

BINARY = {
    "+": SUM,
    "-": SUM,
    "*": PRODUCT,
    "/": PRODUCT,
    "//": PRODUCT,
    "%": PRODUCT,
    "@": PRODUCT,
}
LOGIC = {"and": AND, "or": OR}
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in"})
TRUTHS = {"true": True, "True": True, "false": False, "False": False}


def parse(text: str) -> Node:
    """The tree of the expression `text`; raises Fault with its place where it is none."""
    return parse_within(text, 0, len(text))


def parse_within(text: str, start: int, stop: int, writers: Collection[str] | None = None) -> Node:
    """The tree of ``text[start:stop]``, with places in `text`.

    A template gives its `writers`: there a value may be piped through one (``n | words``), and an
    ``if`` without ``else`` gives no text.
    """
    parser = _Parser(tokenize(text, start, stop, pipes=writers is not None), writers)
    tree = parser.expression()
    parser.expect_end()
    _bound(tree)
    return tree


class _Parser:
    """A cursor over the tokens. `expression(level)` reads whatever binds at least as tightly."""

    def __init__(self, tokens: tuple[Token, ...], writers: Collection[str] | None) -> None:
        self.tokens, self.writers = tokens, writers
        self.index, self.depth = 0, 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def take(self) -> Token:
        token = self.token
        self.index += token.kind != "end"
        return token

    def accept(self, *texts: str) -> Token | None:
        """Take the next token if it is one of these signs or keywords."""
        if self.token.kind in ("sign", "keyword") and self.token.text in texts:
            return self.take()
        return None

    def expect(self, text: str, opening: Token) -> Token:
        if token := self.accept(text):
            return token
        raise self.surprise(f"`{opening.text}` at character {opening.offset + 1} needs a `{text}`")

    def expect_end(self) -> None:
        token = self.token
        if token.kind == "end":
            return
        if token.text == "not":
            raise self.surprise("`not` stands before what it denies", "write `not (a == b)`")
        if token.kind == "sign":
            raise self.surprise(f"`{token.text}` is one too many")
        raise self.surprise(
            f"an operator is missing before `{token.text}`", "multiplication is written `a * b`"
        )

    def surprise(self, message: str, help_text: str = "") -> Fault:
        token = self.token
        return Fault(
            "syntax", message, help_text, offset=token.offset, length=max(1, len(token.text))
        )

    def expression(self, level: int = CHOICE) -> Node:
        """Read an expression whose operators bind at least as tightly as `level`."""
        self.depth += 1
        if self.depth > limits.DEPTH:
            raise _too_deep(self.token.offset)
        left = self.operand(level)
        while (longer := self.longer(left, level)) is not None:
            left = longer
        self.depth -= 1
        return left

    def longer(self, left: Node, level: int) -> Node | None:
        """`left` with the operator that follows and its right side; None if none follows."""
        token = self.token
        if token.kind == "sign" and level <= BINARY.get(token.text, -1):
            self.take()
            right = self.expression(BINARY[token.text] + 1)
            return Binary(operator=token.text, left=left, right=right, **_span(left, right))
        if level <= COMPARE and self.comparison_follows():
            return self.comparison(left)
        if token.kind == "keyword" and level <= LOGIC.get(token.text, -1):
            return self.logic(left, token.text, LOGIC[token.text])
        if level <= PIPE and self.accept("|"):
            return self.pipe(left)
        if level <= CHOICE and self.accept("if"):
            return self.choice(left)
        return None

    def pipe(self, left: Node) -> Node:
        name = self.token.text
        if self.writers is None or name not in self.writers:
            known = self.writers or ()
            raise self.surprise(
                "a writer must follow `|`",
                did_you_mean(name, known) or f"one of {', '.join(known)}",
            )
        call = self.name_or_call()
        arguments = call.arguments if isinstance(call, Call) else ()
        return Call(function=name, arguments=(left, *arguments), **_span(left, call))

    def choice(self, yes: Node) -> Node:
        condition = self.expression(OR)
        if self.accept("else"):
            no = self.expression(CHOICE)
        elif self.writers is not None:
            no = Word(value="", offset=condition.offset)
        else:
            raise self.surprise("`if` needs an `else`", "write `a if condition else b`")
        return Choice(condition=condition, yes=yes, no=no, **_span(yes, no))

    def logic(self, left: Node, operator: str, level: int) -> Node:
        values = [left]
        while self.accept(operator):
            values.append(self.expression(level + 1))
        return Logic(operator=operator, values=tuple(values), **_span(left, values[-1]))

    def comparison_follows(self) -> bool:
        token = self.token
        if token.kind == "keyword" and token.text == "not":
            return self.tokens[self.index + 1].text == "in"
        return token.kind in ("sign", "keyword") and token.text in COMPARISONS

    def comparison(self, left: Node) -> Node:
        operators: list[str] = []
        operands = [left]
        while self.comparison_follows():
            token = self.take()
            operators.append("not in" if token.text == "not" and self.accept("in") else token.text)
            operands.append(self.expression(COMPARE + 1))
        return Compare(
            operators=tuple(operators), operands=tuple(operands), **_span(left, operands[-1])
        )

    def operand(self, level: int) -> Node:
        """Read what may stand left of an operator: a signed or denied operand, or a power."""
        token = self.token
        if self.accept("+", "-"):
            value = self.expression(SIGN)
            return Unary(operator=token.text, value=value, **_span(token, value))
        if level <= NOT and self.accept("not"):
            value = self.expression(NOT)
            return Unary(operator="not", value=value, **_span(token, value))
        base = self.postfix(self.atom())
        if self.accept("**"):
            exponent = self.expression(SIGN)
            return Binary(operator="**", left=base, right=exponent, **_span(base, exponent))
        return base

    def postfix(self, value: Node) -> Node:
        while opening := self.accept("[", "."):
            if opening.text == ".":
                name = self.take()
                if name.kind not in ("name", "keyword"):
                    self.index -= name.kind != "end"
                    raise self.surprise("a member's name must follow the dot")
                value = Member(value=value, name=name.text, **_span(value, name))
            else:
                value = self.indexed(value, opening)
        if self.token.text == "(" and self.token.kind == "sign":
            raise self.surprise(
                "only a function can be called", "multiplication is written `a * (b)`"
            )
        return value

    def indexed(self, value: Node, opening: Token) -> Node:
        """Read the rest of ``A[i, j]``, which is ``A[i][j]``."""
        indices = [self.expression()]
        while self.accept(","):
            indices.append(self.expression())
        end = self.expect("]", opening)
        for index in indices:
            value = Index(value=value, index=index, **_span(value, end))
        return value

    def atom(self) -> Node:
        token = self.token
        if token.kind == "number":
            return Number(value=_number(self.take()), **_span(token, token))
        if token.kind == "word":
            self.take()
            return Word(value=token.text[1:-1], **_span(token, token))
        if token.text in TRUTHS and token.kind == "keyword":
            self.take()
            return Truth(value=TRUTHS[token.text], **_span(token, token))
        if token.kind == "name":
            return self.name_or_call()
        if self.accept("("):
            inner = self.expression()
            if self.token.text == ",":
                raise self.surprise("a vector is written in square brackets", "write `[1, 2]`")
            span = _span(token, self.expect(")", token))
            return replace(inner, offset=span["offset"], length=span["length"])
        if self.accept("["):
            items, end = self.items("]", token)
            return Vector(items=items, **_span(token, end))
        raise self.missing_operand()

    def name_or_call(self) -> Name | Call:
        name = self.take()
        if opening := self.accept("("):
            arguments, end = self.items(")", opening)
            return Call(function=name.text, arguments=arguments, **_span(name, end))
        return Name(id=name.text, **_span(name, name))

    def items(self, closing: str, opening: Token) -> tuple[tuple[Node, ...], Token]:
        """Expressions between commas up to `closing`; a comma may follow the last."""
        items: list[Node] = []
        while not (end := self.accept(closing)):
            items.append(self.expression())
            if not self.accept(","):
                end = self.expect(closing, opening)
                break
        return tuple(items), end

    def missing_operand(self) -> Fault:
        token = self.token
        if token.kind == "end":
            empty = len(self.tokens) == 1
            return self.surprise(
                "the expression is empty" if empty else "the expression ends too early"
            )
        if token.text == "not":
            return self.surprise("put what `not` denies in parentheses", "write `(not a) == b`")
        return self.surprise(f"a value is missing before `{token.text}`")


def _span(first: Node | Token, last: Node | Token) -> dict[str, int]:
    end = last.end if isinstance(last, Token) else last.offset + last.length
    return {"offset": first.offset, "length": max(1, end - first.offset)}


def _number(token: Token) -> int | Fraction:
    """The exact value of a written number: ``0.1`` is a tenth."""
    digits, _, exponent = token.text.lower().replace("_", "").partition("e")
    if len(token.text) > limits.NUMBER_LENGTH or abs(int(exponent or 0)) > limits.EXPONENT:
        raise Fault(
            "number-too-large",
            f"a written number has at most {limits.NUMBER_LENGTH} characters and an exponent of "
            f"at most {limits.EXPONENT}",
            "write it as a power",
            offset=token.offset,
            length=len(token.text),
        )
    value = Fraction(digits) * Fraction(10) ** int(exponent or 0)
    return value.numerator if value.denominator == 1 else value


def _too_deep(offset: int) -> Fault:
    return Fault(
        "expression-too-deep",
        f"an expression is nested at most {limits.DEPTH} levels deep",
        "split it: name its pieces under `let`, or write a long sum as `sum([a, b, c])`",
        offset=offset,
    )


def _bound(tree: Node) -> None:
    """Refuse a tree with too many nodes or levels (a long ``a + b + ...`` is a deep tree)."""
    level, depth, count = [tree], 0, 0
    while level:
        depth += 1
        count += len(level)
        if depth > limits.DEPTH:
            raise _too_deep(tree.offset)
        if count > limits.NODES:
            raise Fault(
                "expression-too-long",
                f"an expression has at most {limits.NODES} operands and operators",
                "split it: name its pieces under `let`",
                offset=tree.offset,
                length=tree.length,
            )
        level = [child for node in level for child in children(node)]
