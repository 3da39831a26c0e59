"""Options that several commands take, and what the values of options look like.

A value that cannot be understood is an `argparse.ArgumentTypeError`, which argparse shows with the
option's name.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

_UNITS = {"k": 10**3, "m": 10**6, "g": 10**9}
"""The smaller ones of two meanings: a site that means 2^20 bytes by MB takes these files, too."""


def add_theme(parser: argparse._ActionsContainer) -> None:
    """Declare how sheets look."""
    parser.add_argument(
        "--theme",
        type=Path,
        metavar="FILE.yaml",
        help="a look of your own: fonts, colours, logo, paper (see docs/sheets.md)",
    )


def add_jobs(parser: argparse._ActionsContainer) -> None:
    """Declare how many processes work."""
    parser.add_argument(
        "--jobs",
        type=processes,
        metavar="N",
        help="processes to share the work (default: one for each usable core)",
    )


def seed(text: str) -> int:
    """A seed."""
    if not re.fullmatch("[+-]?[0-9]{1,100}", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no seed: it takes a whole number, such as 42"
        )
    return int(text)


def count(text: str) -> int:
    """How many of something, none included."""
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
    if number < 0:
        raise argparse.ArgumentTypeError(f"{number} is negative")
    return number


def processes(text: str) -> int:
    """How many processes, at least one."""
    number = count(text)
    if number == 0:
        raise argparse.ArgumentTypeError("at least one process must work")
    return number


def size(text: str) -> int:
    """Bytes, from a number with a unit."""
    found = re.fullmatch(r"([0-9]+) ?([kMG]?)i?B?", text.strip(), re.IGNORECASE)
    if found is None or not found[2] or int(found[1]) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 500kB or 20MB")
    return int(found[1]) * _UNITS[found[2].lower()]


def products(text: str) -> tuple[str, ...]:
    """What to make, in the order in which it is made."""
    from generator.model.request import PRODUCTS

    asked = [word.strip() for word in text.split(",") if word.strip()]
    unknown = [word for word in asked if word not in PRODUCTS]
    if unknown or not asked:
        raise argparse.ArgumentTypeError(f"{text!r}: it takes some of {','.join(PRODUCTS)}")
    return tuple(product for product in PRODUCTS if product in asked)
