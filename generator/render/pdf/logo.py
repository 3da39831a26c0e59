"""The logo beside a sheet's title: a picture as PDF embeds it (see `logo_file`)."""

from __future__ import annotations

from generator.model.dataclass import dataclass

RESOURCE = "Logo"
"""The logo's name in content streams."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture: the content of its stream and the entries of its dictionary, its size in points,
    what it shows in words.
    """

    content: bytes
    entries: str
    width: float
    height: float
    alt: str
