"""Where the files that come with gen-quiz are: the shipped banks and templates.

A wheel carries them inside the package (``generator/share``); in a checkout, also when it is
installed as editable, they stand at the top of the repository.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHARE = _PACKAGE / "share"
ROOT = _SHARE if _SHARE.is_dir() else _PACKAGE.parent

BANKS = ROOT / "banks"
TEMPLATES = ROOT / "templates"


@cache
def fingerprint() -> str:
    """A digest of all templates and fonts: two runs with equal ones look the same."""
    digest = hashlib.sha256()
    for path in sorted(TEMPLATES.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(TEMPLATES).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
