r"""A formula as typed, as tokens: plain text, LaTeX, and the signs that phones make of it.

Spacing and sizing (``\,``, ``\left``, ``$``) say nothing and are dropped; signs that mean the same
become one (``·``, ``×``, ``\cdot``, ``*``); raised and lowered characters become ``^`` and ``_``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from generator.language.faults import Fault
from generator.marking import limits
from generator.model.dataclass import dataclass

Kind = Literal["number", "name", "command", "sign", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    r"""A piece of a formula; a command has no backslash. The last token is of kind ``end``.

    `glued` tells that no blank stands before it.
    """

    kind: Kind
    text: str
    glued: bool = False


GREEK = {
    letter: unicodedata.name(letter).split()[-1].replace("LAMDA", "LAMBDA").lower()
    for letter in "αβγδεζηθικλμνξοπρσςτυφχψω"
} | {"ϕ": "phi", "ϵ": "epsilon", "ϑ": "theta", "ς": "sigma", "µ": "mu"}
"""Small Greek letters and their names; capital ones are the same with a capital."""

_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ", "0123456789+-()ni", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎ᵢⱼₖₗₘₙₚₜᵣᵤᵥₓ", "0123456789+-()ijklmnptruvx", strict=True))

_SIGNS = (
    dict.fromkeys("−–—‐‑﹣－", "-")
    | dict.fromkeys("·⋅×∗•✕✖∙⨯", "*")
    | dict.fromkeys("÷∕⁄／", "/")
    | dict.fromkeys("′’‘ʹ`´", "'")
    | {"″": "''", "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">=", "≠": "!=", "≈": "="}
    | {"∑": r"\sum ", "Σ": r"\sum ", "∏": r"\prod ", "√": r"\sqrt ", "…": "...", "∂": r"\partial "}
    | {"𝟙": r"\mathbf{1}", "\N{KELVIN SIGN}": "K"}
)
"""Signs by what they are taken for."""

_SPACING = frozenset(
    {"left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl"}
    | {"biggr", "quad", "qquad", "displaystyle", "textstyle", "limits", "nolimits", "boxed"}
    | {",", ";", "!", ":", " ", "(", ")", "[", "]", "mathstrut", "enspace", "thinspace", "\\"}
)
"""Commands without a meaning of their own. ``\\(`` and ``\\[`` begin a formula."""

_COMMANDS = {
    "cdot": "*",
    "times": "*",
    "ast": "*",
    "div": "/",
    "le": "<=",
    "leq": "<=",
    "leqslant": "<=",
    "ge": ">=",
    "geq": ">=",
    "geqslant": ">=",
    "lt": "<",
    "gt": ">",
    "ne": "!=",
    "neq": "!=",
    "approx": "=",
    "prime": "'",
    "lbrace": "{",
    "rbrace": "}",
    "lvert": "|",
    "rvert": "|",
    "vert": "|",
    "dots": "...",
    "ldots": "...",
    "cdots": "...",
    "colon": ":",
}
"""Commands that are signs."""

_PATTERN = re.compile(
    r"""(?P<space>\s+)
    | (?P<number>(?:[0-9]+(?:\.(?!\.)[0-9]*)?|\.(?!\.)[0-9]+)(?:[eE][+-]?[0-9]+(?![A-Za-z_]))?)
    | (?P<name>[A-Za-z]+)
    | \\(?P<command>[A-Za-z]+|.)
    | (?P<sign>\*\*|\.\.\.?|<=|>=|!=|==|&&|[-+*/^_(){}\[\],;:=<>|'~$&.!%])
    | (?P<wrong>.)""",
    re.VERBOSE | re.DOTALL,
)

_SAME = {"**": "^", "==": "=", "....": "..."}
_DROPPED = frozenset({"$", "~", "&"})


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a response. Raises Fault at a sign that no formula has."""
    if len(text) > limits.RESPONSE_LENGTH:
        raise Fault(
            "too-long",
            f"a formula of more than {limits.RESPONSE_LENGTH:,} characters is not read",
        )
    tokens: list[Token] = []
    glued = False
    for match in _PATTERN.finditer(plain_signs(text)):
        token = _token(match, glued)
        glued = token is not None or (glued and match.lastgroup != "space")
        if token is not None:
            tokens.append(token)
    return (*tokens, Token(kind="end", text=""))


def _token(match: re.Match[str], glued: bool) -> Token | None:
    kind, text = match.lastgroup, match[match.lastgroup or 0]
    if kind == "wrong":
        shown = text if text.isprintable() else f"U+{ord(text):04X}"
        raise Fault("unknown-sign", f"the sign `{shown}` has no meaning in a formula")
    if kind == "space" or text in _DROPPED or (kind == "command" and text in _SPACING):
        return None
    if kind == "command" and text in _COMMANDS:
        return Token(kind="sign", text=_COMMANDS[text], glued=glued)
    if kind == "command" and text in "{}|%":
        return Token(kind="sign", text={"{": "[", "}": "]"}.get(text, text), glued=glued)
    return Token(kind=kind, text=_SAME.get(text, text), glued=glued)  # type: ignore[arg-type]  # the groups' names


def plain_signs(text: str) -> str:
    """The text in ASCII, as far as signs have a meaning."""
    written: list[str] = []
    for run in re.findall(_RUNS, text):
        if run[0] in _RAISED:
            written.append(f"^({''.join(map(_RAISED.__getitem__, run))})")
        elif run[0] in _LOWERED:
            written.append(f"_({''.join(map(_LOWERED.__getitem__, run))})")
        else:
            written.append(_plain_sign(run))
    return "".join(written)


_RUNS = re.compile(f"[{''.join(_RAISED)}]+|[{''.join(_LOWERED)}]+|.", re.DOTALL)


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign in _SIGNS:
        return _SIGNS[sign]
    if sign.lower() in GREEK:
        name = GREEK[sign.lower()]
        return f" \\{name if sign in GREEK else name.capitalize()} "
    return _compatible(sign)


def _compatible(sign: str) -> str:
    """Half and full-width forms, fractions, blanks of all sorts and what cannot be seen."""
    compatible = unicodedata.normalize("NFKC", sign)
    if compatible.isspace():
        return " "
    if unicodedata.category(sign) == "Cf":
        return ""
    if "\N{FRACTION SLASH}" in compatible:
        return f"({compatible.replace(chr(0x2044), '/')})"
    return compatible if compatible.isascii() else sign
