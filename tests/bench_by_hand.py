"""What an instructor would otherwise write: a template, a loop, pdflatex. For `tests/bench.py`.

``python bench_by_hand.py 20`` makes 20 student sheets and 20 key sheets of one small problem in the
working folder. It proves nothing, draws nothing, and nothing keeps its variants apart.
"""

import subprocess
import sys
from pathlib import Path

from jinja2 import Template

SHEET = Template(r"""\documentclass{article}
\usepackage{amsmath}
\begin{document}
\section*{Form {{ number }}}
Consider a convolutional layer with {{ filters }} filters of ${{ kernel }} \times {{ kernel }}$.
\begin{enumerate}
\item How many weights does it have?
{% if key %}${{ filters }} \cdot ({{ kernel }}^2 + 1) = {{ filters * (kernel**2 + 1) }}$
{% endif %}
\end{enumerate}
\end{document}
""")


def main() -> None:
    """Make as many forms as the first argument says."""
    for number in range(1, int(sys.argv[1]) + 1):
        for key in (False, True):
            name = f"{'key' if key else 'student'}-{number}"
            filters, kernel = number % 40 + 1, 2 * (number % 4) + 3
            sheet = SHEET.render(number=number, filters=filters, kernel=kernel, key=key)
            Path(f"{name}.tex").write_text(sheet, encoding="utf-8")
            _typeset(name)


def _typeset(name: str) -> None:
    command = ["pdflatex", "-interaction=batchmode", name]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
