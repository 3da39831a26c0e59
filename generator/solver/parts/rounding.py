"""The last step to a result that is asked for with so many decimal places."""

from __future__ import annotations

from generator.language import numbers


def rounding(value: object, rounded: object, decimals: int | None) -> tuple[str, ...]:
    """The step from a value to the rounded one; none where nothing is rounded."""
    if decimals is None or value == rounded:
        return ()
    return (f"Rounded to {_places(decimals)}: ${numbers.decimal(rounded, decimals)}$.",)


def _places(count: int) -> str:
    return f"{count} decimal place{'' if count == 1 else 's'}" if count else "a whole number"
