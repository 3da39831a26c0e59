"""``gen-quiz new FILE``: a commented bank that works at once, to be changed into one's own."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.diagnostics import InputError

_TITLE = re.compile(r"^title: .*$", re.MULTILINE)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="the bank to write; .yaml is added if left out"
    )


def run(options: argparse.Namespace) -> int:
    """Write the starter bank under this name and say what to do with it."""
    import shlex

    from generator.cli import files

    path = _bank_at(options.file)
    _write(path, _starter(_title(path.stem)))
    name = shlex.quote(path.as_posix())
    commands = {
        f"gen-quiz check {name}": "what is wrong with it, and how many variants there are",
        f"gen-quiz {name} --seed 1": f"sheets and keys, into out/{files.identity(path)}/",
        "gen-quiz schema --help": "how an editor completes and checks its fields",
    }
    width = max(map(len, commands))
    print(f"{path} has a problem to begin with. Open it in an editor, and try")
    for command, purpose in commands.items():
        print(f"  {command:<{width}}  {purpose}")
    return 0


def _bank_at(path: Path) -> Path:
    """The file's path with its suffix. Raises InputError where no bank can be written."""
    from generator.cli.files import SUFFIXES

    if path.is_dir():
        raise _refused(f"{path} is a folder", f"name the bank too, such as {path / 'quiz.yaml'}")
    if not path.suffix:
        path = path.with_name(f"{path.name}.yaml")
    if path.suffix not in SUFFIXES:
        cure = f"such as {path.with_suffix(SUFFIXES[0])}"
        raise _refused(f"{path} does not end in {SUFFIXES[0]}, as banks do", cure)
    if not path.parent.is_dir():
        raise _refused(f"there is no folder {path.parent}", "make it first, or choose another")
    return path


def _write(path: Path, text: str) -> None:
    """Write a file that is not there yet: an author's bank is never overwritten."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        cure = "choose another name; nothing was changed"
        raise _refused(f"{path} is there already", cure) from None
    except OSError as error:
        raise _refused(f"{path} cannot be written: {error.strerror or error}", "") from error


def _refused(message: str, cure: str) -> InputError:
    from generator.diagnostics import Diagnostic, InputError

    return InputError([Diagnostic(code="unwritable-bank", message=message, help=cure)])


# --- what is written ---------------------------------------------------------------------------


def _starter(title: str) -> str:
    """The starter bank with this title."""
    import json

    from generator.resources import TEMPLATES

    text = (TEMPLATES / "bank" / "starter.yaml").read_text("utf-8")
    # A text in JSON's quotes is one in YAML's, whatever is in it.
    line = f"title: {json.dumps(title, ensure_ascii=False)}"
    return _TITLE.sub(lambda _: line, text, count=1)


def _title(stem: str) -> str:
    """A heading made of a file's name: ``linear-algebra_2`` is *Linear algebra 2*."""
    shown = "".join(c if c.isprintable() else " " for c in stem)
    words = re.sub(r"[\s_-]+", " ", shown).strip()
    return words[:1].upper() + words[1:] or "A new bank"
