"""PyYAML's errors in our words: what an author most probably did, at the place where it is mended.

PyYAML says what its parser expected; an author wants to know which of YAML's few traps it was.
`_RULES` lists, for each error that PyYAML has, who explains it; an explanation looks at the text
around the place. Whatever no rule knows keeps PyYAML's place and words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml

from generator.bank.yaml.characters import STAND_IN
from generator.bank.yaml.clue import Clue, line_at
from generator.bank.yaml.indent import misplaced, no_field
from generator.bank.yaml.outline import FIELD, GLUED_FIELD, ITEM
from generator.bank.yaml.traps import tag_trap, template_trap, unwanted_escapes
from generator.diagnostics import Diagnostic
from generator.model.source import SourceFile

QUOTE_IT = "put the whole text in quotes, or write it as a block after `|`"


def explain(file: SourceFile, error: yaml.MarkedYAMLError, last: Any) -> list[Diagnostic]:
    """The findings for `error`; `last` is the last event that PyYAML gave before it."""
    mark = error.problem_mark or error.context_mark
    context = error.context_mark or mark
    clue = Clue(
        file=file,
        problem=(error.problem or "it cannot be read").replace(STAND_IN, "?"),
        index=mark.index if mark else 0,
        context_index=context.index if context else 0,
        last=last,
    )
    said = f"{error.context or ''}: {clue.problem}"
    for pattern, rule in _RULES:
        if re.search(pattern, said):
            found = rule(clue)
            return found if isinstance(found, list) else [found]
    return [clue.say("yaml-syntax", f"this is not YAML: {clue.problem}")]


# --- signs that cannot begin a text -----------------------------------------------------------


def _tab(clue: Clue) -> Diagnostic:
    rest = clue.line[len(clue.before) :]
    return clue.say(
        "yaml-tab",
        "a tab stands here, which is no space for YAML",
        "type spaces instead; most editors can do so when the tab key is pressed",
        length=max(1, len(rest) - len(rest.lstrip("\t"))),
    )


def _reserved(clue: Clue) -> Diagnostic:
    sign = "a backtick" if clue.found == "`" else f"`{clue.found}`"
    return clue.say("yaml-quote", f"a text that begins with {sign} needs quotes", QUOTE_IT)


def _alias(clue: Clue) -> Diagnostic:
    return clue.say(
        "yaml-quote",
        f"a text that begins with `{clue.opening}` needs quotes: for YAML it names a value",
        QUOTE_IT,
        index=clue.context_index,
    )


def _tag(clue: Clue) -> Diagnostic:
    return tag_trap(clue.file, clue.context_index)


def _block_header(clue: Clue) -> Diagnostic:
    if clue.opening == "|":
        return clue.say(
            "yaml-block",
            "the text of a block begins in the line after its `|`",
            "move this to the next line, indented; or write it in quotes without the `|`",
        )
    return clue.say(
        "yaml-quote",
        "a text that begins with `>` needs quotes: for YAML it begins a block",
        QUOTE_IT,
        index=clue.context_index,
    )


def _item_in_line(clue: Clue) -> Diagnostic:
    return clue.say(
        "yaml-quote",
        "a list cannot begin in the line of its field",
        "begin it in the next line; a text that begins with `- ` needs quotes",
    )


def _no_content(clue: Clue) -> Diagnostic:
    if not clue.found.strip():
        return clue.say("yaml-syntax", "a value is missing here")
    return clue.say("yaml-syntax", f"a value cannot begin with `{clue.found}`", QUOTE_IT)


# --- quotes and escapes -----------------------------------------------------------------------

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*', re.DOTALL)


def _unclosed_quote(clue: Clue) -> Diagnostic:
    return clue.say(
        "yaml-quote",
        "this quote is never closed",
        "write the closing quote; if the text only begins with a quote, put it in the other kind",
        index=clue.context_index,
    )


def _after_quote(clue: Clue) -> Diagnostic:
    """Text after a closing quote: one quote too many, or one forgotten further up."""
    begin = clue.last.start_mark.index
    if lines := clue.file.text.count("\n", begin, clue.index):
        return _forgotten_quote(clue, begin, lines)
    quote = clue.before.rstrip()[-1]
    cure = (
        "put the whole text in '…', or write \\\" for a quote within it"
        if quote == '"'
        else "put the whole text in \"…\", or write '' for a quote within it"
    )
    return clue.say("yaml-quote", f"the quote {quote} before this has ended the text", cure)


def _forgotten_quote(clue: Clue, index: int, lines: int) -> Diagnostic:
    return clue.say(
        "yaml-quote",
        f"the text that begins with this quote ends {'a line' if lines == 1 else f'{lines} lines'}"
        " further down",
        "its closing quote is probably missing",
        index=index,
    )


def _escape(clue: Clue) -> list[Diagnostic]:
    """PyYAML stops at the first escape that it does not know; all in the text are worth telling."""
    text = _QUOTED.match(clue.file.text, clue.context_index)
    end = text.end() if text else clue.index
    return list(unwanted_escapes(clue.file, clue.context_index, end)) or [_unclosed_quote(clue)]


# --- colons -----------------------------------------------------------------------------------


def _colon(clue: Clue) -> Diagnostic:
    """A colon where no field can begin: within a text, or after a line that went wrong."""
    word = clue.before.strip()
    if not re.fullmatch(r"[\w-]+", word):
        return _colon_in_text(clue)
    above = clue.file.text[: clue.line_begin].rstrip()
    begin = above.rfind("\n") + 1
    line = above[begin:]
    if glued := GLUED_FIELD.fullmatch(line):
        return _glued(clue, begin, glued)
    if FIELD.match(line) or ITEM.match(line):
        return misplaced(clue, word)
    return no_field(clue, begin)


def _colon_in_text(clue: Clue) -> Diagnostic:
    return clue.say(
        "yaml-colon",
        "this colon with a space after it begins a new field in the middle of a text",
        QUOTE_IT,
    )


def _no_colon(clue: Clue) -> Diagnostic:
    """A line that should be a field but has no colon."""
    begin = clue.file.text.rfind("\n", 0, clue.context_index) + 1
    if glued := GLUED_FIELD.fullmatch(line_at(clue.file, begin)):
        return _glued(clue, begin, glued)
    return no_field(clue, begin)


def _glued(clue: Clue, begin: int, glued: re.Match[str]) -> Diagnostic:
    return clue.say(
        "yaml-colon",
        f"a space is missing after the colon of `{glued['key']}:`",
        f"write `{glued['key']}: {glued['value']}`",
        index=begin + glued.end("key"),
    )


# --- lists and mappings -----------------------------------------------------------------------


def _unexpected(clue: Clue) -> Diagnostic:
    """Something that neither goes on with the list or mapping around it nor ends it."""
    before = clue.before.rstrip()
    if not before:
        return _odd_line(clue)
    if before.endswith("}}") and "{{" in before:
        return template_trap(clue.file, clue.line_begin + before.rfind("{{"))
    if before[-1] in "\"'":
        return _after_quote(clue)
    if clue.found in ("}", "]", ","):
        return clue.say(
            "yaml-bracket", f"this `{clue.found}` closes nothing", f"delete it, or {QUOTE_IT}"
        )
    return clue.say("yaml-syntax", "the value has ended before this", QUOTE_IT)


def _odd_line(clue: Clue) -> Diagnostic:
    if found := FIELD.match(clue.line):
        return misplaced(clue, "-" if ITEM.match(clue.line) else found["key"])
    if ITEM.match(clue.line):
        return misplaced(clue, "-")
    return no_field(clue, clue.line_begin)


# --- brackets ---------------------------------------------------------------------------------

_CLOSING = {"{": "}", "[": "]"}


def _flow(clue: Clue) -> Diagnostic:
    """Something within brackets that is neither a comma nor their end."""
    further = "\n" in clue.file.text[clue.context_index : clue.index]
    if not clue.found or (further and FIELD.match(clue.line)):
        return _unclosed_bracket(clue)
    if clue.before.rstrip().endswith(("'", '"')) and clue.found not in ":,{}[]":
        return _after_quote(clue)
    if clue.found == ":":
        return _colon_in_text(clue)
    if clue.found in "}]":
        message = f"this `{clue.found}` does not close the `{clue.opening}` before it"
        return clue.say("yaml-bracket", message, f"write `{_CLOSING[clue.opening]}`")
    return clue.say(
        "yaml-bracket",
        f"within `{clue.opening}` a text without quotes ends at this `{clue.found}`",
        QUOTE_IT,
    )


def _unclosed_bracket(clue: Clue) -> Diagnostic:
    return clue.say(
        "yaml-bracket",
        f"this `{clue.opening}` is never closed",
        f"write the `{_CLOSING[clue.opening]}`; a text with brackets of its own needs quotes",
        index=clue.context_index,
    )


def _document(clue: Clue) -> Diagnostic:
    return clue.say(
        "yaml-documents",
        "a bank is one document, and it has ended before this",
        "delete the line above that is `...` or begins with `%`",
    )


_RULES: tuple[tuple[str, Callable[[Clue], Diagnostic | list[Diagnostic]]], ...] = (
    (r"found character '\\t'", _tab),
    (r"found character .* that cannot start any token", _reserved),
    (r"mapping values are not allowed", _colon),
    (r"could not find expected ':'", _no_colon),
    (r"sequence entries are not allowed", _item_in_line),
    (r"quoted scalar: found unexpected (end|document)", _unclosed_quote),
    (r"double-quoted scalar: ", _escape),
    (r"scanning a block scalar: ", _block_header),
    (r"scanning an? (alias|anchor): ", _alias),
    (r"scanning a tag: |tag handle", _tag),
    (r"parsing a block (mapping|collection): ", _unexpected),
    (r"parsing a flow (mapping|sequence): ", _flow),
    (r"expected the node content", _no_content),
    (r"expected '<document start>'|scanning a directive|document", _document),
)
