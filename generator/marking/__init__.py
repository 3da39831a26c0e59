"""Responses are marked: what a student typed, against the document of a variant.

It knows a document and nothing of how it was solved or will look. A response is read by grammars of
its own, never evaluated by Python; what it means is compared with the key and then with each known
mistake. What can be read in two ways is asked back, never guessed.
"""

from generator.marking.mark import Mark, Verdict
from generator.marking.marker import mark

__all__ = ["Mark", "Verdict", "mark"]
