"""The pages of a PDF as pictures, as a printer would see them: for the preview."""

from __future__ import annotations

import importlib
import io
from typing import TYPE_CHECKING

from storyboard.errors import ProjectError
from storyboard.files import atomic

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["page_pictures"]

_POINTS = 72


def page_pictures(pdf: Path, dots_per_inch: float, most: int) -> list[bytes]:
    """Draw the first pages of a PDF.

    Args:
        pdf: The file.
        dots_per_inch: Resolution, above 0.
        most: No more pages than this.

    Returns:
        A PNG for each page.

    Raises:
        ProjectError: The file cannot be read, or the package that draws PDFs is not installed.
    """
    try:
        pypdfium2 = importlib.import_module("pypdfium2")  # it has no types to check
    except ImportError:
        raise ProjectError(
            "the preview needs the package pypdfium2: install it with pip install pypdfium2"
        ) from None
    try:
        data = pdf.read_bytes()
    except OSError as error:
        raise ProjectError(
            "cannot read {pdf}: {reason}", pdf=pdf, reason=atomic.describe(error)
        ) from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ProjectError(
            "{pdf} is no PDF that can be drawn: {error}", pdf=pdf, error=error
        ) from None
    pictures: list[bytes] = []
    try:
        for number in range(min(most, len(document))):
            page = document[number]
            image = page.render(scale=dots_per_inch / _POINTS).to_pil()
            out = io.BytesIO()
            image.convert("RGB").save(out, "PNG", compress_level=1)
            pictures.append(out.getvalue())
            page.close()
    finally:
        document.close()
    return pictures
