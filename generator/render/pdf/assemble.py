"""Painted forms become one PDF: pages, fonts, structure, bookmarks and metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from generator.render.pdf.embed import embed
from generator.render.pdf.file import PdfFile, TaggedPage, reference, text_string
from generator.render.pdf.fonts import Fonts
from generator.render.pdf.ink import merge
from generator.render.pdf.paint import Painted
from generator.render.pdf.tags import write_structure


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintedForm:
    """A form's pages, ready to be put into a file, and the bookmark that leads to them."""

    bookmark: str
    pages: tuple[Painted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a file says of itself."""

    title: str
    author: str
    language: str
    paper: tuple[float, float]


def assemble(forms: Sequence[PaintedForm], about: About, fonts: Fonts, *, duplex: bool) -> bytes:
    """The PDF of these forms; with `duplex` each begins on an odd page. Bookmarks if several."""
    file = PdfFile(title=about.title, author=about.author, language=about.language)
    painted: list[Painted] = []
    starts: list[int] = []
    for form in forms:
        if duplex and len(painted) % 2:
            painted.append(_BLANK)
        starts.append(len(painted))
        painted += form.pages
    numbers = [_add_page(file, page, index, about.paper) for index, page in enumerate(painted)]
    used = merge(page.uses for page in painted)
    for face in fonts.faces():
        if face.resource in used:
            embed(file, face, frozenset(used[face.resource]))
    catalog = file.Catalog
    catalog.StructTreeRoot = reference(write_structure(file, painted, numbers))
    catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
    metadata = file.add_plain_stream(_metadata(about).encode("utf-8"), "/Type/Metadata/Subtype/XML")
    catalog.Metadata = reference(metadata)
    if len(forms) > 1:
        catalog.PageMode = "/UseOutlines"
        targets = [(form.bookmark, numbers[at]) for form, at in zip(forms, starts, strict=True)]
        catalog.Outlines = reference(_outlines(file, targets))
    return file.format()


_BLANK = Painted(content=b"x\x9c\x03\x00\x00\x00\x00\x01", uses=(), nodes=(), boxes=())
"""An empty page; its content is zlib's encoding of nothing."""


def _add_page(file: PdfFile, painted: Painted, index: int, paper: tuple[float, float]) -> int:
    page = TaggedPage()
    page.pagewidth, page.pageheight = paper
    page.Contents = reference(file.add_stream(painted.content))
    page.StructParents = index
    page.Tabs = "/S"
    page.Resources = file.font_resources
    return file.add_page(page)


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
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(about.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(about.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{escape(about.language)}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
