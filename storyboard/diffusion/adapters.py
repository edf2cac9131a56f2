"""The files of an IP-Adapter: its weights and the image encoder that belongs to them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from storyboard.diffusion.headers import first_absent, header_keys
from storyboard.diffusion.hub import LoadProgress, check_files, fetch
from storyboard.errors import ModelError

__all__ = ["Adapter", "AdapterFiles", "find_adapter"]

FOLDER = "sdxl_models"
PREFERRED = "ip-adapter-plus-face_sdxl_vit-h.safetensors"
"""Of h94/IP-Adapter: identity with less copied pose than the plain adapter, and no InsightFace."""

ENCODERS = ("models/image_encoder", "sdxl_models/image_encoder")
"""ViT-H, which all "vit-h" adapters want, and ViT-bigG, which the others want."""


class Adapter(Protocol):
    """An IP-Adapter, wherever its weights come from."""

    @property
    def file(self) -> Path:
        """What to call it in messages."""
        ...

    def load_into(self, pipe: Any) -> None:
        """Put the adapter into a pipeline of diffusers.

        Raises:
            RuntimeError, ValueError, KeyError: It does not fit.
        """
        ...


@dataclass(frozen=True, slots=True)
class AdapterFiles:
    """An IP-Adapter on disk, laid out as h94/IP-Adapter.

    Attributes:
        root: The folder.
        weights: File name inside ``sdxl_models``.
        encoder: Folder of the image encoder, relative to ``root``; with its slash, without which
            diffusers looks inside ``sdxl_models``.
    """

    root: Path
    weights: str
    encoder: str
    folder: str = FOLDER

    @property
    def file(self) -> Path:
        """The weights."""
        return self.root / self.folder / self.weights

    @property
    def encoder_file(self) -> Path:
        """The weights of the image encoder."""
        return self.root / self.encoder / "model.safetensors"

    def load_into(self, pipe: Any) -> None:
        """Put the adapter and its image encoder into a pipeline of diffusers.

        Raises:
            RuntimeError, ValueError, KeyError: It does not fit, or its encoder is not whole.
        """
        pipe.load_ip_adapter(
            str(self.root),
            subfolder=self.folder,
            weight_name=self.weights,
            image_encoder_folder=self.encoder,
            local_files_only=True,
        )
        self._check_encoder(pipe)

    def load_encoder_into(self, pipe: Any) -> None:
        """Put the image encoder alone into a pipeline that has the adapter already.

        Raises:
            OSError, ValueError: The files have changed, and cannot be used any more.
        """
        from transformers import CLIPVisionModelWithProjection

        model: Any = CLIPVisionModelWithProjection
        encoder = model.from_pretrained(
            self.root / self.encoder,
            dtype=pipe.unet.dtype,
            local_files_only=True,
            use_safetensors=True,
        )
        pipe.register_modules(image_encoder=encoder.to(pipe.unet.device))
        self._check_encoder(pipe)

    def _check_encoder(self, pipe: Any) -> None:
        names = (name for name, _ in pipe.image_encoder.named_parameters())
        absent = first_absent(names, [self.encoder_file])
        if absent is not None:
            raise ValueError(f"its image encoder lacks {absent}")


def find_adapter(
    model: Path, adapter: str | None, progress: LoadProgress | None = None
) -> AdapterFiles | None:
    """Find the adapter of a model: its own, else the one that is asked for.

    Args:
        model: The model's folder; an adapter inside wins, because it was trained for it.
        adapter: A folder, a hub id ("h94/IP-Adapter"), either with "/<file>.safetensors" to
            choose the weights; None for no adapter.
        progress: Told about downloads.

    Raises:
        ModelError: If it is missing, incomplete or damaged.
    """
    if adapter is None:
        return None
    if any((model / FOLDER).glob("*.safetensors")):
        return _inside(model, "")
    place, weights = adapter, ""
    if adapter.endswith(".safetensors"):
        place, _, weights = adapter.rpartition("/")
        place = place.removesuffix(f"/{FOLDER}")
    if Path(place).expanduser().is_dir():
        return _inside(Path(place).expanduser().resolve(), weights)
    if place.count("/") != 1:
        raise ModelError(
            f"IP-Adapter {adapter} does not exist: give a folder or a hub id such as h94/IP-Adapter"
        )
    weights = weights or PREFERRED
    encoder = ENCODERS[0] if "vit-h" in weights else ENCODERS[1]
    wanted = [f"{FOLDER}/{weights}", f"{encoder}/config.json", f"{encoder}/model.safetensors"]
    root = fetch(place, [wanted], lambda folder: check_files(folder, wanted), progress)
    return _checked(AdapterFiles(root, weights, encoder))


def _inside(root: Path, weights: str) -> AdapterFiles:
    names = sorted(file.name for file in (root / FOLDER).glob("*.safetensors"))
    weights = weights or (PREFERRED if PREFERRED in names else "".join(names[:1]))
    if not (root / FOLDER / weights).is_file():
        raise ModelError(f"IP-Adapter folder {root} lacks {FOLDER}/{weights or '*.safetensors'}")
    likely = ENCODERS if "vit-h" in weights else ENCODERS[::-1]
    for encoder in likely:
        if (root / encoder / "config.json").is_file():
            if not (root / encoder / "model.safetensors").is_file():
                raise ModelError(f"IP-Adapter folder {root} lacks {encoder}/model.safetensors")
            return _checked(AdapterFiles(root, weights, encoder))
    encoder = next((each for each in likely if (root / each).is_dir()), likely[0])
    raise ModelError(f"IP-Adapter folder {root} lacks {encoder}/config.json")


def _checked(files: AdapterFiles) -> AdapterFiles:
    kinds = {key.partition(".")[0] for key in header_keys(files.file)}
    if not {"image_proj", "ip_adapter"} <= kinds:
        raise ModelError(f"{files.file} is no IP-Adapter: it lacks image_proj or ip_adapter")
    header_keys(files.encoder_file)
    return files
