"""gen-quiz: randomized problem sets from YAML banks, with answer keys that are proved.

The names below are the Python API; docs/python.md shows them at work. They are imported when they
are first used, so that ``import generator`` and ``gen-quiz --help`` cost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from generator.api import (
        Diagnostic,
        InputError,
        LoadedBank,
        LoadedProblem,
        Mark,
        Shown,
        SolvedVariant,
        load_bank,
    )

__all__ = [
    "Diagnostic",
    "InputError",
    "LoadedBank",
    "LoadedProblem",
    "Mark",
    "Shown",
    "SolvedVariant",
    "__version__",
    "load_bank",
]


if not TYPE_CHECKING:  # a type checker would take any name for one of ours

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from generator import api  # noqa: PLC0415 - on first use

        return getattr(api, name)


def __dir__() -> list[str]:
    return sorted(__all__)
