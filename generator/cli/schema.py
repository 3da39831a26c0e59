"""``gen-quiz schema``: the JSON Schema of banks, with which editors complete and check them."""

from __future__ import annotations

import argparse

_USE = """\
Write it beside your banks,

  gen-quiz schema > bank.schema.json

and make this the first line of a bank:

  # yaml-language-server: $schema=bank.schema.json

An editor that runs the YAML language server (VS Code with the YAML extension,
Neovim, Emacs, JetBrains, ...) then completes fields, says what each is for, and
underlines what is misspelt. It knows fields, not formulas: gen-quiz check finds the rest.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments: there are none, but there is something to tell."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _USE


def run(_: argparse.Namespace) -> int:
    """Print the schema: two blanks an indent, fields in the order in which banks are written."""
    import json

    from generator.bank.schema import json_schema

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
    return 0
