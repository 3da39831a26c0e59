"""The types of parts: a file each, and a line in the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.model.part import (
    ChoiceSpec,
    ClaimsSpec,
    EssaySpec,
    ExpressionSpec,
    MatchingSpec,
    NumericalSpec,
    OrderingSpec,
    Part,
    PartSpec,
    TextSpec,
    TrueFalseSpec,
)
from generator.solver.context import Context
from generator.solver.parts.choice import compile_choice
from generator.solver.parts.claims import compile_claims
from generator.solver.parts.common import PartSolver
from generator.solver.parts.essay import compile_essay
from generator.solver.parts.expression import compile_expression_part
from generator.solver.parts.matching import compile_matching
from generator.solver.parts.numerical import compile_numerical
from generator.solver.parts.ordering import compile_ordering
from generator.solver.parts.text import compile_text
from generator.solver.parts.true_false import compile_true_false

PARTS: Mapping[type[PartSpec], Callable[[Part, Context], PartSolver]] = MappingProxyType(
    {
        NumericalSpec: compile_numerical,
        ExpressionSpec: compile_expression_part,
        TextSpec: compile_text,
        ChoiceSpec: compile_choice,
        MatchingSpec: compile_matching,
        OrderingSpec: compile_ordering,
        TrueFalseSpec: compile_true_false,
        ClaimsSpec: compile_claims,
        EssaySpec: compile_essay,
    }
)
"""Type of part -> how it is compiled; what comes out solves it in a variant."""
