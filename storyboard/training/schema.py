"""What a training file says: one schema, in the words that users of other trainers know.

The names follow what kohya's sd-scripts, ai-toolkit and SimpleTuner have in common; where they
differ, the plainest was taken. Everything but name, model and datasets has a value already.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from storyboard.diffusion.weights.lora_names import DENOISER, LAYOUTS, Layout

__all__ = [
    "Buckets",
    "Dataset",
    "Evaluation",
    "Generated",
    "Loop",
    "Network",
    "Optimizer",
    "Preserve",
    "Samples",
    "Target",
    "TrainingFile",
]

_SIZE = re.compile(r"(\d{1,5})\s*x\s*(\d{1,5})")
_Share = Annotated[float, Field(ge=0, le=1)]
_Text = Annotated[str, Field(max_length=2000)]
_Path = Annotated[str, Field(min_length=1, max_length=2000)]


def _area(value: object) -> object:
    """Pixels from ``1024x1024``; a number is pixels already."""
    found = _SIZE.fullmatch(value) if isinstance(value, str) else None
    return int(found[1]) * int(found[2]) if found else value


_Area = Annotated[int, BeforeValidator(_area), Field(ge=32 * 32, le=4096 * 4096)]


class _Part(BaseModel):
    """Keys that are not known are mistakes, and so is a text where a number belongs."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Generated(_Part):
    """Pairs that are made of pictures: spoiled on one side, whole on the other.

    Attributes:
        kind: "sharpen": blur and noise; "restore": rounds of JPEG.
        strongest: 0..1, how far the worst of them go.
        captions: Instructions, of which each pair gets one at random.
    """

    kind: Literal["sharpen", "restore"]
    strongest: _Share = 0.7
    captions: Annotated[list[_Text], Field(max_length=100)] = []


class Dataset(_Part):
    """Where pictures come from; exactly one of `pictures`, `board` and `pairs` is named.

    Attributes:
        pictures: A folder; the caption of ``a.png`` is in ``a.txt``.
        board: A project, of which the pinned takes are learned from.
        pairs: A folder of pictures as they are to become; captions are instructions.
        references: With `pairs`, folders with pictures of the same names that are looked at.
        character: A character file; on a board the character's name.
        caption: For pictures without a caption of their own.
        reference_crop: "strict": the same part of reference and picture; "loose": each fits alone.
        reference_use: "combined": all references at once; "in_turn": another in each round.
        generated: With `pictures`, pairs are made of them.
        flip: Whether mirrored pictures are learned too, where no caption speaks of sides.
        crops: By file name, a part of the picture that is learned as a picture of its own: left,
            top, right, bottom as shares of its sides.
        weight: How often these pictures come, against those of other data sets.
    """

    pictures: _Path | None = None
    board: _Path | None = None
    pairs: _Path | None = None
    references: Annotated[list[_Path], Field(max_length=8)] = []
    character: _Path | None = None
    caption: _Text = ""
    reference_crop: Literal["strict", "loose"] = "strict"
    reference_use: Literal["combined", "in_turn"] = "combined"
    generated: Generated | None = None
    flip: bool = False
    crops: dict[str, Annotated[list[_Share], Field(min_length=4, max_length=4)]] = {}
    weight: Annotated[float, Field(gt=0, le=1000)] = 1.0

    @property
    def kind(self) -> str:
        """Of which of the three it is."""
        return next(each for each in ("pictures", "board", "pairs") if getattr(self, each))

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        named = [each for each in ("pictures", "board", "pairs") if getattr(self, each)]
        if len(named) != 1:
            raise ValueError("name one of pictures, board and pairs")
        if bool(self.pairs) != bool(self.references):
            raise ValueError("pairs and references go together")
        if self.generated and not self.pictures:
            raise ValueError("generated pairs are made of a folder of pictures")
        if self.board and not self.character:
            raise ValueError("name the character whose panels are learned from")
        for name, (left, top, right, bottom) in self.crops.items():
            if left >= right or top >= bottom:
                raise ValueError(f"the crop of {name[:60]} is left, top, right, bottom")
        return self


class Buckets(_Part):
    """Sizes at which pictures are learned: their own shapes, at areas that are few and fixed.

    Attributes:
        target: Pixels of a picture, as a number or as ``1024x1024``; the model's own if None.
        minimum: Smaller pictures are an error, because what is scaled up is learned as blur.
        maximum: The most pixels of a bucket.
        multiple: What both sides are multiples of; the model's own if None.
    """

    target: _Area | None = None
    minimum: _Area = 64 * 64
    maximum: _Area = 2048 * 2048
    multiple: Annotated[int, Field(ge=8, le=256)] | None = None


class Target(_Part):
    """A LoRA on one network.

    Attributes:
        rank: Of its matrices.
        alpha: What is learned counts alpha / rank; the rank if None.
        layers: "attention", "feed_forward", "convolution", "all", or beginnings of layers' names.
    """

    rank: Annotated[int, Field(ge=1, le=1024)] = 16
    alpha: Annotated[float, Field(gt=0, le=1024)] | None = None
    layers: Annotated[list[Annotated[str, Field(max_length=100)]], Field(min_length=1)] = [
        "attention"
    ]


class Network(_Part):
    """The kind of LoRA, and where it stands.

    Attributes:
        kind: "lora", or "lokr": a product of Kronecker's, smaller at the same effect.
        factor: Of a LoKr, how far it is split; -1 as evenly as can be.
        targets: By network: the denoiser, and the text encoders by their numbers.
        layouts: Whose way of naming the files have.
    """

    kind: Literal["lora", "lokr"] = "lora"
    factor: Annotated[int, Field(ge=-1, le=256)] = -1
    targets: Annotated[dict[str, Target], Field(min_length=1)] = {DENOISER: Target()}
    layouts: Annotated[list[Layout], Field(min_length=1)] = list(LAYOUTS)


