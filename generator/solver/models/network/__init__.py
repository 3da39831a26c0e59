"""Small differentiable networks: equations, forward values, and gradients in index notation.

A bank writes a network as a list of layers, each with the symbols that its text uses::

    model:
      network:
        input: {symbol: x, size: 6}
        layers:
          - conv1d: {name: hidden, weights: v, kernel: 3, activation: sigmoid, output: h}
          - dense: {name: output, weights: w, units: 1, output: z}
        loss: {kind: squared, target: y, symbol: R}
        data: {input: x, target: y, weights: [v, w]}        # optional: numbers
        component: {of: hidden, index: 2}                   # optional: the component asked for

and asks for ``model.parameters``, ``model.gradient.hidden``, ``model.component`` and more (see
`catalog`). A gradient is derived as a textbook does it, by links of the chain rule between terms
in index notation, and proved for each structure: the same term, evaluated with its sums, against
SymPy's derivative of the expanded network and complex steps through a NumPy forward pass.

The modules, from the bottom: `index` and `terms` are formulas as data, `evaluation` their value,
`exact` the numbers; `layers`, `activations`, `losses` say what a network is made of, `structure`
what it is. `gradient` derives; `numeric`, `numpy_pass` and `sympy_pass` (with `sympy_functions`)
compute in three ways, and `proof` compares. `notation`, `printing`, `insertion` and `view` write,
`meaning` says what is written, `steps_*` explain; `flaws`, `slips` and `mistakes_*` know what goes
wrong; `canvas`, `edges`, `labels`, `describe` and `figure` draw what is `bare`. `settings`,
`kinds`, `reading` and `model` read a bank; `catalog`, `instance`, `quantities` and `derivations`
answer it, `updates` with the optimizers.
"""

from generator.solver.models.network.model import read

__all__ = ["read"]
