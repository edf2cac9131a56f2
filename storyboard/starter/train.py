"""Makes the starter model from nothing: ``python -m storyboard.starter.train WORKFOLDER``.

Every stage resumes from its last checkpoint, so the command can be stopped and given again; a
larger number of minutes goes on with training that was finished.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from storyboard.files.assets import asset
from storyboard.starter.autoencoder import load_autoencoder, reconstruction_psnr, train_autoencoder
from storyboard.starter.dataset import encode_shards, latent_statistics, load_shards
from storyboard.starter.denoiser import load_networks, train_denoiser
from storyboard.starter.encoder_training import train_encoders
from storyboard.starter.export import export_model
from storyboard.starter.tiny_decoder import train_tiny_decoder
from storyboard.starter.tokenizer import train_tokenizer

__all__ = ["main"]

STAGES = (
    "tokenizer",
    "autoencoder",
    "dataset",
    "encoders",
    "denoiser",
    "export",
    "tiny_decoder",
)
_HELD_OUT = 64
"""Pictures that the finished autoencoder is measured on."""


def main(arguments: list[str] | None = None) -> None:
    """Run the stages that the command line names, in their order."""
    options = _parse(arguments)
    folder: Path = options.folder
    torch.manual_seed(options.seed)
    if "tokenizer" in options.stages and not (folder / "tokenizer").exists():
        train_tokenizer(folder / "tokenizer")
    if "autoencoder" in options.stages:
        train_autoencoder(folder, options.autoencoder_minutes, options.seed, _say)
        psnr = reconstruction_psnr(load_autoencoder(folder), _HELD_OUT)
        _say(f"autoencoder round trip {psnr:.2f} dB")
    if "dataset" in options.stages:
        vae = load_autoencoder(folder).to(options.device)
        encode_shards(folder / "dataset", vae, options.shards, options.seed, _say)
    if "encoders" in options.stages:
        shards = load_shards(folder / "dataset")
        train_encoders(folder, shards, options.encoder_minutes, options.seed, _say, options.device)
    if "denoiser" in options.stages:
        shards = load_shards(folder / "dataset")
        train_denoiser(folder, shards, options.denoiser_minutes, options.seed, _say, options.device)
    if "export" in options.stages:
        statistics = latent_statistics(load_shards(folder / "dataset"))
        networks, vae = load_networks(folder), load_autoencoder(folder)
        export_model(options.target, vae, networks, folder / "tokenizer", statistics)
        _say(f"wrote {options.target}")
    if "tiny_decoder" in options.stages:
        minutes = options.tiny_decoder_minutes
        train_tiny_decoder(folder, options.target, minutes, options.seed, _say)


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m storyboard.starter.train", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("folder", type=Path, help="where checkpoints and the dataset live")
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES)
    parser.add_argument("--autoencoder-minutes", type=float, default=120.0)
    parser.add_argument("--encoder-minutes", type=float, default=24.0)
    parser.add_argument("--denoiser-minutes", type=float, default=480.0)
    parser.add_argument("--tiny-decoder-minutes", type=float, default=15.0)
    parser.add_argument("--shards", type=int, default=64, help="of 512 pictures each")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cpu", help="cpu, cuda or mps")
    parser.add_argument("--target", type=Path, default=asset() / "models" / "starter")
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
