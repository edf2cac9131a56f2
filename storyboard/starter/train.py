"""Trains one of the starter's networks: ``python -m storyboard.starter.train --network denoiser``.

Goes on from the checkpoint in the work folder, or begins there from the shipped weights. Every
call has its own minutes, at the end of which the rates fall; stopped earlier, the last save counts.
With workers the pictures are painted on other cores meanwhile, for a GPU that should not wait:

    python -m storyboard.starter.train --device cuda --minutes 10 --workers 14 --out "$OUT"
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

import torch

from storyboard.files.assets import asset
from storyboard.starter.autoencoder import (
    load_autoencoder,
    load_statistics,
    reconstruction_psnr,
    train_autoencoder,
)
from storyboard.starter.checkpoint import Checkpoint
from storyboard.starter.denoiser import load_networks, train_denoiser
from storyboard.starter.export import export_model
from storyboard.starter.packed import pack
from storyboard.starter.shipped import begin_from
from storyboard.starter.tiny_decoder import train_tiny_decoder
from storyboard.starter.tokenizer import train_tokenizer

__all__ = ["NETWORKS", "main"]

NETWORKS = ("denoiser", "autoencoder", "tiny_decoder")
_NOTHING = Path("nothing")
_HELD_OUT = 64
"""Pictures that the finished autoencoder is measured on."""


def main(arguments: list[str] | None = None) -> None:
    """Train what the command line names, then write what it asks for."""
    options = _parse(arguments)
    folder: Path = options.folder
    torch.manual_seed(options.seed)
    torch.set_float32_matmul_precision("high")

    # 1. What there is to go on from.
    if options.begin_from == _NOTHING:
        if not (folder / "tokenizer").exists():
            train_tokenizer(folder / "tokenizer")
    else:
        begin_from(options.begin_from, folder, options.packed)

    # 2. One network.
    if options.minutes > 0:
        _train(options)
    checkpoint = Checkpoint(folder / f"{options.network}.pt")
    if options.out is not None and checkpoint.file.exists():
        for file in pack(checkpoint, options.out):
            _say(f"wrote {file}, {file.stat().st_size / 2**20:.1f} MiB")

    # 3. All of them as a model that the program loads.
    if options.export is not None:
        tiny = options.export / "vae_tiny"
        kept = folder / "vae_tiny"
        if tiny.exists():
            shutil.copytree(tiny, kept, dirs_exist_ok=True)
        export_model(
            options.export,
            load_autoencoder(folder),
            load_networks(folder),
            folder / "tokenizer",
            load_statistics(folder),
            kept if kept.exists() else None,
        )
        _say(f"wrote {options.export}")


def _train(options: argparse.Namespace) -> None:
    folder, minutes, seed = options.folder, options.minutes, options.seed
    more = {
        "device": options.device,
        "workers": options.workers,
        "save_every": options.save_every,
    }
    if options.network == "denoiser":
        pictures = options.pictures or (512 if options.device == "cuda" else 32)
        train_denoiser(folder, minutes, seed, _say, pictures=pictures, **more)
    elif options.network == "autoencoder":
        crops = options.pictures or (128 if options.device == "cuda" else 12)
        train_autoencoder(folder, minutes, seed, _say, crops=crops, **more)
        psnr = reconstruction_psnr(load_autoencoder(folder), _HELD_OUT)
        _say(f"autoencoder round trip {psnr:.2f} dB")
    else:
        train_tiny_decoder(folder, minutes, seed, _say, **more)


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m storyboard.starter.train", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("--network", choices=NETWORKS, default="denoiser")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path("starter-training"),
        help="where checkpoints live (default: starter-training, which git ignores)",
    )
    parser.add_argument(
        "--begin-from",
        type=Path,
        default=asset() / "models" / "starter",
        help='model whose weights a new work folder begins with, or "nothing"',
    )
    parser.add_argument("--packed", type=Path, help="packed weights, which are preferred to it")
    parser.add_argument("--minutes", type=float, default=10.0, help="0 only writes")
    parser.add_argument("--device", default="cpu", help="cpu, cuda or mps")
    parser.add_argument("--workers", type=int, default=0, help="processes that paint meanwhile")
    parser.add_argument("--pictures", type=int, help="in a batch")
    parser.add_argument("--save-every", type=float, default=180.0, help="seconds")
    parser.add_argument("--seed", type=int, default=0)
    out = os.environ.get("OUT")
    parser.add_argument(
        "--out", type=Path, default=out and Path(out), help="where packed weights go; or $OUT"
    )
    parser.add_argument("--export", type=Path, help="model folder to write, replaced if there")
    return parser.parse_args(arguments)


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
