"""Settings by the names that people read; config.py has them by their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from storyboard.settings.user_settings import user_file

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["grouped_settings", "origin_words", "setting_name"]


def setting_name(field: str) -> str:
    """What a field of `config.Settings` is called; its own name where nothing better is known."""
    translate = QCoreApplication.translate
    names = {
        "mode": translate("setting", "Speed mode"),
        "num_inference_steps": translate("setting", "Steps a panel"),
        "guidance_scale": translate("setting", "How strictly the prompt is followed"),
        "ip_adapter_scale": translate("setting", "Strength of reference pictures"),
        "use_identity_lock": translate("setting", "Hold looks by reference pictures"),
        "enable_channels_last": translate("setting", "Weights laid out for speed"),
        "enable_attention_slicing": translate("setting", "Less memory, a little slower"),
        "enable_fp16_autocast": translate("setting", "Half precision on the GPU"),
        "acceleration": translate("setting", "Acceleration"),
        "character_traits": translate("setting", "Main character"),
        "negative_prompt": translate("setting", "What pictures must not show"),
        "style": translate("setting", "Style"),
        "model": translate("setting", "Model"),
        "edit_model": translate("setting", "Model for edits by words"),
        "animate_model": translate("setting", "Model for clips"),
        "clip_frames": translate("setting", "Frames of a clip"),
        "clip_fps": translate("setting", "Frames a second of clips"),
        "clip_smooth": translate("setting", "Times as many frames by interpolation"),
        "ip_adapter": translate("setting", "Model for reference pictures"),
        "sampler": translate("setting", "Sampler"),
        "schedule": translate("setting", "Noise schedule"),
        "few_step": translate("setting", "Adapter for few steps"),
        "storage": translate("setting", "Weights in memory"),
        "loras": translate("setting", "LoRAs, one a line"),
        "hires": translate("setting", "Hires pass"),
        "faces": translate("setting", "Face pass"),
        "workflow": translate("setting", "Workflow"),
        "style_phrases": translate("setting", "Further phrases for the style"),
        "negative_phrases": translate("setting", "Further phrases for what must not show"),
        "lora_weights": translate("setting", "LoRA weights by framing"),
        "allow_download": translate("setting", "Fetch missing models"),
        "measure_agreement": translate("setting", "Measure likeness and prompt"),
        "people_draws": translate("setting", "Draws until the people are right, at most"),
        "smaller_if_needed": translate("setting", "Smaller frames where memory is short"),
        "frame_width": translate("setting", "Width of a frame, pixels"),
        "panels": translate("setting", "Panels a story"),
        "planner": translate("setting", "Planner"),
        "aspect": translate("setting", "Frame of new boards"),
        "seed": translate("setting", "Seed of new boards"),
        "page": translate("setting", "Paper"),
        "preview_every": translate("setting", "Preview every so many steps"),
    }
    return names.get(field, field)


def grouped_settings(fields: Iterable[str]) -> list[tuple[str, list[str]]]:
    """The fields under the headings where people look for them; no field is left out."""
    translate = QCoreApplication.translate
    groups = [
        (
            translate("setting", "Pictures"),
            [
                "style",
                "negative_prompt",
                "mode",
                "num_inference_steps",
                "guidance_scale",
                "sampler",
                "schedule",
            ],
        ),
        (
            translate("setting", "Characters"),
            [
                "character_traits",
                "use_identity_lock",
                "ip_adapter_scale",
                "measure_agreement",
                "people_draws",
            ],
        ),
        (
            translate("setting", "New boards and paper"),
            ["panels", "planner", "aspect", "seed", "frame_width", "page"],
        ),
        (translate("setting", "Clips"), ["clip_frames", "clip_fps", "clip_smooth"]),
        (
            translate("setting", "Model"),
            [
                "model",
                "edit_model",
                "animate_model",
                "ip_adapter",
                "few_step",
                "loras",
                "storage",
                "allow_download",
            ],
        ),
    ]
    known = {name for _, names in groups for name in names}
    fields = list(fields)
    rest = [name for name in fields if name not in known]
    groups.append((translate("setting", "Speed and memory"), rest))
    return [(title, [name for name in names if name in fields]) for title, names in groups]


def origin_words(origin: str) -> str:
    """Where a value comes from, without file names; those are for whoever asks for more."""
    translate = QCoreApplication.translate
    name, bracket, path = origin.partition(" (")
    if origin == "config.py":
        return translate("setting", "as installed")
    if name.endswith(".yaml") and bracket:
        if path.removesuffix(")") == str(user_file()):
            return translate("setting", "your own setting")
        return translate("setting", "this board")
    if name.startswith("STORYBOARD_"):
        return translate("setting", "the environment ({0})").format(name)
    if name.startswith("mode "):
        return translate("setting", "the mode {0}").format(name.removeprefix("mode "))
    return origin
