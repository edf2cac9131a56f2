"""Whether a reference picture can show a person at all, as far as its colours tell.

No face detector is at hand that is free, small and sound on drawings: OpenCV's is 60 MB with false
alarms, and the starter's image encoder has never seen a photograph. So only the plain case is told
of: a picture in colour without a patch of skin of any tone, such as a landscape, a car or a page.
A drawing without colours is never judged. Sand and wood look like skin, so silence promises
nothing.
"""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from storyboard.files.skin_tones import skin_tones

__all__ = ["may_show_a_person"]

_SIDE = 48  # cells of the longer side; averaging makes noise grey
_GREY = 16  # Cb and Cr stay within so much of the middle
_FLAT = 3.0  # standard deviation of the brightness, of 255


def may_show_a_person(png: bytes) -> bool:
    """Whether a picture has a patch that could be skin, or has no colours to judge by.

    Args:
        png: What `storyboard.files.pictures.read_picture` returns.
    """
    with Image.open(io.BytesIO(png)) as file:
        picture = file.convert("RGB")
    picture.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX, reducing_gap=None)
    light, blue, red = np.moveaxis(np.asarray(picture.convert("YCbCr"), np.int16), 2, 0)
    if light.std() < _FLAT and blue.std() < _FLAT and red.std() < _FLAT:
        return False  # one colour
    if max(abs(blue - 128).max(), abs(red - 128).max()) < _GREY:
        return True
    skin = skin_tones(blue, red)
    # Four cells together: single ones are chance, as in noise.
    together = skin[1:, 1:] & skin[1:, :-1] & skin[:-1, 1:] & skin[:-1, :-1]
    return bool(together.any())
