"""What a package gives is there at once or when it is first asked for, and nobody sees which."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import pytest

PACKAGES = (
    "generator",
    "generator.render.html",
    "generator.render.moodle",
    "generator.render.pdf",
)


@pytest.mark.parametrize("name", PACKAGES)
def test_every_name_that_a_package_offers_is_there(name: str) -> None:
    package = importlib.import_module(name)
    assert [one for one in package.__all__ if not hasattr(package, one)] == []


@pytest.mark.parametrize("name", PACKAGES)
def test_no_name_is_that_of_a_module_which_would_stand_in_its_place(name: str) -> None:
    package = importlib.import_module(name)
    modules = {found.name for found in pkgutil.iter_modules(package.__path__)}
    assert modules & {*package.__all__} == set()


@pytest.mark.parametrize("name", PACKAGES)
def test_a_name_that_a_package_does_not_have_is_refused_as_by_any_module(name: str) -> None:
    package = importlib.import_module(name)
    with pytest.raises(AttributeError) as caught:
        _ = package.nowhere
    assert str(caught.value) == f"module {name!r} has no attribute 'nowhere'"


def test_numbering_the_variants_of_a_bank_loads_nothing_that_paints_or_writes() -> None:
    code = (
        "import sys, generator.pipeline\n"
        "heavy = {'PIL', 'reportlab', 'segno', 'fontTools.ttLib', 'sympy', 'z3', 'rich'}\n"
        "print(sorted(heavy & {*sys.modules}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
