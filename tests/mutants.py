"""Cases for `tests.fuzz`: the project's own banks, bent and broken.

A case is bytes, and follows from the seed and its number alone. Most are made by structure: a bank
is mutated as a tree whose nodes come from other banks, an expression or a template as tokens. Some
are noise in the text. What a mutant says is up to chance; that it nearly says something is not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.diagnostics import InputError
from generator.language.expression import compile_expression
from generator.language.functions import FUNCTIONS
from generator.language.writers import WRITERS
from generator.model.source import Source, SourceFile

ROOT = Path(__file__).resolve().parent.parent
SMALL = 6_000
"""Characters of a bank: a larger one is taken problem by problem."""

_DEEP = 30
"""Levels of a tree that is mutated; what is deeper is made as text."""

_EXTREMES = (
    *("0", "-0", "1", "-1", "2", "0.5", "1/3", "-7/2", "1e400", "-1e-400", "1e-30", "9" * 59),
    *("2**4000", "2**62", str(2**63 - 1), str(-(2**63)), "1e9", "10**9", "1000", "1001", "400"),
    *("true", "no", "null", "~", ".inf", ".nan", "0x10", "1_000", "007", "pi", "''", "[]", "{}"),
    *("range(1000)", "identity(10)", "[[1, 2], [3, 4]]", "1e1", "50%", "1.", "10" * 15, "sqrt(2)"),
)
_PIECES = (
    *("(", ")", "[", "]", "{", "}", "{{", "}}", "{%", "%}", "$", "$$", "`", "|", "\\", "\\frac"),
    *("\\begin{aligned}", "\\end{aligned}", "&", "\\\\", "^", "_", "'", '"', "#", ": ", "- ", "*"),
    *("**", "//", "%", "@", "<=", "==", "!=", " and ", " or ", "not ", " if ", " else ", ",", "."),
    *("{% if a %}", "{% for x in range(9) %}", "{% endfor %}", "{% endif %}", "{% else %}", "\n"),
    *("![](figure:x)", "```\n", "| a | b |\n|---|---|\n", "\t", "\0", "\x1b", "\u2028", "\ufeff"),
    *(
        "\U0001f600",
        "\u0301",
        "\u202e",
        "ß",
        "½",
        "²",
        "𝑥",
        "\ud7ff",
        "é",
        "−",
        "σ",
        "e",
        "1e",
        "==",
    ),
    *(
        "sum_i ",
        "sum(i=1..4,",
        "e^",
        "s'(",
        "h_i",
        "_{i+j-1}",
        "max(",
        "<",
        ";",
        "!!x ",
        "&a ",
        "*a",
    ),
)
_ROSTERS = (
    "id,name,e-mail\n1815,Ada Lovelace,ada@example.org\n1906,Grace Hopper,\n",
    "Matrikelnummer;Nachname;Vorname\n1;Müller;Zoë\n2;Østergård;Søren\n",
    'sep=;\nid;name\n1;"A; b"\n="007";"C ""d"""\n',
    "ФИО\tid\nСофья Ковалевская\t1850\nΥπατία\t350\n",
    "学号|姓名\n1|陈\n2|王\n",
)
_TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