class Optimizer(_Part):
    """How weights follow the gradient.

    Attributes:
        name: AdamW (Loshchilov and Hutter, arXiv 1711.05101), Prodigy (Mishchenko and Defazio,
            arXiv 2306.06101), which finds its own rate, or Lion (Chen et al., arXiv 2302.06675).
        learning_rate: What is advised for the optimizer if None.
        weight_decay: Of AdamW's kind.
        schedule: How the rate goes on after the warm-up.
        warmup: Steps over which the rate rises.
        max_grad_norm: Longer gradients are shortened to this; 0 lets them be.
    """

    name: Literal["adamw", "prodigy", "lion"] = "adamw"
    learning_rate: Annotated[float, Field(gt=0, le=10)] | None = None
    weight_decay: Annotated[float, Field(ge=0, le=1)] = 0.01
    schedule: Literal["constant", "cosine", "linear"] = "cosine"
    warmup: Annotated[int, Field(ge=0, le=100_000)] = 10
    max_grad_norm: Annotated[float, Field(ge=0, le=1000)] = 1.0


class Loop(_Part):
    """The steps.

    Attributes:
        steps: Of the optimizer.
        batch_size: Pictures in a step.
        gradient_accumulation: Batches that make one step.
        seed: Of everything that is drawn at random.
        precision: "auto": bfloat16 where the device computes in it, else single precision.
        gradient_checkpointing: Less memory for a third more time.
        snr_gamma: Limit of min-SNR weighting; 0 for none.
        caption_dropout: Share of the pictures that are learned without a caption.
        save_every: Steps between checkpoints.
        keep: Checkpoints that stay.
    """

    steps: Annotated[int, Field(ge=1, le=1_000_000)] = 1000
    batch_size: Annotated[int, Field(ge=1, le=256)] = 1
    gradient_accumulation: Annotated[int, Field(ge=1, le=256)] = 1
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    precision: Literal["auto", "fp32", "bf16"] = "auto"
    gradient_checkpointing: bool = False
    snr_gamma: Annotated[float, Field(ge=0, le=100)] = 0.0
    caption_dropout: _Share = 0.0
    save_every: Annotated[int, Field(ge=1)] = 100
    keep: Annotated[int, Field(ge=1, le=1000)] = 2


class Preserve(_Part):
    """What must stay as it was where the trigger is not said.

    In every step the model is also asked without the trigger, and held to what it says without the
    LoRA. Other trainers call it differential output preservation; it does for a LoRA what pictures
    of the class do in DreamBooth (Ruiz et al., arXiv 2208.12242), and needs no such pictures.

    Attributes:
        weight: How much it counts beside the pictures; 0 switches it off, and saves half of the
            time.
        captions: Further texts that must stay as they were: a negative prompt above all. A quarter
            of what is preserved is asked by one of them.
        pictures: How many pictures the model draws itself, before it learns, to be held to in the
            place of those that are learned from; they are kept.
        prompts: What they show beside the captions of what is learned.
    """

    weight: Annotated[float, Field(ge=0, le=100)] = 1.0
    pictures: Annotated[int, Field(ge=0, le=10_000)] = 0
    prompts: Annotated[list[_Text], Field(max_length=1000)] = []
    captions: Annotated[list[_Text], Field(max_length=1000)] = []


class Evaluation(_Part):
    """Pictures that are not learned from, and what the loss says of them.

    Attributes:
        every: Steps.
        share: Of the pictures, when no folder holds them; at least one where it is not 0.
        datasets: Held-out data sets; those that are learned from lend a share if there are none.
        keep_best: Whether the result is the LoRA of the least loss, and not the last.
    """

    every: Annotated[int, Field(ge=1)] = 50
    share: Annotated[float, Field(ge=0, le=0.5)] = 0.0
    datasets: list[Dataset] = []
    keep_best: bool = False


class Samples(_Part):
    """Pictures that are drawn while it learns.

    Attributes:
        every: Steps; 0 draws none.
        prompts: One picture each; ``{trigger}`` stands for the trigger.
        negative: For all of them.
        width: Pixels; the target's if None.
        height: Pixels; the target's if None.
        steps: Denoising steps.
        guidance: Classifier-free guidance.
        seed: Of the first; each further prompt has the next.
    """

    every: Annotated[int, Field(ge=0)] = 0
    prompts: Annotated[list[_Text], Field(max_length=64)] = []
    negative: _Text = ""
    width: Annotated[int, Field(ge=64, le=4096)] | None = None
    height: Annotated[int, Field(ge=64, le=4096)] | None = None
    steps: Annotated[int, Field(ge=1, le=200)] = 12
    guidance: Annotated[float, Field(ge=0, le=30)] = 5.0
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 1


class TrainingFile(_Part):
    """All of it.

    Attributes:
        name: What the LoRA is called; files are named by it.
        model: As `storyboard render --model` takes it.
        trigger: The word that calls what is learned; in every caption.
        output: A folder; relative to the file, as all paths are.
        datasets: What is learned from.
    """

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$")]
    model: _Path
    trigger: Annotated[str, Field(max_length=100)] = ""
    output: _Path = "loras"
    datasets: Annotated[list[Dataset], Field(min_length=1, max_length=64)]
    buckets: Buckets = Buckets()
    network: Network = Network()
    optimizer: Optimizer = Optimizer()
    training: Loop = Loop()
    preserve: Preserve = Preserve()
    evaluation: Evaluation = Evaluation()
    samples: Samples = Samples()
