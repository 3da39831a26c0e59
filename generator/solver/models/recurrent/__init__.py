"""Recurrent cells given by equations, and claims about them that are proved or refuted.

A bank writes a cell, an equation a line, and claims about it::

    model:
      recurrent:
        f: gate(W_f @ x + U_f @ h_prev)      # `gate` is a parameter, or an activation by name
        c: f * c_prev + (1 - f) * tanh(W_c @ x + U_c @ h_prev)
        h: tanh(c)
    claims:
      - {text: The entries of $f_t$ are non-negative., holds: f >= 0}
      - {text: "If $x_t = 0$, then $h_t = h_{t-1}$.", given: x == 0, holds: h == h_prev}

A claim says: in every cell with these equations, whatever its sizes, weights, input and previous
states are, if all of `given` holds, so does all of `holds`. Between vectors a comparison means *in
every entry*. `holds` may also say ``depends(h, c_prev)`` (or ``not depends(...)``), and compare
derivatives within the time step, entry by entry: ``derivative(c, c_prev) == f``. Names with an
index are those of later time steps, ``c[3]``, and ``always(f == 1, 1, 3)`` speaks of several.

`spec`, `names`, `reading` and `assertions` read a bank into the cells of `structure`, in a `scope`;
`values` computes with them, `decision` decides claims and `words` says why; `counts` and `forward`
are the numbers of a cell, `graph` and `drawing` draw it, `model` is what the engine sees.
"""

from generator.solver.models.recurrent.model import read

__all__ = ["read"]
