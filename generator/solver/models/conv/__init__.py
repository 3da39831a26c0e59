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
them; `quantity` says what a quantity is, `extents`, `outputs`, `filters`, `receptive`, `dense`,
`plain` and `totals` what can be asked, with steps and mistakes, `space` and `stack` give it names;
`settings`, `kinds` and `model` read a bank; `drawing` and `volumes` draw.
"""

from generator.solver.models.conv.model import read

__all__ = ["read"]
