r"""Labels: template text as a formula or as words, the room it takes, and how it is read aloud.

Sizes are estimates, a little from above, in the proportions of STIX Two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from generator.diagnostics import InputError, at
from generator.language.template import compile_template
from generator.model.dataclass import dataclass
from generator.model.source import Source

MAX_LABEL = 60
"""Characters of a label once it is filled in, formulas in LaTeX: one line beside the plot."""

_PIECES = re.compile(r"\$((?:[^$\\]|\\.)+)\$|((?:[^$\\]|\\.|\$)+?)(?=\$(?:[^$\\]|\\.)+\$|$)", re.S)


@dataclass(frozen=True, slots=True)
class Caption:
    """A label's content: a formula, or plain words where it has none."""

    latex: str = ""
    text: str = ""

    @property
    def spoken(self) -> str:
        """The label in words."""
        return self.text or aloud(self.latex)

    def __bool__(self) -> bool:
        return bool(self.latex or self.text)


NOTHING = Caption()


def caption(label: Source | None, env: Mapping[str, object]) -> Caption:
    """A label of a bank, filled in. Raises InputError where it has no value."""
    if label is None:
        return NOTHING
    filled = compile_template(label).render(env).strip()
    if len(filled) > MAX_LABEL:
        message = (
            f"a label of a plot has at most {MAX_LABEL} characters, and this has {len(filled)}"
        )
        cure = "write what is longer in the text beside the plot"
        raise InputError([at(label, "label-too-long", message, help=cure)])
    pieces = [(math, _plain(words)) for math, words in _PIECES.findall(filled)]
    if not any(math for math, _ in pieces):
        return Caption(text="".join(words for _, words in pieces))
    return Caption(latex="".join(math or _as_text(words) for math, words in pieces))


def _plain(words: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", words)


def _as_text(words: str) -> str:
    safe = re.sub(r"([#$%&_{}])", r"\\\1", re.sub(r"[\\^~]", " ", words))
    return rf"\text{{{safe}}}"


# --- room --------------------------------------------------------------------------------------

_TOKEN = re.compile(
    r"\\text\{((?:[^{}\\]|\\.)*)\}|\\(?:d|t)?frac|\\([A-Za-z]+)|\\(.)|([_^])|([{}])|(\S)|\s", re.S
)
_SPACES = {",": 0.17, ":": 0.22, ";": 0.28, "!": -0.17, " ": 0.25, "quad": 1.0, "qquad": 2.0}
_INVISIBLE = re.compile("left|right|math(rm|bf|it|cal|bb)|(display|text)style|operatorname")
_NAMED = re.compile("(arc)?(sin|cos|tan)h?|log|ln|exp|max|min|lim")
_CHARACTERS = {
    **dict.fromkeys("0123456789", 0.5),
    **dict.fromkeys("+-=<>", 1.05),
    **dict.fromkeys("()[]|'!/", 0.34),
    **dict.fromkeys(".,:;", 0.36),
}
_LETTER, _SIGN = 0.58, 0.68


@dataclass(frozen=True, slots=True)
class Extent:
    """The size of a label in em: its width, and its reach above and below its centre line."""

    width: float
    above: float = 0.5
    below: float = 0.5


@lru_cache(maxsize=2_000)
def extent(content: Caption) -> Extent:
    """How much room a label takes."""
    if content.text:
        return Extent(0.5 * len(content.text))
    width = sum(_widths(content.latex))
    reach = 0.5
    if "frac" in content.latex:
        reach = 0.85
    elif re.search(r"[_^]", content.latex):
        reach = 0.62
    return Extent(width, reach, reach)


def _widths(latex: str) -> Iterator[float]:
    """What the signs of a formula add to its width."""
    scale, level = [1.0], 1.0
    fraction: list[int] = []
    for match in _TOKEN.finditer(latex):
        words, name, escaped, script, brace, sign = match.groups()
        if match.group().endswith("frac"):
            fraction.append(len(scale))
        elif script:
            level = 0.7
        elif brace == "{":
            scale.append(scale[-1] * level)
            level = 1.0
        elif brace == "}":
            if len(scale) > 1:
                scale.pop()
            if fraction and fraction[-1] == len(scale):  # the numerator stands above the rest
                fraction.pop()
        else:
            # Of a fraction only one of its two lines counts, and both are set smaller.
            share = 0.62 if fraction else 1.0
            size = _text_width(words) if words is not None else _width(name or escaped or "", sign)
            yield size * scale[-1] * level * share
            level = 1.0


def _text_width(words: str) -> float:
    return 0.48 * len(words)


def _width(command: str, sign: str) -> float:
    """Of a command without its backslash, or of a single sign."""
    if command in _SPACES:
        return _SPACES[command]
    if command:
        if _INVISIBLE.fullmatch(command):
            return 0.0
        return 0.5 * len(command) + 0.17 if _NAMED.fullmatch(command) else _SIGN
    return _CHARACTERS.get(sign, _LETTER if sign else 0.0)


# --- words -------------------------------------------------------------------------------------

_ALOUD: tuple[tuple[str, str], ...] = (
    (r"\\(?:text|mathrm|mathbf|mathit|operatorname)\{([^{}]*)\}", r"\1"),
    (r"\\(?:left|right|displaystyle|textstyle|[,:;!])|\\(?=\s)", " "),
    (r"\\(?:d|t)?frac\{([^{}]*)\}\{([^{}]*)\}", r"\1 over \2"),
    (r"\\sqrt\{([^{}]*)\}", r"the root of \1"),
    (r"\^\{?2\}?(?!\w)", " squared"),
    (r"\^\{?3\}?(?!\w)", " cubed"),
    (r"\^\\circ", " degrees"),
    (r"\^\{([^{}]*)\}|\^(\w)", r" to the power \1\2"),
    (r"_\{([^{}]*)\}|_(\w)", r" \1\2"),
    (r"\\(?:cdot|times)(?![A-Za-z])", " times "),
    (r"\\(?:le|leq)(?![A-Za-z])", " at most "),
    (r"\\(?:ge|geq)(?![A-Za-z])", " at least "),
    (r"\\infty", " infinity "),
    (r"\\lfloor\s*(.*?)\\rfloor", r"the floor of \1"),
    (r"\\lceil\s*(.*?)\\rceil", r"the ceiling of \1"),
    (r"\\(?:hat|bar|vec|dot|tilde)\{?\s*(\w)\}?", r"\1"),
    (r"\\var(?=[a-z])", r"\\"),
    (r"(?<=\d)(?=\\[a-z])", " "),
    (r"\\([A-Za-z]+)", r"\1 "),
    (r"[\\{}$]", ""),
    (r"'", " prime"),
    (r"\s+", " "),
    (r" (?=[(),.])|(?<=\() ", ""),
)
"""What becomes of the parts of a formula, the innermost first."""


@lru_cache(maxsize=2_000)
def aloud(latex: str) -> str:
    r"""A formula in words: ``\frac{\pi}{2}`` is "pi over 2"."""
    for pattern, words in _ALOUD:
        latex = re.sub(pattern, words, latex)
    return latex.strip()