Random = random.Random
Node = yaml.nodes.Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is given to gen-quiz, as bytes; `kind` says by whom it is read.

    The first line of an expression or template is the number of its setting (the values of its
    names), that of a response names the part that it responds to.
    """

    kind: str
    number: int
    content: bytes


class Corpus:
    """What mutants are made of; `responses` are a part's label with what might be typed there."""

    def __init__(self, responses: Mapping[str, Sequence[str]]) -> None:
        good = [*ROOT.glob("banks/**/*.yaml"), *ROOT.glob("tests/banks/[!i]*/*.yaml")]
        bad = list(ROOT.glob("tests/banks/invalid/*.yaml"))
        self.good, refused = _trees(good), _trees(bad)
        self.trees = (*self.good, *refused)
        contents = [path.read_bytes() for path in sorted((*good, *bad))]
        self.texts = (
            *(content for content in contents if len(content) <= SMALL),
            *(_written(tree) for tree in self.trees),
        )
        self.fields: dict[str, list[Node]] = {}
        for tree in self.trees:
            for field, node in _fields(tree):
                self.fields.setdefault(field, []).append(node)
        self.names = sorted(self.fields)
        self.nodes = tuple(node for name in self.names for node in self.fields[name])
        scalars = dict.fromkeys(n.value for n in self.nodes if isinstance(n, yaml.ScalarNode))
        self.expressions = tuple(text for text in scalars if _is_expression(text))
        self.templates = tuple(text for text in scalars if "{" in text or "$" in text)
        self.responses = tuple((part, text) for part in responses for text in responses[part])
        vocabulary = (*FUNCTIONS, *WRITERS, *_PIECES, *_EXTREMES, *self.names)
        self.words = tuple(dict.fromkeys(vocabulary))

    def case(self, kind: str, seed: int, number: int) -> Case:
        """The case with this number."""
        chance = Random(f"{seed}/{kind}/{number}")
        return Case(kind=kind, number=number, content=_MAKERS[kind](self, chance))


def _trees(paths: Iterable[Path]) -> tuple[Node, ...]:
    """The banks in these files as trees, as far as they are YAML."""
    whole = (_tree(path.read_bytes()) for path in sorted(paths))
    return tuple(small for tree in whole if tree is not None for small in _problems(tree))


def _tree(content: bytes) -> Node | None:
    try:
        found: Node | None = yaml.compose(content.decode(), Loader=yaml.CSafeLoader)
        return found
    except (yaml.YAMLError, UnicodeDecodeError):
        return None


def _problems(tree: Node) -> Iterator[Node]:
    """The tree of a small bank; of a large one, each problem as a bank of its own.

    A large problem is parted once more: the time goes into mutants, not into what is as it was.
    """
    if len(_written(tree)) <= SMALL:
        if _depth(tree) < _DEEP:
            yield tree
        return
    for problem in _entry(tree, "problems"):
        alone = _with(tree, "problems", [problem])
        parts = _entry(problem, "parts")
        if len(_written(alone)) <= SMALL or len(parts) < 4:
            yield alone
            continue
        for first in range(0, len(parts), 3):
            few = [_with(part, "follows", None) for part in parts[first : first + 3]]
            yield _with(tree, "problems", [_narrowed(_with(problem, "parts", few))])


def _narrowed(problem: Node) -> Node:
    """The problem with four values in each range, so that few variants are numbered."""
    problem = _copy(problem)
    for _, node in _fields(problem):
        ends = dict(_children(node))
        if {"min", "max"} <= ends.keys() and ends["min"].value.isdigit():
            ends["max"].value = str(int(ends["min"].value) + 3)
    return problem


def _entry(node: Node, field: str) -> list[Node]:
    """The list in this field; empty if there is none."""
    fields = dict(_children(node))
    return list(fields[field].value) if isinstance(fields.get(field), yaml.SequenceNode) else []


def _with(node: Node, field: str, items: list[Node] | None) -> Node:
    """The mapping with another list in this field, or without the field; without sections."""
    pairs = []
    for key, value in node.value:
        if key.value == field and items is not None:
            pairs.append((key, yaml.SequenceNode("tag:yaml.org,2002:seq", items)))
        elif key.value not in (field, "sections"):
            pairs.append((key, value))
    return yaml.MappingNode(node.tag, pairs)


def _depth(node: Node, seen: int = 0) -> int:
    if seen > _DEEP:
        return seen
    return max((_depth(child, seen + 1) for _, child in _children(node)), default=seen)


def _children(node: Node) -> list[tuple[str, Node]]:
    """The nodes below with their fields; those of a list have none."""
    if isinstance(node, yaml.MappingNode):
        return [(str(key.value), value) for key, value in node.value]
    return [("", item) for item in node.value] if isinstance(node, yaml.SequenceNode) else []


