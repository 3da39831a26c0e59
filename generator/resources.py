"""Where the files that come with gen-quiz are: the shipped banks and templates.

A wheel carries them inside the package (``generator/share``); in a checkout, also when it is
installed as editable, they stand at the top of the repository.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHARE = _PACKAGE / "share"
ROOT = _SHARE if _SHARE.is_dir() else _PACKAGE.parent

BANKS = ROOT / "banks"
TEMPLATES = ROOT / "templates"
