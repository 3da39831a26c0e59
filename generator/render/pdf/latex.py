"""What is wrong with LaTeX though mathra would lay it out.

mathra's strict mode reports unknown commands, unbalanced braces and missing arguments. It lets
pass a stray ``$`` or ``&``, which TeX and MathJax refuse, and has no bound on the length.
"""

from __future__ import annotations

import re


class FormulaError(ValueError):
    """The LaTeX cannot be laid out; the message says why, with a column where that is known."""


LONGEST = 10_000
"""Characters of a formula; a page holds a third of that."""

_SIGN = re.compile(r"\\[a-zA-Z]+\*?|\\.|[{}$&]", re.DOTALL)
_TEXT = re.compile(r"\\(text|mbox|textrm|textbf|textit|textsf|texttt|textnormal|hbox|fbox)")
_ALIGNING = re.compile(r"\\(matrix|pmatrix|bmatrix|cases|eqalign|displaylines)")
"""Commands whose argument is text; whose argument has columns."""


def misuse(latex: str) -> str:
    """The first stray sign of a formula, or empty."""
    if len(latex) > LONGEST:
        return f"the formula has {len(latex)} characters; {LONGEST} are allowed"
    if not latex.strip():
        return "the formula is empty"
    groups = ["math"]  # what each open brace holds, and each pair of dollars within text
    environments = 0
    before = ""
    for found in _SIGN.finditer(latex):
        sign = found.group()
        place = found.start() + 1
        if sign == "{":
            groups.append(_group(before, groups[-1]))
        elif sign == "}" and len(groups) > 1:
            groups.pop()
        elif sign == "$" and groups[-1] == "text":
            groups.append("dollars")
        elif sign == "$" and groups[-1] == "dollars":
            groups.pop()
        elif sign == "$":
            return f"column {place}: a dollar sign inside a formula"
        elif sign == "&" and not environments and "aligned" not in groups:
            return f"column {place}: `&` outside of an environment such as aligned"
        environments += {"\\begin": 1, "\\end": -1}.get(sign, 0)
        before = sign
    return ""


def _group(command: str, around: str) -> str:
    """What a brace after this command begins."""
    if _TEXT.fullmatch(command):
        return "text"
    if _ALIGNING.fullmatch(command):
        return "aligned"
    return around if around == "text" else "math"