def _fields(tree: Node, field: str = "") -> Iterator[tuple[str, Node]]:
    yield field, tree
    for name, child in _children(tree):
        yield from _fields(child, name or field)


def _written(tree: Node) -> bytes:
    text: str = yaml.serialize(tree, Dumper=yaml.CDumper, allow_unicode=True, width=100)
    return text.encode("utf-8", "surrogatepass")


def _copy(node: Node) -> Node:
    if isinstance(node, yaml.ScalarNode):
        return yaml.ScalarNode(node.tag, node.value, style=node.style)
    if isinstance(node, yaml.MappingNode):
        return yaml.MappingNode(node.tag, [(_copy(key), _copy(value)) for key, value in node.value])
    return yaml.SequenceNode(node.tag, [_copy(item) for item in node.value])


def _is_expression(text: str) -> bool:
    try:
        compile_expression(source(text))
    except InputError:
        return False
    return True


def source(text: str) -> Source:
    """A text as if it were the whole of a bank."""
    return Source(file=SourceFile(name="case", text=text), line=1, column=1, text=text)


# --- text --------------------------------------------------------------------------------------


def _mutated(text: str, corpus: Corpus, chance: Random, donors: Sequence[str]) -> str:
    tokens = _TOKEN.findall(text)
    for _ in range(_few(chance)):
        tokens = chance.choice(_EDITS)(tokens, corpus, chance, donors)
    return "".join(tokens)


def _few(chance: Random) -> int:
    return chance.choice((1, 1, 1, 1, 2, 2, 3, 5))


def _span(tokens: Sequence[object], chance: Random) -> slice:
    begin = chance.randrange(len(tokens) + 1)
    return slice(begin, min(len(tokens), begin + chance.choice((1, 1, 2, 3, 5, 8, 20))))


Edit = Callable[[list[str], Corpus, Random, Sequence[str]], list[str]]


def _delete(tokens: list[str], _: Corpus, chance: Random, __: Sequence[str]) -> list[str]:
    span = _span(tokens, chance)
    return tokens[: span.start] + tokens[span.stop :]


def _repeat(tokens: list[str], _: Corpus, chance: Random, __: Sequence[str]) -> list[str]:
    span, times = _span(tokens, chance), chance.choice((2, 2, 3, 10, 60, 400))
    return (tokens[: span.start] + tokens[span] * times + tokens[span.stop :])[:20_000]


def _move(tokens: list[str], _: Corpus, chance: Random, __: Sequence[str]) -> list[str]:
    span = _span(tokens, chance)
    rest = tokens[: span.start] + tokens[span.stop :]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + tokens[span] + rest[place:]


def _insert(tokens: list[str], corpus: Corpus, chance: Random, _: Sequence[str]) -> list[str]:
    span = _span(tokens, chance)
    stop = chance.choice((span.start, span.start + 1))
    return [*tokens[: span.start], chance.choice(corpus.words), *tokens[stop:]]


def _swell(tokens: list[str], _: Corpus, chance: Random, __: Sequence[str]) -> list[str]:
    places = [n for n, token in enumerate(tokens) if _NUMBER.fullmatch(token)]
    if places:
        place = chance.choice(places)
        return [*tokens[:place], chance.choice(_EXTREMES), *tokens[place + 1 :]]
    return [*tokens, chance.choice(_EXTREMES)]


def _splice(tokens: list[str], _: Corpus, chance: Random, donors: Sequence[str]) -> list[str]:
    other = _TOKEN.findall(chance.choice(donors))
    span, taken = _span(tokens, chance), _span(other, chance)
    return tokens[: span.start] + other[taken] + tokens[span.stop :]


