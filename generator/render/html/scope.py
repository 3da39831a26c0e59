"""The style sheet of pages, confined to one element of a page that holds other things as well."""

from __future__ import annotations

import re

from generator.render.html.style import Style

_WHOLE_PAGE = re.compile(r"(?m)^(\s*)(?::root|html|body)(?= \{)")
"""What speaks of the whole page speaks of the element instead."""
_PRINTED = re.compile(r"(?ms)^@media print \{.*?^\}\n?")


def scoped_css(style: Style, selector: str) -> str:
    """The rules for what stands inside `selector`, by CSS nesting; how paper looks is left out."""
    inside = _WHOLE_PAGE.sub(r"\1&", _PRINTED.sub("", style.css))
    return f"{selector} {{\n{inside}\n}}\n"
