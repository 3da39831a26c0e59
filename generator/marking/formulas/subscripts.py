"""What stands below a symbol: ``_i``, ``_ki``, ``_{i+j-1}``, ``_(f,2i+j-2)``, ``_12``.

How many indices a quantity has decides how its letters are divided: the ``ki`` of a matrix is two
indices, the ``ih`` behind a vector an index and the next name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.language.faults import Fault
from generator.marking import limits
from generator.marking.formulas.cursor import CLOSED_BY, OPENING
from generator.model.formula import Symbol, Term, constant

if TYPE_CHECKING:  # each reads what stands in the other
    from generator.marking.formulas.reader import Reader


def read(reader: Reader, name: str) -> tuple[Term, ...]:
    """The indices of a symbol; none if nothing stands below it."""
    if not reader.accept("_"):
        return ()
    axes = reader.vocabulary.axes(name)
    with reader.deeper():
        opening = reader.accept(*OPENING)
        found = _unbraced(reader, axes) if opening is None else _braced(reader, axes, opening.text)
    if len(found) > limits.AXES:
        raise Fault("indices", f"`{name}` has more than {limits.AXES} indices")
    return found


def _braced(reader: Reader, axes: int | None, opening: str) -> tuple[Term, ...]:
    """Letters and numbers side by side, or terms between commas."""
    places = reader.inside()
    tokens = [reader.tokens[place] for place, _ in places]
    if tokens and all(token.kind in ("name", "number") for token in tokens):
        found = _divided([token.text for token in tokens], axes)
        if axes is None or len(found) == axes:
            reader.index += len(tokens)
            reader.expect(CLOSED_BY[opening])
            return found
    outer, reader.indexing = reader.indexing, True
    items = [reader.sum()]
    while reader.accept(","):
        items.append(reader.sum())
    reader.indexing = outer
    reader.expect(CLOSED_BY[opening])
    return tuple(items)


def _divided(texts: list[str], axes: int | None) -> tuple[Term, ...]:
    """Every letter an index, and every number; every digit if that gives as many as there are."""
    pieces = [piece for text in texts for piece in ((text,) if text[0].isdigit() else text)]
    digits = [digit for piece in pieces for digit in piece]
    if axes is not None and len(pieces) != axes == len(digits):
        pieces = digits
    return tuple(map(_single, pieces))


def _unbraced(reader: Reader, axes: int | None) -> tuple[Term, ...]:
    """As many letters and digits as the symbol has indices; without braces at least one."""
    wanted, found = max(axes or 1, 1), list[str]()
    while len(found) < wanted and reader.token.kind in ("name", "number"):
        if found and not reader.token.glued:
            break
        text = reader.take().text
        room = wanted - len(found)
        if text[0].isdigit():
            found += text if len(text) <= room and "." not in text else [text]
        elif axes is None:
            found += text
        else:
            found += text[:room]
            reader.put_back(text[room:])
    if not found:
        raise reader.surprise("an index is missing", "write it in braces: x_{i+1}")
    return tuple(map(_single, found))


def _single(text: str) -> Term:
    if not text[0].isdigit():
        return Symbol(name=text)
    if not text.isdigit() or len(text) > 6:
        raise Fault("indices", f"`{text}` is not an index")
    return constant(int(text))
