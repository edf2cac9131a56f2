"""Where a picture's colours could be those of skin.

Skin is where Cb and Cr are within the limits of Chai and Ngan (IEEE Trans. CSVT 9(4), 1999). Sand
and wood look like skin, so a patch promises no person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["skin_tones"]

_CB, _CR = (77, 127), (133, 173)


def skin_tones(blue: NDArray[np.int16], red: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Where Cb and Cr (each 0 to 255) are those of skin."""
    return (blue >= _CB[0]) & (blue <= _CB[1]) & (red >= _CR[0]) & (red <= _CR[1])
