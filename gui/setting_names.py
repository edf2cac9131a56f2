"""Settings by the names that people read; config.py has them by their own."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

__all__ = ["setting_name"]


def setting_name(field: str) -> str:
    """What a field of `config.Settings` is called; its own name where nothing better is known."""
    translate = QCoreApplication.translate
    names = {
        "mode": translate("setting", "Speed mode"),
        "num_inference_steps": translate("setting", "Steps a panel"),
        "guidance_scale": translate("setting", "Guidance (CFG)"),
        "ip_adapter_scale": translate("setting", "Strength of reference pictures"),
        "use_identity_lock": translate("setting", "Hold looks by reference pictures"),
        "enable_channels_last": translate("setting", "Channels last"),
        "enable_attention_slicing": translate("setting", "Sliced attention"),
        "enable_fp16_autocast": translate("setting", "Half precision on the GPU"),
        "acceleration": translate("setting", "Acceleration"),
        "character_traits": translate("setting", "Main character"),
        "negative_prompt": translate("setting", "Negative prompt"),
        "style": translate("setting", "Style"),
        "model": translate("setting", "Model"),
        "ip_adapter": translate("setting", "IP-Adapter"),
        "few_step": translate("setting", "Few-step adapter"),
        "allow_download": translate("setting", "Fetch missing models"),
        "measure_agreement": translate("setting", "Measure likeness and prompt"),
        "smaller_if_needed": translate("setting", "Smaller frames where memory is short"),
        "frame_width": translate("setting", "Width of a frame, pixels"),
        "panels": translate("setting", "Panels a story"),
        "aspect": translate("setting", "Frame of new boards"),
        "seed": translate("setting", "Seed of new boards"),
        "page": translate("setting", "Paper"),
        "preview_every": translate("setting", "Preview every so many steps"),
    }
    return names.get(field, field)
