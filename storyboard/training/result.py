"""What was learned, as files of the public layouts with a card in their header."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from safetensors.torch import save

from storyboard import __version__
from storyboard.diffusion.weights.lora_names import LAYOUTS, written_key
from storyboard.files import atomic

if TYPE_CHECKING:
    from pathlib import Path

    import torch

    from storyboard.diffusion.weights.lora_names import Layout
    from storyboard.training.history import History
    from storyboard.training.prepared import Prepared

__all__ = ["write_result"]

_WORDS = 60


def write_result(prepared: Prepared, history: History, done: int) -> tuple[Path, ...]:
    """Write the LoRA in every layout that is asked for; the best one, where that is wanted.

    Raises:
        ProjectError: The disk refuses.
    """
    config = prepared.config
    step, numbers = done, prepared.loop.weights.numbers()
    if config.evaluation.keep_best and history.best is not None:
        step, learned = history.best
        numbers = learned
    prepared.folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for number, layout in enumerate(_layouts(prepared)):
        ending = "" if number == 0 else f".{layout}"
        file = prepared.folder / f"{config.name}{ending}.safetensors"
        atomic.write_bytes(file, _file(prepared, history, step, numbers, layout))
        written.append(file)
    return tuple(written)


def _layouts(prepared: Prepared) -> list[Layout]:
    """Those that are asked for; of a LoKr there is one only, which is LyCORIS's own."""
    if prepared.config.network.kind == "lokr":
        return [LAYOUTS[-1]]
    return list(dict.fromkeys(prepared.config.network.layouts))


def _file(
    prepared: Prepared,
    history: History,
    step: int,
    numbers: dict[str, torch.Tensor],
    layout: Layout,
) -> bytes:
    prefixes = prepared.loop.learner.prefixes
    named: dict[str, torch.Tensor] = {}
    for key, each in numbers.items():
        network, layer, part = key.split(":")
        if part == "alpha" and layout == "diffusers":
            continue  # it stands in the header
        named[written_key(network, prefixes[network], layer, part, layout)] = each.half()
    return save(named, _card(prepared, history, step, layout))


def _card(prepared: Prepared, history: History, step: int, layout: Layout) -> dict[str, str]:
    """What a reader of the file wants to know: modelspec's keys, the trainers' and ours."""
    config, loop = prepared.config, prepared.loop
    network, batch = config.network, config.training.batch_size
    pictures = {each.picture.sha for each in prepared.examples.learned}
    card = {
        "format": "pt",
        "modelspec.sai_model_spec": "1.0.0",
        "modelspec.architecture": loop.learner.architecture,
        "modelspec.title": config.name,
        "modelspec.date": datetime.now(UTC).isoformat(timespec="seconds"),
        "modelspec.trigger_phrase": config.trigger,
        "ss_output_name": config.name,
        "ss_sd_model_name": config.model,
        "ss_network_module": f"lycoris.{network.kind}",
        "ss_network_dim": str(max(each.rank for each in network.targets.values())),
        "ss_num_train_images": str(len(pictures)),
        "ss_steps": str(step),
        "ss_total_batch_size": str(batch * config.training.gradient_accumulation),
        "ss_learning_rate": str(config.optimizer.learning_rate),
        "ss_optimizer": config.optimizer.name,
        "ss_seed": str(config.training.seed),
        "storyboard.version": __version__,
        "storyboard.model_hash": prepared.model_hash,
        "storyboard.precision": "bf16" if loop.autocast else "fp32",
        "storyboard.training_file": config.model_dump_json(exclude_defaults=True),
        "storyboard.captions": json.dumps(_captions(prepared), ensure_ascii=False),
        "storyboard.pictures": json.dumps(sorted(pictures)),
        "storyboard.loss": f"{_last(history.losses):.5f}",
        "storyboard.eval_losses": json.dumps(history.eval_losses[-100:]),
    }
    if layout == "diffusers":
        card["lora_adapter_metadata"] = json.dumps(_adapter_notes(prepared))
    return {key: value for key, value in card.items() if value}


def _adapter_notes(prepared: Prepared) -> dict[str, object]:
    """Rank and alpha of each network as diffusers notes them: PEFT keeps no weights for them."""
    notes: dict[str, object] = {}
    for name, target in prepared.config.network.targets.items():
        prefix = prepared.loop.learner.prefixes[name]
        places = [layer for network, layer in prepared.loop.weights.places if network == name]
        notes |= {
            f"{prefix}.r": target.rank,
            f"{prefix}.lora_alpha": target.alpha or target.rank,
            f"{prefix}.target_modules": places,
            f"{prefix}.rank_pattern": {},
            f"{prefix}.alpha_pattern": {},
            f"{prefix}.use_dora": False,
            f"{prefix}.use_rslora": False,
            f"{prefix}.lora_bias": False,
            f"{prefix}.bias": "none",
        }
    return notes


def _captions(prepared: Prepared) -> list[str]:
    """Some of what was said of the pictures, shortened: enough to know how to ask."""
    captions = dict.fromkeys(each.caption for each in prepared.examples.learned)
    return [each[:200] for each in captions][:_WORDS]


def _last(losses: list[float]) -> float:
    recent = losses[-50:]
    return sum(recent) / len(recent) if recent else 0.0
