"""Cells and claims for these tests, from what a bank would say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model.bank import Claim
from generator.model.source import Source
from generator.model.value import Value
from generator.solver.contract import Verdict
from generator.solver.models.recurrent import read
from generator.solver.models.recurrent.model import RecurrentCell
from tests.solver.trees import source, spec

LSTM: dict[str, str] = {
    "i": "gate(W_i @ x + U_i @ h_prev)",
    "f": "gate(W_f @ x + U_f @ h_prev)",
    "o": "gate(W_o @ x + U_o @ h_prev)",
    "c_tilde": "tanh(W_c @ x + U_c @ h_prev)",
    "c": "f * c_prev + i * c_tilde",
    "h": "o * tanh(c)",
}
"""The cell of the assignment; `gate` is a parameter."""


def cell(fields: Mapping[str, object], **values: Value) -> RecurrentCell:
    """The cell of ``recurrent: fields`` for these parameters."""
    return read(spec("recurrent", dict(fields))).at(values)


def lstm(gate: str = "sigmoid") -> RecurrentCell:
    """The cell of the assignment with this gate."""
    return cell(LSTM, gate=gate)


def named(word: str) -> RecurrentCell:
    """A cell that comes with the model."""
    return cell({"cell": word})


Texts = str | Sequence[str]


def claim(holds: Texts, given: Texts = ()) -> Claim:
    """A claim with these conditions and conclusions."""
    return Claim(text=source("It holds."), given=_sources(given), holds=_sources(holds))


def _sources(texts: Texts) -> tuple[Source, ...]:
    return tuple(source(text) for text in ([texts] if isinstance(texts, str) else texts))


def decide(subject: RecurrentCell, holds: Texts, given: Texts = ()) -> Verdict:
    """The verdict on a claim."""
    return subject.decide(claim(holds, given))
