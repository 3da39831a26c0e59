"""The ``<answer>`` of Moodle's own question types."""

from __future__ import annotations

from generator.model.dataclass import dataclass
from generator.render.moodle.xml import Rich


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What may be answered, what that earns in percent, and what the student is told then.

    `content` is HTML for a choice, plain text for a number or a verdict.
    """

    content: Rich
    fraction: str
    told: Rich
    tolerance: str = ""
