"""Artifacts to where they go, and what a run notes down so that another can go on with it.

`staging` is the story: artifacts are written, finished chunks noted, and at the end the whole takes
the old output's place. `store` says what a place to write to must be able to do; `folder` is one
on this machine, `remote` one behind a URL, `scratch` one that keeps only the files' digests.
"""

from generator.output.staging import Binding, Staging, earlier, replacing, weighing
from generator.output.store import MANIFEST, VARIANTS, Unfinished, file_digest

__all__ = [
    "MANIFEST",
    "VARIANTS",
    "Binding",
    "Staging",
    "Unfinished",
    "earlier",
    "file_digest",
    "replacing",
    "weighing",
]
