"""Convolutions and what goes with them: shapes, counts and receptive fields of stacks of layers.

A bank writes one layer::

    model: {conv: {input: [1, image, image], filters: filters, kernel: 5, stride: 2, padding: same}}

or a stack of them, whose layers are then called ``conv1``, ``pool1``, ``conv2``, ...::

    model:
      conv:
        input: [3, 32, 32]
        layers:
          - conv: {filters: 16, kernel: 3, padding: 1, bias: false}
          - batch_norm: true
          - activation: relu
          - pool: {kind: max, kernel: 2}
          - flatten: true
          - dense: 10

The modules: `window` and `layers` hold the closed forms, `measure` the NumPy layers that check
them. `quantity` says what a quantity is; `filters`, `work`, `outputs`, `receptive`, `dense`,
`plain` and `totals` are those that can be asked for, with their steps and mistakes (`extents` and
`slips` explain one axis, `wording` knows the grammar); `space` and `stack` give them their names.
`model` reads a bank with the help of `settings`, `geometry` and `kinds`. `drawing`, `volumes` and
`captions` draw.
"""

from generator.solver.models.conv.reading import read

__all__ = ["read"]
