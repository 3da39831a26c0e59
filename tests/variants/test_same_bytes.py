"""The same input gives the same variants in every process, under every hash seed."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
import sys
from generator.language.template import compile_template
from generator.model.value import Record
from generator.model.variant import Filter
from generator.variants.codes import variant_code
from generator.variants.permutation import Permutation
from generator.variants.space import VariantSpace
from tests.variants import chosen, conv, listed, problem, source, steps, vectors

wide = problem(
    {
        "n": steps(1, 3),
        "x": vectors("n", steps(-1, 1)),
        "w": listed("a", "b"),
        "c": chosen(2, 1, 2, 3),
        "r": listed(Record(entries=(("p", 1),)), Record(entries=(("p", 2),))),
    },
    "sum(x) >= 0", "s != n", "r.p <= n", let={"s": "sum(x) + len(x)"},
)
names = frozenset({"n", "s", "w"})
odd = Filter(names=names, admits=lambda c: c["s"] % 2 == 1, reason="", place=source(""))
for one, filters in ((conv(), ()), (wide, (odd,))):
    space = VariantSpace(one, filters)
    deal = Permutation(42, one.identity, space.size)
    print(space.size, [(variant_code("p", deal(k)), space.values(deal(k))) for k in range(30)])
    print([(r.seen, r.rejected, r.alone) for r in space.rejections])
text = "{{ exp(1/3) | decimals(40) }} {{ sort([3, 1/2, sqrt(2)]) }}"
print(compile_template(source(text)).render({}))
assert not {"sympy", "z3", "reportlab"} & sys.modules.keys(), "slow imports"
"""


def run(hash_seed: str) -> bytes:
    environment = {
        **os.environ,
        "PYTHONHASHSEED": hash_seed,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, check=True
    )
    return done.stdout


def test_variants_do_not_depend_on_the_process() -> None:
    first = run("0")

    assert first.count(b"\n") == 5
    assert run("4711") == first
