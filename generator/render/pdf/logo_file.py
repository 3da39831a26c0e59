"""The file of a logo, a PNG or JPEG, read once into a PDF image.

Pillow reads it, which ReportLab needs as well. A JPEG in grey or RGB is embedded as it is; all else
is decoded, its transparency laid on white, as paper is.
"""

from __future__ import annotations

import zlib
from pathlib import Path

from PIL import Image, ImageChops

from generator.diagnostics import Diagnostic, InputError
from generator.render.pdf.logo import Logo

_MOST_PIXELS = 4_000_000
"""More than a logo shows in print, and few enough for any machine."""
_SPACES = {"L": "Gray", "RGB": "RGB"}


def read_logo(path: Path, height: float, alt: str) -> Logo:
    """The picture in this file, `height` points high. Raises InputError if it cannot be read."""
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ValueError(f"it has more than {_MOST_PIXELS:,} pixels")
            content, mode, packing = _embedded(picture, path)
            columns, rows = picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        message = f"the logo {path} cannot be read: {error}"
        cure = "save it as a PNG or JPEG file of its size in print, at 300 pixels to the inch"
        raise InputError([Diagnostic(code="style", message=message, help=cure)]) from None
    entries = (
        f"/Type/XObject/Subtype/Image/Width {columns}/Height {rows}"
        f"/ColorSpace/Device{_SPACES[mode]}/BitsPerComponent 8/Filter/{packing}"
    )
    width = height * columns / rows
    return Logo(content=content, entries=entries, width=width, height=height, alt=alt)


def _embedded(picture: Image.Image, path: Path) -> tuple[bytes, str, str]:
    """The content of the image's stream, its mode, and how it is packed."""
    picture.load()  # also where the file is embedded as it is: a damaged one is told now
    if picture.format == "JPEG" and picture.mode in _SPACES:
        return path.read_bytes(), picture.mode, "DCTDecode"
    drawn = _on_white(picture)
    return zlib.compress(drawn.tobytes(), 6), drawn.mode, "FlateDecode"


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency, in grey if it is grey."""
    layered = picture.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    drawn = Image.alpha_composite(paper, layered).convert("RGB")
    grey = drawn.convert("L")
    same = ImageChops.difference(grey.convert("RGB"), drawn).getbbox() is None
    return grey if same else drawn
