"""A model family of your own: ``python examples/a_family_of_your_own.py FOLDER`` draws a panel.

This one paints stripes; a real one loads weights in `load` and denoises in `render`. To ship it,
make it a package under ``storyboard/diffusion/families`` with a row in the table there, and hold it
to ``tests/families/contract.py``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from local_image_generator import LocalImageGenerator
from storyboard.diffusion.families import add_family
from storyboard.diffusion.families.plain_family import PlainFamily, PlainModel
from storyboard.diffusion.parts.pictures import picture_media
from storyboard.values.card import ModelCard
from storyboard.values.model import ModelChoice
from storyboard.values.request import PanelRequest, Sampling

if TYPE_CHECKING:
    from storyboard.diffusion.parts.watch import Watch
    from storyboard.values.media import Media


class Words:
    """Counts tokens; your text encoder's tokenizer does."""

    window = 512

    def count(self, text: str) -> int:
        """Words, and the two ends."""
        return len(text.split()) + 2


class Stripes(PlainModel):
    """What is in memory."""

    def render(self, request: PanelRequest, watch: Watch) -> Media:
        """Draw, and tell of every step: it can be cancelled there, and the bar moves."""
        picture = Image.new("RGB", (request.width, request.height))
        for step in range(request.sampling.steps):
            watch.stepped(request)
            colour = (request.sampling.seed * 40 % 256, step * 60 % 256, 160)
            left = request.width * step // request.sampling.steps
            picture.paste(colour, (left, 0, request.width, request.height))
        return picture_media(picture, request.aspect)


class StripesFamily(PlainFamily):
    """What the rest of the program asks before anything is loaded."""

    name, pipeline = "stripes", "StripesPipeline"

    def card(self, choice: ModelChoice) -> ModelCard:
        """The size it draws best, what sides must divide by, and how it counts words."""
        return ModelCard(choice.name, self.name, Words(), 512 * 512, 16, modes=self.modes)

    def load(self, files: Any, *_: Any) -> Stripes:
        """Read the files into memory."""
        return Stripes()


FAMILY = StripesFamily()

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model_index.json").write_text(json.dumps({"_class_name": FAMILY.pipeline}))
    add_family(FAMILY)
    asked = PanelRequest(1, ModelChoice(str(folder)), "a red hat", "", 640, 352, Sampling(4, 1, 7))
    with LocalImageGenerator() as generator:
        (folder / "panel.png").write_bytes(generator.render(asked).media.png)
    print(folder / "panel.png")
