"""LoRAs on the command line: looked at, drawn with, replayed, and in what others read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from storyboard.project.project import Project
from storyboard.project.recipe_file import read_recipe
from storyboard.settings.layers import load_settings
from storyboard.techniques.lora import LoraWish, parse_loras

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal import Terminal

LAYER = "down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_v"


def write_lora(file: Path, seed: int = 0) -> None:
    random = torch.Generator().manual_seed(seed)
    halves = {"down": (2, 72), "up": (32, 2)}
    tensors = {
        f"lora_unet_{LAYER}.lora_{half}.weight": torch.randn(sides, generator=random)
        for half, sides in halves.items()
    }
    save_file(tensors, file, {"modelspec.trigger_phrase": "mrachar, \x1b[31mred"})


def test_a_story_is_drawn_with_its_characters_lora(terminal: Terminal, tmp_path: Path) -> None:
    write_lora(tmp_path / "mira.safetensors")
    write_lora(tmp_path / "style one.safetensors", 1)
    (tmp_path / "mira.yaml").write_text(
        "name: Mira\ntraits: {hair: long red hair}\n"
        "loras:\n- {file: mira.safetensors, words: mrachar}\n"
    )
    asked = ["--panels", "2", "--out", "p", "--no-identity-lock", "--character", "mira.yaml"]
    asked += ["--steps", "1", "--planner", "rules"]
    style = "style one.safetensors:0.5"
    terminal.render("Mira smiles. A dog runs on a beach.", *asked, "--lora", style)
    # 1. What was drawn with, by framing and by who is in the panel.
    with Project.open(tmp_path / "p") as project:
        pictures = [project.picture(each.takes[0]) for each in project.board.panels]
        wish = project.board.characters[0].loras[0]
    first, second = map(read_recipe, pictures)
    assert wish == LoraWish(str(tmp_path / "mira.safetensors"), words="mrachar")
    names = {each.name: each.weight for each in first.loras}
    assert names.keys() == {"style one", "mira"} and names["style one"] == 0.5
    assert [each.name for each in second.loras] == ["style one"]
    assert first.prompt.startswith("Mira, mrachar, long red hair")
    with Image.open(pictures[0]) as picture:
        told = picture.info["parameters"]
    assert f"<lora:style_one:0.5> <lora:mira:{names['mira']:g}>" in told
    assert f'Lora hashes: "style_one: {first.loras[0].sha[:10]}, mira: ' in told
    # 2. The project draws so again, from any folder; a changed file is refused.
    panel = str(pictures[0])
    terminal("replay", panel, "--out", "again.png")
    assert "the same pixels" in terminal.out + terminal.err
    kept = load_settings(folder=tmp_path / "p", environ={}).settings.loras
    assert parse_loras(kept) == (LoraWish(str(tmp_path / "style one.safetensors"), 0.5),)
    write_lora(tmp_path / "mira.safetensors", 2)
    terminal("replay", panel, "--out", "other.png", code=3)
    assert "has changed since" in terminal.err
    # 3. One that does not fit is told before the model is read, whichever panel asks for it.
    save_file({"lora_unet_x.lora_down.weight": torch.zeros(2, 2)}, tmp_path / "bad.safetensors")
    text = (tmp_path / "p" / "board.yaml").read_text()
    place = text.index("  note: ''", text.index("key: p02"))
    (tmp_path / "p" / "board.yaml").write_text(
        f"{text[:place]}  loras: [../bad.safetensors]\n{text[place:]}"
    )
    terminal("redraw", "p", "--panel", "1,2", code=3)
    assert "bad.safetensors is damaged" in terminal.err


def test_inspect_tells_what_a_file_is(terminal: Terminal, tmp_path: Path) -> None:
    write_lora(tmp_path / "mira.safetensors")
    terminal("lora", "inspect", "mira.safetensors", "--json")
    facts: dict[str, Any] = json.loads(terminal.out)
    assert facts["kinds"] == ["LoRA"] and facts["layers"] == {"denoiser": 1}
    assert facts["words"] == ["mrachar", "\x1b[31mred"] and len(facts["sha256"]) == 64
    terminal("lora", "inspect", "mira.safetensors")
    assert "mrachar" in terminal.out and "\x1b" not in terminal.out
    terminal("lora", "inspect", "gone.safetensors", code=3)
    assert len(terminal.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("yaml", "read"),
    [
        ("loras: a.safetensors:0.5", "a.safetensors:0.5"),
        (
            "loras: [a.safetensors, {file: b, weight: 1, blocks: {mid: 0.5}}]",
            "a.safetensors\nb:1 blocks=mid:0.5",
        ),
    ],
)
def test_settings_name_loras_in_lines_or_keys(tmp_path: Path, yaml: str, read: str) -> None:
    (tmp_path / "storyboard.yaml").write_text(yaml)
    found = load_settings(folder=tmp_path, environ={})
    assert found.settings.loras == read
    assert not found.settings.allow_download  # the folder may be a stranger's
    other = load_settings({"loras": ["c:0.1", "d"]}, folder=tmp_path, environ={}).settings
    assert other.loras == "c:0.1\nd"
