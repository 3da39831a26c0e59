"""How many random structures a property test tries.

``GEN_QUIZ_STRUCTURES=2000 pytest tests/solver`` tries so many in each of the tests that ask here.
"""

from __future__ import annotations

import os


def structures(usual: int) -> int:
    """As many as the environment says, or the usual number, which is quick."""
    return int(os.environ.get("GEN_QUIZ_STRUCTURES", usual))
