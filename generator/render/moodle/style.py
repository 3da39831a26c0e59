"""The templates and the words of the Moodle export: what a user may restyle and reword."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.exceptions import TemplateSyntaxError

from generator.diagnostics import Diagnostic, InputError
from generator.render.hypertext import clean
from generator.render.hypertext import words as words_as_html
from generator.render.moodle.xml import as_markup, cdata
from generator.resources import TEMPLATES

FOLDER = TEMPLATES / "moodle"
_SLIPS = (TemplateError, TypeError, ValueError, ArithmeticError)
"""What a template of a user's own may raise."""

_CURE = "copy it from templates/words/en.yaml and translate it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Jinja2 templates for Moodle's XML and HTML, and the words that they show."""

    words: Mapping[str, str]
    folder: Path = FOLDER

    def render(self, name: str, /, **context: Any) -> str:
        """Fill in a template. Raises InputError where a user's own template fails."""
        try:
            template = _environment(self.folder).get_template(name)
            return template.render(words=self.words, phrase=self.phrase, **context)
        except _SLIPS as error:
            raise InputError([_finding(name, error)]) from error

    def phrase(self, word: str, /, **values: object) -> str:
        """A word with its blanks filled in: ``{n} points``. Raises InputError if there is none."""
        if word not in self.words:
            message = f"the words file lacks `moodle: {word}`"
            raise InputError([Diagnostic(code="missing-words", message=message, help=_CURE)])
        text = str(self.words[word])
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
        return text


def load_style(words: str, folder: Path = FOLDER) -> Style:
    """The style of a language: `words` is the text of its words file, `folder` has the templates.

    Raises InputError where the words file is not YAML or has no ``moodle`` section.
    """
    try:
        content = yaml.safe_load(words)
    except yaml.YAMLError as error:
        message = f"the words file is not YAML: {' '.join(str(error).split())}"
        raise InputError([Diagnostic(code="words-not-yaml", message=message)]) from error
    section = content.get("moodle") if isinstance(content, dict) else None
    if not isinstance(section, dict):
        message = "the words file has no `moodle` section"
        raise InputError([Diagnostic(code="missing-words", message=message, help=_CURE)])
    return Style(words=section, folder=folder)


@lru_cache(maxsize=8)
def _environment(folder: Path) -> Environment:
    """The templates of a folder, compiled once in each process: a `Style` itself stays plain."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["cdata"] = lambda text: as_markup(cdata(str(text)))
    environment.filters["words"] = lambda text: as_markup(words_as_html(str(text)))
    environment.filters["xml"] = lambda text: clean(str(text))
    return environment


def _finding(name: str, error: Exception) -> Diagnostic:
    line = f" line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
    return Diagnostic(
        code="moodle-template",
        message=f"the template {name}{line} cannot be filled in: {error}",
        help=f"compare it with the one in {FOLDER}",
    )