def _nest(tokens: list[str], _: Corpus, chance: Random, __: Sequence[str]) -> list[str]:
    span, times = _span(tokens, chance), chance.choice((1, 1, 2, 7, 30, 300))
    left, right = chance.choice(
        (
            *(
                ("(", ")"),
                ("[", "]"),
                ("-", ""),
                ("not ", ""),
                ("", "**2"),
                ("2**", ""),
                ("{", "}"),
            ),
            *((f"{chance.choice(list(FUNCTIONS))}(", ")"), ("\\frac{1}{", "}"), ("x_{", "}")),
            *(("{% if true %}", "{% endif %}"), ("1 if 1 > 2 else ", ""), ("{{ ", " }}")),
            *(("\\sqrt{", "}"), ("\\left(", "\\right)"), ("$", "$"), ("> ", ""), ("- ", "")),
        )
    )
    return [*tokens[: span.start], left * times, *tokens[span], right * times, *tokens[span.stop :]]


def _strange(tokens: list[str], _: Corpus, chance: Random, __: Sequence[str]) -> list[str]:
    place = chance.randrange(len(tokens) + 1)
    letter = chr(chance.choice((chance.randrange(32, 0x250), chance.randrange(0xD800))))
    return [*tokens[:place], letter, *tokens[place:]]


_EDITS: tuple[Edit, ...] = (
    _delete, _repeat, _move, _insert, _insert, _swell, _splice, _splice, _nest, _strange,
)  # fmt: skip


def _noise(content: bytes, chance: Random) -> bytes:
    """Bytes changed, taken out, put in, doubled."""
    data = bytearray(content)
    for _ in range(_few(chance)):
        span = _span(data, chance)
        data[span] = chance.choice(
            (
                b"",
                bytes(data[span]) * 2,
                chance.randbytes(1),
                chance.choice(_PIECES).encode(),
                bytes(chance.choice((0, 9, 10, 13, 32, 127, 195, 255)) for _ in range(2)),
            )
        )
    return bytes(data)


def _lines(content: bytes, chance: Random) -> bytes:
    """Lines taken out, doubled, moved, indented by more or less."""
    lines = content.split(b"\n")
    for _ in range(_few(chance)):
        span = _span(lines, chance)
        taken = lines[span]
        del lines[span]
        place = chance.choice((span.start, chance.randrange(len(lines) + 1)))
        shift = chance.choice((-2, 0, 0, 2, 4))
        moved = [b" " * shift + line if shift >= 0 else line[-shift:] for line in taken]
        lines[place:place] = chance.choice(((), taken + taken, moved, moved))
    return b"\n".join(lines)


# --- trees -------------------------------------------------------------------------------------


def _bent(tree: Node, corpus: Corpus, chance: Random) -> bytes:
    tree = _copy(tree)
    for _ in range(_few(chance)):
        collections = [
            node
            for _, node in _fields(tree)
            if not isinstance(node, yaml.ScalarNode) and node.value
        ]
        if collections:
            _TREES[chance.randrange(len(_TREES))](chance.choice(collections), corpus, chance)
            if _depth(tree) > _DEEP:
                break
    return _written(tree)


def _slot(node: Node, chance: Random) -> tuple[str, Node, Callable[[Node], None]]:
    """A place in a collection: its field, what stands there, and how to put something else."""
    place = chance.randrange(len(node.value))
    if isinstance(node, yaml.SequenceNode):
        return "", node.value[place], lambda new: node.value.__setitem__(place, new)
    key, value = node.value[place]
    return str(key.value), value, lambda new: node.value.__setitem__(place, (key, new))


def _swap(node: Node, corpus: Corpus, chance: Random) -> None:
    """A value of the grammar for another of the same field."""
    field, _, put = _slot(node, chance)
    put(_copy(chance.choice(corpus.fields.get(field) or corpus.nodes)))


def _graft(node: Node, corpus: Corpus, chance: Random) -> None:
    _slot(node, chance)[2](_copy(chance.choice(corpus.nodes)))


def _add(node: Node, corpus: Corpus, chance: Random) -> None:
    """Another field, or another entry."""
    field = chance.choice(corpus.names)
    value = _copy(chance.choice(corpus.fields[field]))
    entry = value if isinstance(node, yaml.SequenceNode) else (_scalar(field), value)
    node.value.insert(chance.randrange(len(node.value) + 1), entry)


