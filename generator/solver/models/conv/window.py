"""A window that slides along one axis: how far it reaches and where it fits, in closed form.

The arithmetic is that of V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep
learning" (2016), sections 2 to 5, with a padding of its own at either end.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.solver.models.conv.once import once

AXES = ("depth", "height", "width")
"""The names of the axes; an input of one or two dimensions has the last one or two."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """A window of `kernel` entries, each `dilation` after the last, moved on by `stride`.

    It slides over `size` entries with `before` and `after` entries of padding. `same` says that
    the padding was chosen to give ceil(size / stride) positions.
    """

    size: int
    kernel: int
    stride: int = 1
    before: int = 0
    after: int = 0
    dilation: int = 1
    same: bool = False

    @once
    def span(self) -> int:
        """How many neighbouring entries it reaches over, gaps of the dilation included."""
        return self.dilation * (self.kernel - 1) + 1

    @once
    def padding(self) -> int:
        """All entries of padding, at both ends."""
        return self.before + self.after

    @once
    def padded(self) -> int:
        """The entries that it slides over, padding included."""
        return self.size + self.padding

    @once
    def slack(self) -> int:
        """How far the first window can be moved on; negative if not even that one fits."""
        return self.padded - self.span

    @once
    def count(self) -> int:
        """At how many positions it fits: the extent of the output along this axis."""
        if self.same:
            return -(-self.size // self.stride)
        return self.slack // self.stride + 1

    @once
    def touched(self) -> int:
        """How many pairs there are of a position and an entry of the input (no padding) under it.

        The j-th entry of the window at position o lies on entry ``o * stride - before +
        j * dilation`` of the input; for each j, those o are counted that make it one of
        0 .. size-1.
        """
        if not self.padding:
            return self.count * self.kernel
        last = self.count - 1
        total = 0
        for tap in range(self.kernel):
            shift = self.before - tap * self.dilation
            first = max(0, -(-shift // self.stride))
            total += max(0, min(last, (self.size - 1 + shift) // self.stride) - first + 1)
        return total


def same_padding(size: int, kernel: int, stride: int, dilation: int) -> tuple[int, int]:
    """The padding (before, after) of ``same``: half at either end, an odd entry at the end.

    This is TensorFlow's rule; with a stride of 1 it is PyTorch's too.
    """
    span = dilation * (kernel - 1) + 1
    needed = max(0, (-(-size // stride) - 1) * stride + span - size)
    return needed // 2, needed - needed // 2
