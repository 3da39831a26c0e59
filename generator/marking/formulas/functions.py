"""Functions with their arguments: ``s(a)``, ``s'(a)``, ``tanh^2(a)``, ``ln h``, ``sqrt[3]{a}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.language.faults import Fault
from generator.marking.formulas.cursor import OPENING
from generator.marking.formulas.names import MATHEMATICS
from generator.model.formula import Call, Power, Quotient, Term, Vector, constant

if TYPE_CHECKING:  # each reads what stands in the other
    from generator.marking.formulas.reader import Reader


def read(reader: Reader, name: str) -> Term:
    """What stands behind a function's name."""
    function = name if name in reader.vocabulary.functions else MATHEMATICS[name]
    derived = 0
    while reader.accept("'"):
        derived += 1
    if derived > 1:
        raise Fault("function", "only first derivatives of functions are read")
    exponent = reader.exponent() if reader.accept("^") else None
    degree = reader.group() if function == "sqrt" and reader.sees("[") else None
    arguments = _arguments(reader, name)
    term: Term = Call(function=function, arguments=arguments, derived=derived)
    if degree is not None:
        term = Power(base=arguments[0], exponent=Quotient(above=constant(1), below=degree))
    return term if exponent is None else reader.raised(term, exponent)


def _arguments(reader: Reader, name: str) -> tuple[Term, ...]:
    """What a function is applied to: in parentheses, or one name or number behind it."""
    if reader.sees(*OPENING):
        inside = reader.group()
        return inside.items if isinstance(inside, Vector) else (inside,)
    if reader.token.kind not in ("number", "name", "command"):
        raise reader.surprise(f"`{name}` needs an argument", f"write {name}(a)")
    with reader.deeper():
        argument = reader.power()
    if reader.token.kind in ("number", "name", "command"):
        raise Fault("ambiguous-argument", f"how far `{name}` reaches is not clear", f"{name}(a)")
    return (argument,)
