"""What is said of a wrong expression: the whole message, at the very place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from generator.model.value import Formula, Record
from tests.language import complaint, value

COMPLAINTS = r"""
1 +
   ^ syntax: the expression ends too early

(1 + 2
      ^ syntax: `(` at character 1 needs a `)`

1 + 2)
     ^ syntax: `)` is one too many

2 n
  ^ syntax: an operator is missing before `n`
help: multiplication is written `a * b`

2(n + 1)
 ^ syntax: only a function can be called
help: multiplication is written `a * (b)`

n = 2
  ^ syntax: `=` has no meaning in an expression
help: `==` compares two values

n^2
 ^ syntax: `^` has no meaning in an expression
help: `**` is the power: `n**2`

n && true
  ^^ syntax: `&&` has no meaning in an expression
help: write `and`

n − 2
  ^ syntax: `−` has no meaning in an expression
help: write `-`, the sign on the keyboard

gate == 'tanh
        ^ syntax: this word has no closing quote
help: write 'word'

1 if n
      ^ syntax: `if` needs an `else`
help: write `a if condition else b`

n not == 2
  ^^^ syntax: `not` stands before what it denies
help: write `not (a == b)`

det([[1, 2, 3], [4, 5, 6]])
^^^^^^^^^^^^^^^^^^^^^^^^^^^ different-lengths: `det` needs a square matrix, and this is 2 by 3

trace([1, 2])
^^^^^^^^^^^^^ wrong-type: `trace` needs a matrix, not a vector

inverse([[1, 2], [2, 4]])
^^^^^^^^^^^^^^^^^^^^^^^^^ division-by-zero: this matrix has no inverse: its determinant is 0
help: a constraint such as `det(A) != 0` keeps such variants out

rank([range(11)])
^^^^^^^^^^^^^^^^^ vector-too-long: `rank` takes matrices of at most 10 rows and columns

rank([[1, 2], [3]])
^^^^^^^^^^^^^^^^^^^ different-lengths: the rows of a matrix are equally long

identity(0)
^^^^^^^^^^^ wrong-value: `identity` has 1 to 10 rows

diag(range(11))
^^^^^^^^^^^^^^^ vector-too-long: `diag` takes matrices of at most 10 rows and columns

cross([1, 2], [3, 4])
^^^^^^^^^^^^^^^^^^^^^ different-lengths: `cross` takes two vectors of 3 entries, not of 2 and 2

[[1, 2]][0, ]
            ^ syntax: a value is missing before `]`

(1, 2)
  ^ syntax: a vector is written in square brackets
help: write `[1, 2]`

n.
  ^ syntax: a member's name must follow the dot

n | words
  ^ syntax: `|` has no meaning in an expression
help: write `or`

1 + filtres * 2
    ^^^^^^^ unknown-name: `filtres` has no value here
help: did you mean `filters`?

maxx(1, 2)
^^^^ unknown-function: there is no function `maxx`
help: did you mean `max`?

1 + sqrt(1, 2)
    ^^^^^^^^^^ wrong-arguments: `sqrt` does not take 2 arguments
help: write `sqrt(x)`

n / (n - 2)
^^^^^^^^^^^ division-by-zero: `/` divides by zero
help: a constraint, or `b != 0 and ...`, can keep such variants out

1 + gate
^^^^^^^^ wrong-type: `+` needs a number, not a word

1 if n else 2
     ^ wrong-type: what follows `if` must be true or false, not a number
help: compare it: `n > 0`

formula + 1
^^^^^^^^^^^ wrong-type: `+` needs a number, not a formula
help: a formula can be shown, not calculated with

names.inn
      ^^^ unknown-name: there is no member `inn` here
help: did you mean `in`?

n.real
^^^^^^ wrong-type: a number has no members, so no `real`

[1, 2][2]
^^^^^^^^^ wrong-index: there is no entry 2 in a vector of 2
help: the first entry is `[0]`, the last `[1]`

[1, 2] + [1, 2, 3]
^^^^^^^^^^^^^^^^^^ different-lengths: vectors of 2 and 3 entries do not go together

factorial(1/2)
^^^^^^^^^^^^^^ wrong-type: `factorial` needs a whole number, not 1/2
help: `floor`, `ceil` and `round` make whole numbers

sqrt(-2)
^^^^^^^^ wrong-value: `sqrt` of the negative number -2

log(0)
^^^^^^ wrong-value: `log` of 0, which is not positive

gate < 2
^^^^^^^^ wrong-type: `<` needs a number, not a word

2 in n
^^^^^^ wrong-type: `in` looks into a vector, not into a number
"""
"""An expression, below it the place and what is wrong there, and how to mend it."""

ENV = {
    "n": 2,
    "filters": Fraction(1, 2),
    "gate": "tanh",
    "names": Record(entries=(("in", "x"), ("out", "y"))),
    "formula": Formula(latex="x^2", text="x**2"),
}


CASES = [case.strip("\n") for case in COMPLAINTS.split("\n\n")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.split("\n")[0])
def test_a_wrong_expression_is_refused_where_it_is_wrong(case: str) -> None:
    assert complaint(value, case.split("\n", maxsplit=1)[0], **ENV) == case


def test_an_empty_expression_is_refused() -> None:
    assert complaint(value, "") == "\n^ syntax: the expression is empty"


def test_a_complaint_finds_its_line_in_a_text_of_several() -> None:
    text = "sum([\n  1,\n  nope\n])"

    assert complaint(value, text) == "  nope\n  ^^^^ unknown-name: `nope` has no value here"
