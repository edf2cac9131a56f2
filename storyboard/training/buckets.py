"""Sizes at which pictures are learned: few and fixed, because varying shapes cost memory.

On Apple's GPU each new shape grows what the allocator holds; elsewhere pictures of one size go
through the model together.
"""

from __future__ import annotations

from math import log, sqrt

__all__ = ["Bucket", "bucket_of"]

Bucket = tuple[int, int]
"""Width and height in pixels."""

_WIDEST = 3.0
"""Pictures that are wider, or taller, than this are cut."""


def bucket_of(
    width: int, height: int, *, target: int, minimum: int, maximum: int, multiple: int
) -> Bucket:
    """The bucket of a picture: of those with the area that it gets, the one most of its shape.

    A picture of fewer pixels than the target is learned at half the area, or a quarter, and so on
    down to the minimum, so that nothing is scaled up by more than half of its sides.

    Args:
        width: Pixels of the picture.
        height: Pixels of the picture.
        target: Pixels of a bucket.
        minimum: The least.
        maximum: The most.
        multiple: What both sides are multiples of.
    """
    area = min(target, maximum)
    while area > width * height and area // 2 >= minimum:
        area //= 2
    shape = min(max(width / height, 1 / _WIDEST), _WIDEST)
    return min(_buckets(area, multiple), key=lambda one: abs(log(one[0] / one[1] / shape)))


def _buckets(area: int, multiple: int) -> list[Bucket]:
    """All sizes of about an area: for each width the tallest that keeps within it."""
    sides = range(multiple, int(sqrt(area * _WIDEST)) + multiple, multiple)
    found = []
    for width in sides:
        # A hair more than the area is allowed, so that 448 x 256 is a bucket of 448 x 256.
        height = int(area / width + 1e-6) // multiple * multiple
        if height >= multiple and max(width / height, height / width) <= _WIDEST * 1.1:
            found.append((width, height))
    return found or [(multiple, multiple)]
