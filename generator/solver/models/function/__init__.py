"""Functions given by a formula, and their derivatives: whatever a calculus course asks of them.

A bank writes a function of one variable or several, as it writes any expression::

    model:
      function:
        of: x
        f: a * x**n * exp(b * x)
        at: 1

and asks for ``model.derivative.f``, ``model.second.f``, ``model.at.derivative.f`` and more (see
`asked`). A derivative is found as a person finds it, rule by rule, and is proved at points of the
domain: by SymPy's derivative of the same formula, and by difference quotients of what the author
wrote, both with 100 digits.

The modules, from the bottom: `build` puts terms together, `writing` and `latex` write them, `forms`
and `tidy` collect, cancel and factor; `rules` differentiates, `slips` does so wrongly. `entry` and
`reading` read a bank, `values` computes exactly; `numeric`, `symbolic` and `proof` compare.
`worked` has the derivatives and numbers of a variant, `notation` and `steps` tell how they are
found, `mistakes` what goes wrong; `asked`, `kinds` and `model` answer a bank.
"""

from generator.solver.models.function.model import read

__all__ = ["read"]
