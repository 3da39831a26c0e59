"""An input of a STACK question with the tree that its content goes down: the fields of both."""

from __future__ import annotations

from generator.model.dataclass import dataclass
from generator.render.moodle.stack.equations import Equations
from generator.render.moodle.xml import Rich


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A question of the tree, asked of the response: is it `answer`?"""

    test: str
    answer: str
    score: str
    options: str = ""
    told: Rich = Rich(html="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """An input and its tree. `formulas` are variables of the question, `tried` what tests type.

    `answer` is the key as the input has it, `response` what the tree looks at and `before` how that
    is found. `stars` supplies products, `words` are functions that may be typed, `typed` keeps out
    equations, `shown` repeats what was understood.
    """

    number: int
    type: str
    points: str
    answer: str
    nodes: tuple[Node, ...]
    tried: tuple[str, ...]
    response: str
    formulas: tuple[tuple[str, str], ...] = ()
    before: str = ""
    options: str = ""
    words: str = ""
    size: int = 15
    stars: int = 0
    typed: int = 0
    shown: int = 0
    equations: Equations | None = None

    @property
    def name(self) -> str:
        """The input's name."""
        return f"ans{self.number}"

    @property
    def tree(self) -> str:
        """The tree's name."""
        return f"prt{self.number}"
