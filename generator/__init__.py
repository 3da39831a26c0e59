"""gen-quiz: randomized problem sets from YAML banks, with answer keys that are proved."""

__version__ = "0.1.0"