def _drop(node: Node, _: Corpus, chance: Random) -> None:
    del node.value[chance.randrange(len(node.value))]


def _double(node: Node, _: Corpus, chance: Random) -> None:
    entry = chance.choice(node.value)
    node.value += [entry] * chance.choice((1, 1, 2, 40, 300 if len(node.value) < 10 else 1))


def _shuffle(node: Node, _: Corpus, chance: Random) -> None:
    chance.shuffle(node.value)


def _rename(node: Node, corpus: Corpus, chance: Random) -> None:
    if isinstance(node, yaml.MappingNode):
        place = chance.randrange(len(node.value))
        node.value[place] = (_scalar(chance.choice(corpus.names)), node.value[place][1])


def _extreme(node: Node, _: Corpus, chance: Random) -> None:
    _slot(node, chance)[2](_scalar(chance.choice(_EXTREMES)))


def _rewrite(node: Node, corpus: Corpus, chance: Random) -> None:
    """A text mutated, or one more deeply below this node."""
    scalars = [below for _, below in _fields(node) if isinstance(below, yaml.ScalarNode)]
    if scalars:
        text = chance.choice(scalars)
        donors = corpus.templates if "{{" in text.value else corpus.expressions
        text.value = _mutated(text.value, corpus, chance, donors)


def _wrap(node: Node, corpus: Corpus, chance: Random) -> None:
    field, value, put = _slot(node, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 12))):
        if chance.random() < 0.5:
            value = yaml.SequenceNode("tag:yaml.org,2002:seq", [value])
        else:
            name = field or chance.choice(corpus.names)
            value = yaml.MappingNode("tag:yaml.org,2002:map", [(_scalar(name), value)])
    put(value)


def _scalar(text: str) -> Node:
    """What this text is when it stands without quotes."""
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return yaml.ScalarNode(tag, text)


_RESOLVER = yaml.resolver.Resolver()


_TREES: tuple[Callable[[Node, Corpus, Random], None], ...] = (
    *(_swap, _swap, _swap, _graft, _add, _drop, _double, _shuffle, _rename, _extreme, _extreme),
    *(_rewrite, _rewrite, _rewrite, _wrap),
)


# --- the kinds ---------------------------------------------------------------------------------


def _bank(corpus: Corpus, chance: Random) -> bytes:
    # Small banks more often than large ones: a mutant of one takes a tenth of the time.
    way = chance.random()
    if way < 0.8:
        trees = corpus.good if way < 0.65 else corpus.trees
        small = min(chance.choices(trees, k=3), key=lambda tree: len(_written(tree)))
        return _bent(small, corpus, chance)
    return (_lines if way < 0.9 else _noise)(chance.choice(corpus.texts), chance)


def _set(corpus: Corpus, chance: Random, texts: Sequence[str]) -> bytes:
    text = _mutated(chance.choice(texts), corpus, chance, texts)
    return f"{chance.randrange(1_000)}\n{text}".encode("utf-8", "replace")


def _response(corpus: Corpus, chance: Random) -> bytes:
    part, text = chance.choice(corpus.responses)
    donors = [text for _, text in corpus.responses]
    return f"{part}\n{_mutated(text, corpus, chance, donors)}".encode("utf-8", "replace")


def _roster(corpus: Corpus, chance: Random) -> bytes:
    text = chance.choice(_ROSTERS)
    if chance.random() < 0.5:
        text = _mutated(text, corpus, chance, _ROSTERS)
    encoding = chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"))
    content = text.encode(encoding, "replace")
    return content if chance.random() < 0.4 else _noise(content, chance)


_MAKERS: Mapping[str, Callable[[Corpus, Random], bytes]] = {
    "bank": _bank,
    "expression": lambda corpus, chance: _set(corpus, chance, corpus.expressions),
    "template": lambda corpus, chance: _set(corpus, chance, corpus.templates),
    "response": _response,
    "roster": _roster,
}
KINDS = tuple(_MAKERS)
