"""What a user asks of a run."""

from __future__ import annotations

from generator.model.dataclass import dataclass

DEFAULT_PRODUCTS = ("pdf", "key", "moodle")
"""What is made if nothing is said: student sheets, key sheets, the Moodle file."""

PRODUCTS = (*DEFAULT_PRODUCTS, "html")
"""What can be made: also a page for self-study for each form, with its answers folded away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """How many of what. `variants` is per problem; None: at most 20 that are not on paper.

    With `duplex`, each form of a merged PDF begins on an odd page. `split` is how many bytes a
    Moodle file has at most; None: there is one. With `stack`, Moodle's STACK plugin marks formulas.
    """

    seed: int
    forms: int = 5
    variants: int | None = None
    products: tuple[str, ...] = DEFAULT_PRODUCTS
    duplex: bool = False
    split: int | None = None
    stack: bool = False

    def __post_init__(self) -> None:
        if self.forms < 0 or (self.variants is not None and self.variants < 0):
            raise ValueError("a number of forms or variants is not negative")
        if self.split is not None and self.split <= 0:
            raise ValueError("a file has a size")
        if not self.products or set(self.products) - set(PRODUCTS):
            raise ValueError(f"products are of {PRODUCTS}")
