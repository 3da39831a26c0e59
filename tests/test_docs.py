"""docs/banks.md describes the bank language as it is: every example works, nothing is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from generator import pipeline
from generator.bank import limits as bank_limits
from generator.bank.grammar import domains, parts
from generator.bank.read import read_bank
from generator.bank.schema import json_schema
from generator.diagnostics import InputError, show
from generator.language import limits as language_limits
from generator.language.expression import compile_expression
from generator.language.functions import FUNCTIONS
from generator.language.numbers import plain
from generator.language.operators import BINARY, UNARY
from generator.language.parser import COMPARISONS, LOGIC
from generator.language.template import compile_template
from generator.language.tokens import tokenize
from generator.language.writers import WRITERS
from generator.model.source import Source, SourceFile
from generator.solver.models import MODELS
from generator.solver.models.conv import captions, kinds, memory, space, totals
from generator.solver.models.function import asked
from generator.solver.models.function import rules as function_rules
from generator.solver.models.network import activations, losses, quantities, updates
from generator.solver.models.network import kinds as network_kinds
from generator.solver.models.recurrent.cells import CELLS
from generator.solver.models.recurrent.reading import RESERVED
from generator.solver.models.recurrent.spec import FIELDS
from generator.solver.plots import labels, operations, values
from generator.variants.tables import ROWS
from tests.commands import ROOT

DOCS = ROOT / "docs"
PAGE = (DOCS / "banks.md").read_text("utf-8")
SAMPLE = 4


def fenced(head: str, text: str = PAGE) -> list[tuple[int, str]]:
    """The blocks of code that open with this head, each with its line."""
    found = re.finditer(r"^```(.*?)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [
        (text.count("\n", 0, match.start()) + 1, match.group(2))
        for match in found
        if match.group(1) == head
    ]


# --- the examples ------------------------------------------------------------------------------

DEFAULTS = {"id": "example", "title": "Example", "parts": "[{ask: How many?, numerical: 1}]"}


def fields_of(piece: str) -> dict[str, str]:
    """The fields of a piece of a problem, each with its text."""
    found = re.split(r"^(\w+):", piece, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def completed(example: str) -> str:
    """A whole bank: a piece of a problem with what the page says is filled in."""
    if example.startswith("title:"):
        return example
    fields = fields_of(example)
    named = [
        name
        for field in ("parameters", "let")
        for name in re.findall(r"^  (\w+):", fields.get(field, ""), re.MULTILINE)
    ]
    shown = ", ".join(f"{name} is {{{{ {name} }}}}" for name in named)
    missing = {**DEFAULTS, "stem": f'"{shown or "Think."}"'}
    lines = [f"{name}: {text}" for name, text in missing.items() if name not in fields]
    problem = "\n".join([*lines, example])
    return f"title: Example\nproblems:\n  -\n{re.sub('(?m)^(?=.)', '    ', problem)}"


def load(name: str) -> SourceFile:
    """The other banks that an example names."""
    text = (ROOT / "banks" / "examples" / name).read_text("utf-8")
    return SourceFile(name=name, text=text)


def bank(text: str) -> SourceFile:
    return SourceFile(name="quiz.yaml", text=text)


@pytest.mark.parametrize(("line", "example"), fenced("yaml"))
def test_an_example_is_read_solved_and_composed(line: int, example: str) -> None:
    assignment = pipeline.prepare(bank(completed(example)), id="example", seed=line, load=load)
    assert [show(warning) for warning in assignment.warnings] == []
    for dealer in assignment.dealers:
        assert dealer.space.size > 1 or "parameters" not in example
        for k in range(min(SAMPLE, dealer.space.size)):
            dealer.document(dealer.draw(k))


def test_what_the_page_says_is_refused_gets_the_message_that_it_shows() -> None:
    refused = fenced("yaml refused")
    messages = [text for _, text in fenced("") if "error[" in text]
    assert len(refused) == len(messages) == 1
    for (_, text), message in zip(refused, messages, strict=True):
        with pytest.raises(InputError) as caught:
            read_bank(bank(text), id="quiz")
        assert "\n".join(map(show, caught.value.diagnostics)) + "\n" == message


def rows(head: str) -> Iterator[list[str]]:
    """The cells of the table with this head."""
    table = PAGE.split(f"| {head} |\n")[1].split("\n\n")[0]
    for line in table.splitlines()[1:]:
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def code(cell: str) -> str:
    return cell.strip("`").replace(r"\|", "|")


@pytest.mark.parametrize("written", [row[0] for row in rows("written | why not | write")])
def test_what_readers_of_yaml_disagree_on_is_refused(written: str) -> None:
    for value in re.findall("`(.*?)`", written):
        example = f"parameters:\n  n: {{values: [{value}, 7]}}\n"
        # The comma that separates thousands separates items in a list in braces.
        example = (
            example if "," not in value else f"parameters:\n  n:\n    values:\n    - {value}\n"
        )
        with pytest.raises(InputError):
            read_bank(bank(completed(example)), id="quiz")


@pytest.mark.parametrize("instead", [row[2] for row in rows("written | why not | write")])
def test_what_to_write_instead_is_read(instead: str) -> None:
    for value in re.findall("`(.*?)`", instead):
        read_bank(bank(completed(f"parameters:\n  n: {{values: [{value}, 7]}}\n")), id="quiz")


# --- expressions and templates -----------------------------------------------------------------


def source(text: str) -> Source:
    return Source(file=bank(text), line=1, column=1, text=text)


def calculations() -> list[tuple[str, str]]:
    """Expressions with what the page says that they give: two in each row."""
    found = []
    for head in (
        "arithmetic | gives | | comparison and choice | gives",
        "numbers | gives | | vectors | gives",
        "matrices | gives | | matrices and vectors | gives",
    ):
        for left, value, _, right, other in rows(head):
            found += [(code(left), code(value)), (code(right), code(other))]
    return found


@pytest.mark.parametrize(("expression", "value"), calculations())
def test_an_expression_gives_what_the_page_says(expression: str, value: str) -> None:
    found = compile_expression(source(expression)).evaluate({})
    assert plain(found) == value or approximately(found, value)


def approximately(found: object, value: str) -> bool:
    """An irrational step may end next to the number: ``sin(pi / 6)``."""
    shown = plain(found)
    return bool(re.fullmatch(r"[\d.]+", shown)) and Fraction(shown) == Fraction(value)


@pytest.mark.parametrize(
    ("template", "text"), [(code(a), code(b)) for a, b in rows("template | gives")]
)
def test_a_template_gives_what_the_page_says(template: str, text: str) -> None:
    assert compile_template(source(template)).render({}) == text


def test_every_function_and_operator_has_an_example() -> None:
    written = " ".join(expression for expression, _ in calculations())
    assert [name for name in FUNCTIONS if f"{name}(" not in written] == []
    signs = {
        token.text
        for expression, _ in calculations()
        for token in tokenize(expression, 0, len(expression), pipes=False)
    }
    operators = {*BINARY, *UNARY, *COMPARISONS, *LOGIC, "if", "else", "**", "["}
    assert operators - signs == set()


def test_every_writer_has_an_example() -> None:
    written = [template for template, _ in rows("template | gives")]
    assert [name for name in WRITERS if not any(f"| {name}" in code(t) for t in written)] == []


# --- nothing is left out -----------------------------------------------------------------------


def schema_words() -> set[str]:
    """Every field that a bank can have."""
    found: set[str] = set()

    def collect(schema: object) -> None:
        if isinstance(schema, dict):
            properties = schema.get("properties", {})
            found.update(properties if isinstance(properties, dict) else {})
            for inner in schema.values():
                collect(inner)
        elif isinstance(schema, list):
            for inner in schema:
                collect(inner)

    collect(json_schema())
    return found


def section(title: str, level: str = "###") -> str:
    return re.split(rf"^#{{2,{len(level)}}} ", PAGE.split(f"\n{level} {title}\n")[1], flags=re.M)[0]


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def named(words: set[str], text: str) -> set[str]:
    """The words that no code on the page holds."""
    prose = re.sub(r"(?sm)^```.*?^```", "", text)
    codes = [code for _, code in re.findall(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", prose)]
    known = {
        word
        for found in (*codes, *(e for _, e in fenced("yaml", text)))
        for word in words_of(found)
    }
    return words - known


def test_every_field_of_the_schema_is_named() -> None:
    assert named(schema_words(), PAGE) == set()


def test_every_kind_of_part_has_a_heading() -> None:
    for kind in parts.PART.kinds:
        assert f"\n### {kind}\n" in PAGE


def test_every_kind_of_domain_is_explained() -> None:
    explained = re.findall(r"\*\*(.+?)\*\*:", section("Parameters", "##"))
    marks = {mark for words in explained for mark in re.findall(r"`(\w+)`", words)}
    assert marks == domains.DOMAIN.kinds.keys() | {"max"}


def test_every_model_has_a_heading() -> None:
    for model in MODELS:
        assert f"\n### {model}\n" in PAGE


def test_everything_about_conv_is_named() -> None:
    tables = [
        *space.QUANTITIES.values(),
        *space.OUTPUTS.values(),
        *space.POOLED.values(),
        *space.FIELDS.values(),
    ]
    words = {name for table in tables for name in table} | {*totals.TOTALS, *captions.FUNCTIONS}
    words |= {*memory.MEMORY, "bytes"}
    for name, kind in kinds.KINDS.items():
        for one in (kind, *kind.switches.values()):
            fields = (*one.required, *one.optional, *one.switches)
            words |= {name, *fields, *(word for field in one.words.values() for word in field)}
    assert named(words, section("conv")) == set()


def test_everything_about_functions_is_named() -> None:
    words = {*function_rules.OUTER, *asked.WORDS, "of", "at"}
    assert named(words, section("function")) == set()


def test_everything_about_networks_is_named() -> None:
    words = {*quantities.QUANTITIES, *quantities.GROUPS, *activations.ACTIVATIONS, *losses.LOSSES}
    for name, kind in network_kinds.KINDS.items():
        words |= {name, *kind.required, *kind.allowed}
    for name, update in updates.UPDATES.items():
        words |= {name, *update.required, *update.optional}
    assert named(words, section("network")) == set()


def test_everything_about_cells_is_named() -> None:
    text = section("recurrent") + section("Claims", "##")
    assert named({*CELLS, *RESERVED, *FIELDS}, text) == set()


def test_every_function_of_a_curve_is_stated() -> None:
    assert named({*operations.FUNCTIONS}, section("Plots", "##")) == set()


def test_every_bound_is_stated() -> None:
    stated = PAGE.split("**Bounds.**")[1]
    modules = (bank_limits, language_limits)
    bounds = {name: getattr(module, name) for module in modules for name in vars(module)}
    bounds |= {"ROWS": ROWS, "MAX_DATA": values.MAX_DATA, "MAX_LABEL": labels.MAX_LABEL}
    inner = {"TURN"}  # a price within the budget of steps
    missing = {
        name
        for name, bound in bounds.items()
        if isinstance(bound, int)
        and name not in inner
        and not re.search(rf"(?<![\d,]){bound:,}(?![\d,]\d)", stated)
    }
    assert missing - {"BINOMIAL", "FACTORIAL"} == set()
    assert f"factorial({language_limits.FACTORIAL})" in stated
    assert f"binomial({language_limits.BINOMIAL}, …)" in stated


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([\w-]+))?\)", text):
        path = page.parent / target if target else page
        assert path.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in headings}
            assert anchor in slugs, anchor
