"""A local page that shows what students and markers will get, and follows the bank as it is saved.

- `workbench` is the one thread in which banks are read and solved; `session` the state of the bank
  in there, read anew whenever a file changes, and checked in the background.
- `views` turns what is known into pieces of the page, `moodle` into questions as Moodle shows them,
  `source` into the bank's text with its findings; `responses` reads a filled-in question.
- `server` speaks HTTP and knows what may be asked by whom, `routes` which address shows what.

Nothing is written, nothing leaves the machine, and a bank is as harmless here as on the command
line: all that it has wrong is a finding on the page.
"""

from __future__ import annotations

from generator.preview.server import Preview

__all__ = ["Preview"]
