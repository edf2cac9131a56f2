"""What of a request's words can be refused before anything is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.errors import InputError

if TYPE_CHECKING:
    from storyboard.values.card import ModelCard
    from storyboard.values.request import PanelRequest

__all__ = ["check_texts"]


def check_texts(request: PanelRequest, card: ModelCard) -> None:
    """Refuse a prompt or a negative prompt that a model would not read to its end.

    Raises:
        InputError: One has more tokens than the model's window.
    """
    for what, text in (
        ("prompt", request.prompt),
        ("negative prompt", request.negative_prompt),
    ):
        tokens = card.tokens.count(text)
        if tokens > card.tokens.window:
            raise InputError(
                "the {what} has {tokens} tokens, and model {name} reads {window}: shorten it",
                what=what,
                tokens=tokens,
                name=card.name,
                window=card.tokens.window,
            )
