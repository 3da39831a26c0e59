"""Cells that a bank can name: ``recurrent: {cell: gru}``.

They are data in the bank language, nothing more: any of their equations can be replaced. Sources:
LSTM as in Graves (2013) without peepholes; peephole connections as in Gers, Schraudolph and
Schmidhuber (2002); coupled gates as in Greff et al. (2017); GRU as in Cho et al. (2014), where the
reset gate acts before the matrix; the plain cell as in Elman (1990).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_INPUT_GATE = "sigmoid(W_i @ x + U_i @ h_prev + b_i)"
_FORGET_GATE = "sigmoid(W_f @ x + U_f @ h_prev + b_f)"
_OUTPUT_GATE = "sigmoid(W_o @ x + U_o @ h_prev + b_o)"
_LSTM = {
    "i": _INPUT_GATE,
    "f": _FORGET_GATE,
    "o": _OUTPUT_GATE,
    "c_tilde": "tanh(W_c @ x + U_c @ h_prev + b_c)",
    "c": "f * c_prev + i * c_tilde",
    "h": "o * tanh(c)",
}

CELLS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "lstm": _LSTM,
        "peephole": {
            "i": "sigmoid(W_i @ x + U_i @ h_prev + p_i * c_prev + b_i)",
            "f": "sigmoid(W_f @ x + U_f @ h_prev + p_f * c_prev + b_f)",
            "c_tilde": _LSTM["c_tilde"],
            "c": _LSTM["c"],
            "o": "sigmoid(W_o @ x + U_o @ h_prev + p_o * c + b_o)",
            "h": _LSTM["h"],
        },
        "coupled": {
            "f": _FORGET_GATE,
            "i": "1 - f",
            "o": _OUTPUT_GATE,
            "c_tilde": _LSTM["c_tilde"],
            "c": _LSTM["c"],
            "h": _LSTM["h"],
        },
        "gru": {
            "z": "sigmoid(W_z @ x + U_z @ h_prev + b_z)",
            "r": "sigmoid(W_r @ x + U_r @ h_prev + b_r)",
            "h_tilde": "tanh(W_h @ x + U_h @ (r * h_prev) + b_h)",
            "h": "(1 - z) * h_prev + z * h_tilde",
        },
        "plain": {"h": "tanh(W @ x + U @ h_prev + b)"},
    }
)
"""Word in the bank language -> equations."""
