r"""What a formula shares with all that can be laid out if, and only if, it can be.

They differ in their numbers alone, and these say no more than their digits. That is known of the
commands of arithmetic, not of a colour, a length, a rule, the columns of a table or a macro; and
not where an argument without braces may take a number's first digit and leave the others: in
``\frac12`` the second is an argument too, and ``x^1^2`` has two exponents, but ``x^12^3`` has not.
"""

from __future__ import annotations

import re

from generator.render.pdf.latex import LONGEST


def skeleton(latex: str) -> str:
    """The formula with zeros for its numbers; itself where a number may say more."""
    if (
        len(latex) > LONGEST
        or _BARE_ARGUMENT.search(latex)
        or not _ARITHMETIC.issuperset(_COMMAND.findall(latex))
    ):
        return latex
    return _NUMBER.sub("0", latex)


_NUMBER = re.compile("[0-9]+")
_BARE_ARGUMENT = re.compile(
    r"[\^_]\s*(?:[0-9]{2}|\\(?!(?:circ|prime|infty|ast|star)\b))|(?:frac|binom)\s*[^{\s]"
)
_COMMAND = re.compile(r"\\((?:begin|end)\{[a-zA-Z]*|[a-zA-Z]+)")
_ARITHMETIC = frozenset(
    r"""
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
    rho sigma tau upsilon phi varphi chi psi omega ell hbar
    Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    sin cos tan cot sinh cosh tanh coth arcsin arccos arctan exp ln log lim max min sup inf arg det
    dim ker gcd Pr operatorname
    sum prod int frac dfrac tfrac sqrt binom partial nabla infty prime
    times cdot div pm mp circ ast star oplus otimes odot cup cap land lor lnot neg setminus mid
    le leq ge geq ll gg ne neq equiv approx sim simeq cong propto in notin subset subseteq perp
    parallel forall exists to mapsto rightarrow leftarrow Rightarrow Leftrightarrow iff implies
    dots ldots cdots vdots ddots quad qquad tag
    left right big Big bigl bigr Bigl Bigr lfloor rfloor lceil rceil langle rangle lvert rvert lVert
    rVert
    hat tilde bar vec dot ddot overline underline boxed
    text mathrm mathbf mathit mathbb mathcal boldsymbol
    begin{aligned end{aligned begin{gathered end{gathered begin{cases end{cases begin{matrix
    end{matrix begin{pmatrix end{pmatrix begin{bmatrix end{bmatrix begin{vmatrix end{vmatrix
    """.split()  # noqa: SIM905 - as a list of strings it would fill three pages
)
