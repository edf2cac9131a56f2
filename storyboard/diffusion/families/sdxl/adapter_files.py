"""The files of an IP-Adapter: its weights and the image encoder that belongs to them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from storyboard.diffusion.families.sdxl.adapter_shape import AdapterShape, adapter_shape, reads
from storyboard.diffusion.networks.clip_configs import ImageEncoderConfig
from storyboard.diffusion.networks.network_files import (
    NetworkFiles,
    check_weights,
    private_folder,
)
from storyboard.diffusion.weights.headers import read_header
from storyboard.diffusion.weights.hub import LoadProgress, check_files, fetch
from storyboard.errors import ModelError
from storyboard.files.model_folder import ModelFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        shape: Of the adapter.
        encoder_config: Of the image encoder.
    """

    root: Path
    weights: str
    encoder: str
    shape: AdapterShape
    encoder_config: ImageEncoderConfig
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
        config = self.encoder_config
        seen = config.hidden_size if self.shape.depth else config.projection_dim
        if (wanted := reads(read_header(self.file))) != seen:
            raise ValueError(f"it reads {wanted} channels, its image encoder writes {seen}")
        with self.laid_out() as folder:
            pipe.load_ip_adapter(
                str(folder),
                subfolder=self.folder,
                weight_name=self.weights,
                image_encoder_folder=self.encoder,
                local_files_only=True,
            )

    @contextmanager
    def laid_out(self) -> Iterator[Path]:
        """A folder for diffusers with these files alone, as long as it reads."""
        with private_folder() as folder:
            (folder / self.folder).mkdir()
            (folder / self.folder / self.weights).symlink_to(self.file.resolve())
            self._encoder.lay_out(folder / self.encoder)
            yield folder

    @property
    def _encoder(self) -> NetworkFiles:
        return NetworkFiles(self.encoder_config, "model", (self.encoder_file,))

    def load_encoder_into(self, pipe: Any) -> None:
        """Put the image encoder alone into a pipeline that has the adapter already.

        Raises:
            OSError, ValueError: The files have changed, and cannot be used any more.
        """
        from transformers import CLIPVisionModelWithProjection

        model: Any = CLIPVisionModelWithProjection
        with self._encoder.laid_out() as folder:
            encoder = model.from_pretrained(
                folder, dtype=pipe.unet.dtype, local_files_only=True, use_safetensors=True
            )
        pipe.register_modules(image_encoder=encoder.to(pipe.unet.device))


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
    if ModelFolder(model).names(FOLDER, ".safetensors"):
        return _inside(model, "")
    place, weights = adapter, ""
    if adapter.endswith(".safetensors"):
        place, _, weights = adapter.rpartition("/")
        place = place.removesuffix(f"/{FOLDER}")
    if Path(place).expanduser().is_dir():
        return _inside(Path(place).expanduser().resolve(), weights)
    if place.count("/") != 1:
        raise ModelError(
            "IP-Adapter {adapter} does not exist: give a folder or a hub id such as h94/IP-Adapter",
            adapter=adapter,
        )
    weights = weights or PREFERRED
    encoder = ENCODERS[0] if "vit-h" in weights else ENCODERS[1]
    wanted = [f"{FOLDER}/{weights}", f"{encoder}/config.json", f"{encoder}/model.safetensors"]
    root = fetch(place, [wanted], lambda folder: check_files(folder, wanted), progress)
    return _checked(ModelFolder(root), weights, encoder)


def _inside(root: Path, weights: str) -> AdapterFiles:
    folder = ModelFolder(root)
    names = folder.names(FOLDER, ".safetensors")
    weights = weights or (PREFERRED if PREFERRED in names else "".join(names[:1]))
    if not weights or not folder.has(f"{FOLDER}/{weights}"):
        raise ModelError(
            "IP-Adapter folder {root} lacks {folder}/{weights}",
            root=root,
            folder=FOLDER,
            weights=weights or "*.safetensors",
        )
    likely = ENCODERS if "vit-h" in weights else ENCODERS[::-1]
    for encoder in likely:
        if folder.has(f"{encoder}/config.json"):
            if not folder.has(f"{encoder}/model.safetensors"):
                raise ModelError(
                    "IP-Adapter folder {root} lacks {encoder}/model.safetensors",
                    root=root,
                    encoder=encoder,
                )
            return _checked(folder, weights, encoder)
    encoder = next((each for each in likely if folder.has(each)), likely[0])
    raise ModelError(
        "IP-Adapter folder {root} lacks {encoder}/config.json", root=root, encoder=encoder
    )


def _checked(folder: ModelFolder, weights: str, encoder: str) -> AdapterFiles:
    """The adapter, whose headers hold what it and the encoder's configuration mean."""
    name = f"{FOLDER}/{weights}"
    shape = adapter_shape(folder.root / name, read_header(folder.file(name)))
    config = ImageEncoderConfig.read(folder, f"{encoder}/config.json")
    check_weights(folder, [f"{encoder}/model.safetensors"], config.shapes())
    return AdapterFiles(folder.root, weights, encoder, shape, config)
