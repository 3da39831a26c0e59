r"""LaTeX commands: ``\frac``, names with a backslash, and names in another face."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.language.faults import Fault
from generator.marking.formulas.cursor import OPENING
from generator.marking.formulas.tokens import Token
from generator.model.formula import Quotient, Term, constant

if TYPE_CHECKING:  # each reads what stands in the other
    from generator.marking.formulas.reader import Reader


def read(reader: Reader) -> Term:
    """What a command makes. Raises Fault for one that is not known."""
    command = reader.take().text
    if command in _COMMANDS:
        return _COMMANDS[command](reader)
    if not reader.vocabulary.knows(command):
        raise Fault("unknown-command", f"`\\{command}` is not a command that is read here")
    return reader.named(command)


def _fraction(reader: Reader) -> Term:
    r"""``\frac{a}{b}``, also ``\frac12``."""
    return Quotient(above=_piece(reader), below=_piece(reader))


def _piece(reader: Reader) -> Term:
    """A group in braces, or a single digit or name."""
    if reader.sees("{"):
        return reader.group()
    digits = reader.token.text
    if reader.token.kind == "number" and len(digits) > 1 and digits.isdigit():
        reader.tokens[reader.index] = Token(kind="number", text=digits[1:])
        return constant(int(digits[0]))
    with reader.deeper():
        return reader.operand()


def _name(reader: Reader) -> Term:
    r"""``\mathbf{x}`` is x, ``\operatorname{clip}`` a function."""
    reader.accept("*")
    opened = reader.accept("{")
    token = reader.take()
    if opened:
        reader.expect("}")
    if token.kind not in ("name", "command"):
        raise reader.surprise("a name is missing")
    if token.kind == "name":
        reader.put_back(token.text)
        return reader.name()
    return reader.named(token.text)


def _one_or_name(reader: Reader) -> Term:
    r"""``\mathbf{1}\{a > b\}`` is an indicator, ``\mathbf{x}`` a name."""
    place = reader.index + reader.sees("{")
    if reader.tokens[place].text != "1":
        return _name(reader)
    opened = reader.accept("{")
    reader.take()
    if opened:
        reader.expect("}")
    reader.accept("_")
    if not reader.sees(*OPENING):
        raise reader.surprise("the condition of the indicator is missing")
    return reader.group()


def _derivative(_: Reader) -> Term:
    raise Fault("derivative", "a formula without derivatives is asked for", "write it out")


_COMMANDS: Mapping[str, Callable[[Reader], Term]] = MappingProxyType(
    dict.fromkeys(("frac", "dfrac", "tfrac"), _fraction)
    | dict.fromkeys(("operatorname", "mathrm", "mathit", "mathsf", "text", "textit"), _name)
    | dict.fromkeys(("mathbf", "mathbb", "boldsymbol", "bm", "bf"), _one_or_name)
    | dict.fromkeys(("partial", "nabla"), _derivative)
)
"""Commands with a grammar of their own."""
