"""Imports run one way; no renderer imports another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.commands import ROOT


def test_imports_run_one_way() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert "Contracts: 2 kept, 0 broken." in run.stdout, run.stdout + run.stderr


def test_help_and_the_key_of_a_sheet_import_nothing_heavy() -> None:
    """What `--help` needs is on every user's way, and a key is only looked up."""
    code = (
        "import sys\n"
        "import generator.lookup\n"
        "from generator.cli import parser\n"
        "parser().format_help()\n"
        "heavy = {'numpy', 'sympy', 'yaml', 'jinja2', 'reportlab', 'z3', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert run.stdout.strip() == "[]"
