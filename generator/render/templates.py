"""Jinja2 templates and the words that they show: what a user may restyle and reword.

Whatever a template or a words file of a user's own has wrong becomes a diagnostic. A `Templates` is
plain data, so that it can be handed to another process; the compiled templates are kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.exceptions import TemplateSyntaxError
from markupsafe import Markup

from generator.diagnostics import Diagnostic, InputError
from generator.model.dataclass import dataclass

_SLIPS = (TemplateError, TypeError, ValueError, ArithmeticError)
"""What a template of a user's own may raise."""

_CURE = "copy it from templates/words/en.yaml and translate it"

Filter = Callable[[Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """The templates in a folder, and the words of a section of a words file.

    A renderer's own class says which `section`, and which `filters` its templates may use.
    """

    section: ClassVar[str]
    filters: ClassVar[Mapping[str, Filter]]

    words: Mapping[str, Any]
    folder: Path

    def render(self, name: str, /, **context: Any) -> str:
        """Fill in a template. Raises InputError where a user's own template fails."""
        try:
            return self.environment.get_template(name).render(**self.globals, **context)
        except _SLIPS as error:
            raise InputError([self._finding(name, error)]) from error

    @property
    def environment(self) -> Environment:
        """The templates, compiled."""
        return environment(self.folder, tuple(self.filters.items()))

    @property
    def globals(self) -> Mapping[str, Any]:
        """What all templates may use, whatever they are filled with."""
        return {"words": self.words, "phrase": self.phrase}

    def markup(self, name: str, /, **context: Any) -> Markup:
        """The same as markup that another template must not escape again."""
        return Markup(self.render(name, **context))  # noqa: S704 - templates escape all else

    def phrase(self, word: str, /, **values: object) -> str:
        """A word with its blanks filled in: ``{n} points``. Raises InputError if there is none."""
        if word not in self.words:
            message = f"the words file lacks `{self.section}: {word}`"
            raise InputError([Diagnostic(code="missing-words", message=message, help=_CURE)])
        text = str(self.words[word])
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def _finding(self, name: str, error: Exception) -> Diagnostic:
        line = f" line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        return Diagnostic(
            code=f"{self.section}-template",
            message=f"the template {name}{line} cannot be filled in: {error}",
            help=f"compare it with the one that is shipped in templates/{self.section}",
        )


@lru_cache(maxsize=8)
def read_words(words: str) -> Mapping[str, Any]:
    """All that a words file says, nothing if it is no mapping. InputError where it is no YAML."""
    try:
        content = yaml.safe_load(words)
    except yaml.YAMLError as error:
        message = f"the words file is not YAML: {' '.join(str(error).split())}"
        raise InputError([Diagnostic(code="words-not-yaml", message=message)]) from error
    return content if isinstance(content, dict) else {}


def read_section(words: str, section: str) -> Mapping[str, Any]:
    """The words of a section. Raises InputError where the file is no YAML or lacks the section."""
    found = read_words(words).get(section)
    if not isinstance(found, dict):
        message = f"the words file has no `{section}` section"
        raise InputError([Diagnostic(code="missing-words", message=message, help=_CURE)])
    return found


class _Compiled(BytecodeCache):
    """Keeps what was compiled, for environments made of one another."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


@lru_cache(maxsize=16)
def environment(folder: Path, filters: tuple[tuple[str, Filter], ...] = ()) -> Environment:
    """The templates of a folder, compiled once in each process."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_Compiled(),
    )
    made.filters.update(filters)
    return made
