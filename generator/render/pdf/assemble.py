"""Fragments become one PDF, as a stream: pages, fonts, structure, bookmarks and metadata.

A form's pages are written as soon as its fragment comes, and are forgotten then; the fonts, with
the glyphs of all forms, stand at the end. What is kept of each form is a few numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from generator.model.dataclass import dataclass
from generator.render.pdf.embed import embed
from generator.render.pdf.file import IMAGES, STRUCTURE, PdfFile, reference, text_string
from generator.render.pdf.fonts import Fonts
from generator.render.pdf.fragment import Fragment, Put, blank, put
from generator.render.pdf.logo import RESOURCE, Logo


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file says of itself."""

    title: str
    author: str
    language: str
    paper: tuple[float, float]


def assemble(
    forms: Iterable[Fragment], about: About, fonts: Fonts, logo: Logo | None, *, duplex: bool
) -> Iterator[bytes]:
    """The PDF of these forms, in pieces; with `duplex` each begins on an odd page.

    Bookmarks if there are several. `forms` are read once, each only when those before are written.
    """
    file = PdfFile(title=about.title, author=about.author, language=about.language)
    used: dict[str, set[int]] = {}
    puts: list[Put] = []
    targets: list[tuple[str, int]] = []
    for form in forms:
        if duplex and file.page_count % 2:
            puts.append(put(file, blank(about.paper)))
        puts.append(put(file, form))
        targets.append((form.bookmark, puts[-1].pages[0]))
        for resource, glyphs in form.uses:
            used.setdefault(resource, set()).update(glyphs)
        yield file.take()
    for face in fonts.faces():
        if face.resource in used:
            embed(file, face, frozenset(used[face.resource]))
    _images(file, logo if RESOURCE in used else None)
    _structure(file, puts)
    catalog = file.Catalog
    catalog.StructTreeRoot = reference(STRUCTURE)
    catalog.MarkInfo = "<</Marked true>>"
    catalog.ViewerPreferences = "<</DisplayDocTitle true>>"
    metadata = file.add_plain_stream(_metadata(about).encode("utf-8"), "/Type/Metadata/Subtype/XML")
    catalog.Metadata = reference(metadata)
    if len(targets) > 1:
        catalog.PageMode = "/UseOutlines"
        catalog.Outlines = reference(_outlines(file, targets))
    file.close()
    yield file.take()


def _images(file: PdfFile, logo: Logo | None) -> None:
    """The pictures that pages name: once, however many pages show them."""
    entry = (
        f"/{RESOURCE} {reference(file.add_plain_stream(logo.content, logo.entries))}"
        if logo
        else ""
    )
    file.put(IMAGES, f"<<{entry}>>")


def _structure(file: PdfFile, puts: Sequence[Put]) -> None:
    """The root of the structure, and the tree that leads from a page to its elements.

    ISO 32000-1, 7.9.7: the keys of such a tree ascend, as the numbers of successive pages do.
    """
    tops = " ".join(reference(number) for one in puts for number in one.tops)
    entries = " ".join(
        f"{page} {reference(elements)}"
        for one in puts
        for page, elements in zip(one.pages, one.elements, strict=True)
    )
    parents = file.add(f"<</Nums[{entries}]>>")
    following = puts[-1].pages[-1] + 1
    file.put(
        STRUCTURE,
        f"<</Type/StructTreeRoot/K[{tops}]/ParentTree {reference(parents)}"
        f"/ParentTreeNextKey {following}>>",
    )


def _outlines(file: PdfFile, targets: Sequence[tuple[str, int]]) -> int:
    root = file.reserve()
    entries = [file.reserve() for _ in targets]
    for i, (title, page) in enumerate(targets):
        before = f"/Prev {entries[i - 1]} 0 R" if i else ""
        after = f"/Next {entries[i + 1]} 0 R" if i + 1 < len(entries) else ""
        file.put(
            entries[i],
            f"<</Title{text_string(title)}/Parent {root} 0 R/Dest[{page} 0 R/Fit]{before}{after}>>",
        )
    first, last = entries[0], entries[-1]
    file.put(root, f"<</Type/Outlines/Count {len(entries)}/First {first} 0 R/Last {last} 0 R>>")
    return root


def _metadata(about: About) -> str:
    texts = (about.title, about.author, about.language)
    title, author, language = (escape(text, quote=False) for text in texts)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
