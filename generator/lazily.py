"""Packages that load their modules when these are first needed, by the hook of PEP 562.

A command needs few of the renderers, and a process that makes questions none of the modules that
paint sheets. The package's `__init__` says what is loaded later and where it is::

    if TYPE_CHECKING:
        from package.painted import paint
    else:  # a type checker would take any name for one of ours
        __getattr__ = on_first_use(__name__, {"painted": ("paint",)})
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from importlib import import_module


def on_first_use(package: str, modules: Mapping[str, Collection[str]]) -> Callable[[str], object]:
    """The ``__getattr__`` of a package, each of whose `modules` gives some names."""
    places = {name: module for module, names in modules.items() for name in names}

    def find(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(f"{package}.{places[name]}"), name)
        setattr(sys.modules[package], name, found)  # so that it is asked for only once
        return found

    return find
