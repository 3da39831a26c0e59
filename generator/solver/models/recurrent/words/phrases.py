"""The phrases that justifications share."""

from __future__ import annotations

from collections.abc import Iterable

ALIGNED = "$$\n\\begin{{aligned}}\n{}\n\\end{{aligned}}\n$$"


def listing(items: Iterable[str]) -> str:
    """``a, b and c``."""
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last


def sentence(text: str) -> str:
    """A clause with a capital letter and a full stop; a formula at its begin stays as it is."""
    return f"{text[:1].upper()}{text[1:]}."


def math(text: str) -> str:
    """An inline formula."""
    return f"${text}$"


def aligned(lines: Iterable[str]) -> str:
    """Displayed formulas, one a line, aligned at their ``&``."""
    return ALIGNED.format(" \\\\\n".join(lines))
