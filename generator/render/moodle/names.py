"""What a teacher finds questions by: names, idnumbers, tags, categories, all within bounds."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from hashlib import blake2b
from itertools import groupby

_NAME = 255
_IDNUMBER = 100
_TAG = 50
_CATEGORY = 255
_ELLIPSIS = "…"


def question_name(text: str, suffix: str = "") -> str:
    r"""A question's name: one line, at most 255 characters, nothing that looks like a tag.

    Moodle: "Tags are stripped (`\(x<y\)` becomes `\(x`); over 255 characters cut silently". A name
    too long loses its middle: its end tells variants apart.
    """
    return _fitted(_untagged(text), _NAME - len(suffix)) + suffix


def idnumber(problem: str, index: int, suffix: str = "") -> str:
    """A question's idnumber: of the problem, the variant's index and what is asked of it alone.

    Moodle: "a duplicate in a category silently becomes NULL; over 100 characters crashes".
    """
    tail = f"-{index}{suffix}"
    safe = re.sub(r"[^A-Za-z0-9._-]", "-", problem)
    room = _IDNUMBER - len(tail)
    if safe != problem or len(safe) > room:
        digest = blake2b(problem.encode("utf-8", "replace"), digest_size=4).hexdigest()
        safe = f"{safe[: room - len(digest) - 1]}-{digest}"
    return safe + tail


def tags(*texts: str) -> tuple[str, ...]:
    """The texts that can be tags, each once: Moodle folds case and cuts at 50 characters."""
    found: dict[str, str] = {}
    for text in texts:
        tag = _line(re.sub(r"[<>`,]", " ", text))[:_TAG].strip()
        if tag:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def letters(labels: Sequence[str], asked: Collection[str]) -> str:
    """The letters of some parts of a question, three or more in a row as a range: ``a–d, f``."""
    runs = (
        tuple(run)
        for is_asked, run in groupby(labels, key=lambda label: label in asked)
        if is_asked
    )
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)


class Categories:
    """Gives each problem a category of its own under the assignment's, also if titles repeat."""

    def __init__(self, assignment: str) -> None:
        self.assignment = _category(_line(assignment) or "gen-quiz")
        self._taken: set[str] = set()

    def of(self, title: str, problem: str, suffix: str) -> tuple[str, str]:
        """A problem's category, and the one beside it that `suffix` names."""
        title = _line(title) or problem
        for name in (title, f"{title} ({problem})"):
            pair = (_category(name), _category(name, suffix))
            if not self._taken.intersection(item.casefold() for item in pair):
                break
        self._taken.update(item.casefold() for item in pair)
        main, beside = (f"{self.root}/{_slashed(item)}" for item in pair)
        return main, beside

    @property
    def root(self) -> str:
        """The assignment's own category. Moodle: "missing levels are created"."""
        return f"$course$/top/{_slashed(self.assignment)}"


def _category(title: str, suffix: str = "") -> str:
    """Moodle: a category's name "over 255 characters crashes"; "top" is its own."""
    name = _fitted(_untagged(title), _CATEGORY - len(suffix)) + suffix
    return "Top" if name == "top" else name


def _slashed(name: str) -> str:
    """Moodle: "`//` is a literal slash"; at either end a blank keeps it from its neighbour."""
    escaped = name.replace("/", "//")
    return re.sub(r"/$", "/ ", re.sub(r"^/", " /", escaped))


def _untagged(text: str) -> str:
    return _line(text).replace("<", "‹")


def _line(text: str) -> str:
    """One line without control characters; white space of any kind is one blank."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def _fitted(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    tail = room // 4
    return text[: room - tail - 1].rstrip() + _ELLIPSIS + text[-tail:].lstrip()
