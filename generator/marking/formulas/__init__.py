"""Formulas that students type: read as text or LaTeX, and compared with what a key means."""
