"""What every element of MathML is written with: tags, spaces, parentheses that grow, a context."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape

from generator.model.dataclass import dataclass
from generator.render.typesetter import Node

THIN, MEDIUM, THICK = "0.1667em", "0.2222em", "0.2778em"
"""TeX's spaces within formulas."""
SPACES: Mapping[str, str] = {"bin": MEDIUM, "rel": THICK}
"""What stands on both sides of an operator, by its class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where a node stands: in a display or a line; in a script, where TeX leaves no spaces;
    between two others of its row. `writers` say how each type of node is written.
    """

    writers: Mapping[str, Writer]
    display: bool
    script: bool = False
    inner: bool = False

    @property
    def scripted(self) -> Context:
        """The same in a script."""
        return replace(self, script=True, display=False)

    def write(self, node: Node) -> str:
        """The node in this place. Raises KeyError where MathML Core has nothing for it."""
        return self.writers[node["type"]](node, self)


Writer = Callable[[Node, Context], str]


def tag(name: str, content: str, **attributes: str) -> str:
    """An element with its content, which is markup."""
    shown = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{shown}>{content}</{name}>"


def space(width: str) -> str:
    """A blank as wide as this."""
    return f'<mspace width="{width}"/>'


def fence(symbol: str, form: str) -> str:
    """A parenthesis as high as what it encloses; nothing for none."""
    if not symbol:
        return ""
    sign = escape(symbol, quote=False)
    return tag("mo", sign, form=form, fence="true", stretchy="true", lspace="0", rspace="0")
