"""A network with everything fixed: it answers by name what `quantities` can compute of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property

from generator.diagnostics import InputError, at
from generator.model.bank import Claim
from generator.model.dataclass import dataclass
from generator.model.figure import Figure
from generator.model.source import Branch
from generator.solver.contract import Derivation, Verdict
from generator.solver.models.network.asked import Asked, Step
from generator.solver.models.network.exact import Extreme
from generator.solver.models.network.figure import draw
from generator.solver.models.network.numeric import Data, Sample, forward
from generator.solver.models.network.quantities import (
    GROUPS,
    QUANTITIES,
    Group,
    Lacking,
    shown_only,
)
from generator.solver.models.network.terms import Tensor
from generator.solver.models.network.view import View

MOST_WORK = 50_000
"""Components of a gradient times paths through the network, up to which it is proved: seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """A quantity of several layers, by the layer's name."""

    names: tuple[str, ...]
    find: Callable[[str], object]

    def member(self, name: str) -> object:
        """The quantity of a layer; KeyError for a name without one."""
        return self.find(name)

    def members(self) -> Iterator[str]:
        """The names of the layers that have it."""
        return iter(self.names)


@dataclass(frozen=True, kw_only=True)
class NetworkInstance:
    """An `Instance`. `place` is the bank's entry, for what cannot be proved."""

    view: View
    place: Branch
    numbers: Data | None = None
    asked: Asked | None = None
    step: Step | None = None

    def member(self, name: str) -> object:
        """A quantity, or a group of them; KeyError if there is none of this name."""
        if name not in GROUPS:
            with self._bounded():
                return QUANTITIES[name].value(self)
        group = GROUPS[name]

        def find(layer: str) -> object:
            with self._bounded():
                return group.value(self, group.key(self, layer))

        return Members(names=tuple(self._having(group)), find=find)

    def members(self) -> Iterator[str]:
        """The names of the quantities that this network has, and of the groups."""
        for name, quantity in QUANTITIES.items():
            try:
                quantity.value(self)
            except KeyError:
                continue
            yield name
        yield from (name for name, group in GROUPS.items() if any(self._having(group)))

    def derive(self, path: tuple[str, ...]) -> Derivation:
        """Prove a quantity and explain it.

        Raises InputError where this variant has none, or one that is only shown.
        """
        name, *rest = path
        try:
            with self._bounded():
                if name in QUANTITIES and not rest:
                    return QUANTITIES[name].derive(self)
                if name not in GROUPS or len(rest) != 1:
                    raise KeyError(name)
                group = GROUPS[name]
                if group.derive is None:
                    raise shown_only(".".join(path))
                return group.derive(self, group.key(self, rest[0]))
        except Lacking as error:
            finding = at(self.place, "no-quantity", error.reason, help=error.cure)
            raise InputError([finding]) from error

    def decide(self, claim: Claim) -> Verdict:
        """Claims are about recurrent cells."""
        message = "the `network` model decides no claims"
        raise InputError([at(claim.text, "no-claims", message, help="use the `recurrent` model")])

    def figures(self) -> Mapping[str, Figure]:
        """``network``: units as circles in columns; none where they are too many to draw."""
        figure = draw(self.view)
        return {} if figure is None else {"network": figure}

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        """Numbers beyond all bounds are the data's fault, and said to be."""
        try:
            yield
        except Extreme as error:
            message = f"the numbers of this network are too extreme: {error}"
            cure = "use smaller data, or a constraint that keeps such variants out"
            raise InputError([at(self.place, "too-large", message, help=cure)]) from error

    # --- what the tables need ------------------------------------------------------------------

    def layer(self, name: str) -> int:
        """The number of a layer; KeyError for a name that is not one's."""
        if name not in self.view.names:
            raise KeyError(name)
        return self.view.names.index(name) + 1

    @cached_property
    def sample(self) -> Sample:
        """The given data and all values that follow; KeyError without data."""
        if self.numbers is None:
            raise KeyError("data")
        scope = forward(self.view.network, self.numbers)
        return Sample(given=self.numbers, scope=scope)

    def component(self) -> Asked:
        """The component that is asked for; KeyError without one."""
        if self.asked is None:
            raise KeyError("component")
        return self.asked

    def check_size(self, target: Tensor) -> None:
        """Raise InputError if the gradient by a tensor is too large to be proved."""
        components = sum(1 for _ in self.view.network.positions(target))
        if components * self.view.network.paths > MOST_WORK:
            message = (
                f"the network is too large for a proved gradient: {components} components times "
                f"{self.view.network.paths} paths"
            )
            cure = f"make it smaller: at most {MOST_WORK:,} of them"
            raise InputError([at(self.place, "too-large", message, help=cure)])

    def _having(self, group: Group) -> Iterator[str]:
        """The names of what has a quantity."""
        for name in ("input", "target", *self.view.names, "loss"):
            try:
                group.key(self, name)
            except KeyError:
                continue
            yield name
