"""``python -m generator``: the same as ``gen-quiz``."""

import sys

from generator.cli import main

sys.exit(main())
