"""Options that several commands share. Their values are checked with all other settings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from config import Settings

if TYPE_CHECKING:
    import argparse

__all__ = [
    "add_best_of",
    "add_download",
    "add_force",
    "add_identity",
    "add_model",
    "add_page",
    "add_pdf",
    "add_plan",
    "add_report",
    "add_time_budget",
    "overrides",
]


def overrides(args: argparse.Namespace) -> dict[str, object]:
    """The settings that the command line gives; None where an option was left out.

    An option sets the setting of its name.
    """
    return {name: getattr(args, name, None) for name in Settings.model_fields}


def add_plan(parser: argparse.ArgumentParser, *, projects: bool = False) -> None:
    """Add what decides the shot list; `projects` says whether a project folder has one too."""
    folder = "a project folder, " if projects else ""
    parser.add_argument(
        "story",
        metavar="STORY",
        help="the story as a text, a text file, a film script (.fountain, .fdx), a shot list in "
        f"YAML, {folder}or - for standard input",
    )
    parser.add_argument(
        "--target-seconds",
        metavar="N",
        help="scale the durations so that they add up to this length, spoken lines kept whole",
    )
    parser.add_argument("--panels", metavar="N", help="number of panels, 1 to 600 (default 6)")
    parser.add_argument(
        "--panels-a-scene",
        metavar="N",
        help="instead: at most N panels for each scene, fewer where less happens",
    )
    parser.add_argument(
        "--scenes",
        metavar="12-18,23A",
        help="of a film script only these scenes, which keep their numbers; all by default",
    )
    parser.add_argument(
        "--seed",
        metavar="N",
        help="another number, another storyboard; the same number, the same one (default 0)",
    )
    parser.add_argument(
        "--planner",
        metavar="NAME",
        help="rules (default); local: a language model on this machine, found by itself or named "
        "as local:URL; words: rules that ask it only for what they did not understand",
    )
    parser.add_argument(
        "--character",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a character's name and traits in YAML; may be given several times",
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add what draws, and how thoroughly."""
    parser.add_argument(
        "--mode", metavar="MODE", help="ULTRA_FAST, FAST (default), BALANCED or QUALITY"
    )
    parser.add_argument(
        "--model",
        metavar="MODEL",
        help="starter (default), a hub id, a diffusers folder, or a .safetensors checkpoint",
    )
    parser.add_argument(
        "--acceleration",
        metavar="NAME",
        help="balanced (default): less than half the compute; max: a third; off: plain diffusers' "
        "pixels; or numbers such as guided=0.5,every=2,branch=2",
    )
    parser.add_argument(
        "--sampler",
        metavar="NAME",
        help="the way from noise to picture, such as Euler or 'DPM++ 2M'; the model's own by "
        "default",
    )
    parser.add_argument(
        "--schedule",
        metavar="NAME",
        help="the noise levels of the steps: karras, trailing, optimal and others, or numbers that "
        "fall, such as '14.6 6.3 2.2 0.5'; the model's own by default",
    )
    parser.add_argument(
        "--steps",
        dest="num_inference_steps",
        metavar="N",
        help="denoising steps a panel, 1 to 150, in place of the mode's",
    )
    parser.add_argument(
        "--few-step",
        metavar="ADAPTER",
        help="draw in a few steps with an adapter that is known for the model; NAME=FILE for one "
        "on disk",
    )
    parser.add_argument(
        "--lora",
        dest="loras",
        action="append",
        metavar="FILE[:WEIGHT]",
        help="draw every panel with a LoRA: a .safetensors file, or one of the hub as"
        " owner/name/file.safetensors; without a weight it follows the framing of each panel; may"
        " be given several times",
    )
    parser.add_argument(
        "--storage",
        metavar="NAME",
        help="how the model's weights lie in memory: bf16, fp16, gguf-q8_0 and others (half the"
        " memory and less), fp8-e4m3, nf4; the device's own way by default",
    )
    parser.add_argument(
        "--frame-width",
        metavar="PIXELS",
        help="width of the frame, for drafts; what the model draws best by default",
    )
    parser.add_argument(
        "--workflow",
        metavar="NAME",
        help="a preset of steps, sampler, passes and phrases: quick, quality, best, or a file of"
        " your own (`storyboard workflows` lists them); other options win over it",
    )
    parser.add_argument(
        "--hires",
        metavar="SCALE",
        help="go over every picture once more, 1.3 to 2 times as large: 1.5, or with numbers"
        " 1.5,strength=0.3,steps=8; off for none",
    )
    parser.add_argument(
        "--faces",
        action="store_const",
        const="find",
        help="draw every face anew by itself, inside a mask; outside of it nothing changes",
    )
    parser.add_argument(
        "--face-pass",
        dest="faces",
        metavar="TEXT",
        help="the same with numbers, such as find,steps=18, or with boxes in parts of the picture,"
        " such as '0.4 0.1 0.6 0.5; 0.7 0.2 0.8 0.4'; off for none",
    )
    parser.add_argument(
        "--no-headcount",
        dest="people_draws",
        action="store_const",
        const=1,
        help="draw a panel once, even if it shows more or fewer people than the shot has (only the"
        " starter model's people are counted)",
    )
    parser.add_argument(
        "--smaller-if-needed",
        action="store_const",
        const=True,
        help="draw a panel smaller where the memory does not suffice, instead of failing",
    )


def add_time_budget(parser: argparse.ArgumentParser) -> None:
    """Add what a panel may take."""
    parser.add_argument(
        "--time-budget",
        metavar="TIME",
        help="what a panel may take, such as 40s: passes are thinned and dropped, faces first,"
        " until it fits by what storyboard bench has measured here",
    )


def add_download(parser: argparse.ArgumentParser) -> None:
    """Add the consent to fetch what only a folder's settings or a picture name."""
    parser.add_argument(
        "--allow-download",
        action="store_const",
        const=True,
        help="fetch the model that only the project, the folder's storyboard.yaml or the picture "
        "names, if it is not on this machine",
    )


def add_best_of(parser: argparse.ArgumentParser) -> None:
    """Add how many takes a panel gets."""
    parser.add_argument(
        "--best-of",
        default="1",
        metavar="N",
        help="draw N takes of each panel, all kept, and show the one that is best by likeness and "
        "prompt together (default 1, at most 16)",
    )


def add_identity(parser: argparse.ArgumentParser) -> None:
    """Add whether reference pictures are used."""
    parser.add_argument(
        "--no-identity-lock",
        dest="use_identity_lock",
        action="store_const",
        const=False,
        help="do not hold the characters by reference pictures",
    )


def add_page(parser: argparse.ArgumentParser) -> None:
    """Add the paper."""
    parser.add_argument(
        "--page", metavar="PAPER", help="paper of the PDF: A4 (default), A3, Letter, Legal"
    )


def add_force(parser: argparse.ArgumentParser) -> None:
    """Add the user's word that a file may be replaced."""
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace files that are there already, though Storyboard did not write them",
    )


def add_pdf(parser: argparse.ArgumentParser) -> None:
    """Add where the PDF goes, and its paper."""
    add_force(parser)
    parser.add_argument(
        "--pdf", type=Path, metavar="FILE", help="the PDF; storyboard.pdf in the project by default"
    )
    add_page(parser)


def add_report(parser: argparse.ArgumentParser) -> None:
    """Add how progress is told."""
    parser.add_argument(
        "--json",
        action="store_true",
        help="tell everything as JSON on standard output, one object a line",
    )
