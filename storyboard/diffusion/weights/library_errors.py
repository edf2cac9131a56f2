"""What the libraries raise for files that they cannot use."""

from __future__ import annotations

__all__ = ["LIBRARY_ERRORS"]


LIBRARY_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    ImportError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What diffusers and transformers raise for files that they cannot use, in many words."""
