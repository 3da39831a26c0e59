"""A window along one axis, in closed form: how far it reaches, and how much comes out.

The arithmetic is that of V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep
learning" (2016), sections 2 to 5, with a padding of its own at either end. A transposed
convolution is the same with the roles of input and output changed: what it lays out is what the
other would read.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.solver.models.conv.once import once

AXES = ("depth", "height", "width")
"""The names of the axes; an input of one or two dimensions has the last one or two."""


@dataclass(frozen=True, kw_only=True)
class Taps:
    """`kernel` entries, each `dilation` after the last, at places that are `stride` apart.

    `size` is the extent of the input. `same` says that the padding was chosen for an extent of the
    output that depends on `size` and `stride` alone. It is hashed once: what is found of windows is
    looked up by them for every variant.
    """

    size: int
    kernel: int
    stride: int = 1
    before: int = 0
    after: int = 0
    dilation: int = 1
    same: bool = False

    def __hash__(self) -> int:
        return self._hash

    @once
    def _hash(self) -> int:
        numbers = (self.size, self.kernel, self.stride, self.before, self.after, self.dilation)
        return hash((*numbers, self.same))

    @once
    def span(self) -> int:
        """How many neighbouring entries it reaches over, gaps of the dilation included."""
        return self.dilation * (self.kernel - 1) + 1

    @once
    def padding(self) -> int:
        """All entries of padding, at both ends."""
        return self.before + self.after

    @once
    def count(self) -> int:
        """The extent of the output along this axis."""
        raise NotImplementedError

    @once
    def touched(self) -> int:
        """How many pairs there are of an entry of the output and one of the input that it reads."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Window(Taps):
    """A window that slides over `size` entries with `before` and `after` entries of padding.

    *Same* padding gives ceil(size / stride) positions.
    """

    __hash__ = Taps.__hash__

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
        """At how many positions it fits."""
        if self.same:
            return -(-self.size // self.stride)
        return self.slack // self.stride + 1

    @once
    def touched(self) -> int:
        """Pairs of a position and an entry of the input (no padding) under the window."""
        if not self.padding:
            return self.count * self.kernel
        return _meetings(self, steps=self.count, extent=self.size)


@dataclass(frozen=True, kw_only=True)
class TransposedWindow(Taps):
    """A window that is laid out once for every entry of the input, `stride` entries apart.

    What lies on each other is added. Then `before` and `after` entries are cut off, and `extra`
    entries added at the end (PyTorch's ``output_padding``). *Same* padding gives size * stride.
    """

    extra: int = 0

    __hash__ = Taps.__hash__

    @once
    def full(self) -> int:
        """The entries over which all windows together reach, before anything is cut off."""
        return (self.size - 1) * self.stride + self.span

    @once
    def count(self) -> int:
        """What is left of them; not positive if nothing is."""
        if self.same:
            return self.size * self.stride
        return self.full - self.padding + self.extra

    @once
    def touched(self) -> int:
        """Pairs of an entry of the input and an entry of its window that is not cut off."""
        if not self.padding:
            return self.size * self.kernel
        return _meetings(self, steps=self.size, extent=self.count)


def _meetings(taps: Taps, *, steps: int, extent: int) -> int:
    """How many entries of windows at so many steps lie on one of ``0 .. extent-1``.

    The j-th entry of the window at step o lies on ``o * stride - before + j * dilation``; for each
    j, those o are counted that make it one of these.
    """
    total = 0
    for tap in range(taps.kernel):
        shift = taps.before - tap * taps.dilation
        first = max(0, -(-shift // taps.stride))
        last = min(steps - 1, (extent - 1 + shift) // taps.stride)
        total += max(0, last - first + 1)
    return total


def same_padding(size: int, kernel: int, stride: int, dilation: int) -> tuple[int, int]:
    """The padding (before, after) of ``same``: half at either end, an odd entry at the end.

    This is TensorFlow's rule; with a stride of 1 it is PyTorch's too.
    """
    span = dilation * (kernel - 1) + 1
    needed = max(0, (-(-size // stride) - 1) * stride + span - size)
    return needed // 2, needed - needed // 2


def same_cut(kernel: int, stride: int, dilation: int) -> tuple[int, int, int]:
    """What ``same`` cuts off a transposed convolution (before, after), and what it adds.

    It undoes the extent of a convolution with *same* padding: windows wider than the stride are
    cut as that would have padded; narrower ones leave entries of 0 at the end.
    """
    span = dilation * (kernel - 1) + 1
    excess = max(0, span - stride)
    return excess // 2, excess - excess // 2, max(0, stride - span)
