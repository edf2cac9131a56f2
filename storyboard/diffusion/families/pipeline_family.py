"""What families of text encoders, transformer and decoder answer alike, before a model is loaded.

A subclass says which pipeline it is, which files it recognises, what its card is, what counts it,
and how it loads.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.diffusion.families import offers
from storyboard.diffusion.families.plain_family import PlainFamily
from storyboard.diffusion.families.texts import check_texts
from storyboard.diffusion.networks.flow_matching import check_sampling
from storyboard.diffusion.networks.pipeline_files import find_files
from storyboard.diffusion.weights.gguf_header import GGUF
from storyboard.diffusion.weights.lora_names import DENOISER
from storyboard.diffusion.weights.lora_split import as_it_is
from storyboard.errors import InputError
from storyboard.techniques.lora import Loras
from storyboard.values.storage import read_storage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storyboard.diffusion.device.policy import DevicePolicy
    from storyboard.diffusion.networks.pipeline_files import Pipeline, PipelineFiles
    from storyboard.diffusion.parts.meta_counter import MetaCounter
    from storyboard.diffusion.parts.plain_pipeline import PlainPipeline
    from storyboard.diffusion.weights.hub import LoadProgress
    from storyboard.diffusion.weights.place import Place
    from storyboard.techniques.technique import Technique
    from storyboard.values.card import ModelCard
    from storyboard.values.model import ModelChoice
    from storyboard.values.request import PanelRequest

__all__ = ["PipelineFamily"]


class PipelineFamily(PlainFamily):
    """A family whose models are text encoders, a transformer and a decoder.

    Attributes:
        kind: Its pipeline.
        made_for: How LoRAs for it say what they were made for.
        techniques: Names of those that it knows.
    """

    kind: Pipeline
    made_for = ""
    techniques: frozenset[str] = frozenset({Loras.name})

    @abstractmethod
    def is_transformer(self, keys: tuple[str, ...]) -> bool:
        """Whether weights of these names are those of its transformer."""

    @abstractmethod
    def counter(self, choice: ModelChoice) -> MetaCounter:
        """What counts a model's networks."""

    @abstractmethod
    def window(self, files: PipelineFiles) -> int:
        """Tokens of a text that a model reads."""

    @staticmethod
    def split(layer: str, rows: int) -> Mapping[str, tuple[int, int]]:
        """As `storyboard.diffusion.weights.lora_split.SplitLayer`."""
        return as_it_is(layer, rows)

    def recognises(self, place: Place) -> bool:
        """Whether a model is of this pipeline, or a file with a transformer for it."""
        if place.file is None:
            return place.pipeline == self.pipeline
        return self.is_transformer(place.keys) and self._is_of_kind(place.file, place.around)

    def check(self, request: PanelRequest, card: ModelCard) -> None:
        """Refuse what cannot be drawn, before the model is loaded."""
        # 1. What the family does not know at all.
        sampling = request.sampling
        plain = replace(sampling, sampler="", schedule="")
        others = tuple(each for each in request.techniques if each.name not in self.techniques)
        bare = replace(request.choice, storage="")
        super().check(replace(request, choice=bare, sampling=plain, techniques=others), card)
        # 2. What the model does not know.
        check_sampling(sampling, card.sampling)
        check_texts(request, card)
        if request.choice.storage:
            _check_storage(request.choice)
        # 3. What was made for others.
        if request.loras is not None and request.loras.changes_pixels:
            self._check_loras(request.loras, request.choice)

    def suited(self, choice: ModelChoice, policy: DevicePolicy) -> DevicePolicy:
        """The device as the storage wants it, and in bf16 where it would take fp16.

        The range of fp16 is too small for what these models have inside.
        """
        from storyboard.diffusion.parts.storage import suited_to

        policy = suited_to(policy, choice.storage)
        if policy.dtype != "float16":
            return policy
        return replace(policy, dtype="bfloat16", fp16_autocast=False)

    def files_of(
        self,
        choice: ModelChoice,
        techniques: Sequence[Technique],
        policy: DevicePolicy,
        progress: LoadProgress | None = None,
    ) -> PipelineFiles:
        """Find every file."""
        notices = {each.name: each.notice for each in offers()}
        found = find_files(choice.name, self.kind, progress, notices)
        return replace(found, storage=choice.storage)

    def plain(self, choice: ModelChoice) -> PlainPipeline:
        """The same model as the documentation of diffusers shows it."""
        from storyboard.diffusion.parts.plain_pipeline import load_plain

        files = find_files(choice.name, self.kind)
        return load_plain(files, self.window(files))

    def _is_of_kind(self, file: Path, around: Path | None) -> bool:
        """Whether a transformer's file is for this pipeline and no other with the same weights.

        Where it lies in another family's folder, its parts are refused with the reason.
        """
        return True

    def _by_name(self, choice: ModelChoice) -> bool:
        """Whether the published model is meant, of which no file is needed."""
        return choice.name.lower() == self.name and not Path(choice.name).exists()

    def _check_loras(self, loras: Loras, choice: ModelChoice) -> None:
        from storyboard.diffusion.parts.lora import check_loras, check_on_stored

        shapes = _layer_shapes(self.counter(choice), self.kind.encoders)
        check_loras(loras, shapes, choice.name, self.made_for, split=self.split)
        stored = choice.storage or ("gguf-q8_0" if _is_gguf(choice) else "")
        check_on_stored(loras, stored)


def _layer_shapes(
    counter: MetaCounter, encoders: tuple[str, ...]
) -> dict[tuple[str, str], tuple[int, ...]]:
    """Shapes of the layers that LoRAs can change, by network and layer."""
    return {
        (network, name): shape
        for network, part in ((DENOISER, "transformer"), *((each, each) for each in encoders))
        for name, shape in counter.layer_shapes(part).items()
    }


def _check_storage(choice: ModelChoice) -> None:
    storage = read_storage(choice.storage)
    if storage.name == "fp16":
        raise InputError(
            "storage fp16: what model {name} has inside leaves its range: choose bf16",
            name=choice.name,
        )
    if storage.quantised and _is_gguf(choice):
        raise InputError(
            "storage {storage}: {name} is a GGUF file, which is stored already: leave it out",
            storage=storage.name,
            name=choice.name,
        )


def _is_gguf(choice: ModelChoice) -> bool:
    return choice.name.lower().endswith(GGUF)
