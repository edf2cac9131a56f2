"""Model folders of strangers: refused in a line, or drawn; no pickle is opened on the way."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from storyboard.diffusion.families.sdxl.files import find_model
from storyboard.diffusion.weights.checksums import file_hash
from storyboard.diffusion.weights.headers import read_header
from storyboard.errors import ModelError
from tests import boards
from tests.diffusion.plain import pixels
from tests.hostile_models import CHOSEN, PICKLED
from tests.hostile_weights import plant
from tests.one_model import OneModel
from tests.requests import Lock, panel_request
from tests.soak.test_kill import tallies

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def model(tiny_model: Path, tmp_path: Path) -> Path:
    """A good model that a test may change."""
    return shutil.copytree(tiny_model, tmp_path / "model")


def test_one_of_each_kind_is_refused_before_torch_is_there() -> None:
    (told,) = tallies("hostile", "--chosen", "--read")
    assert (told["refused"], told["drawn"], told["wrong"]) == (len(CHOSEN), 0, [])
    assert not told["torch"]


@pytest.mark.soak
def test_all_of_them_are_refused_or_drawn() -> None:
    (told,) = tallies("hostile")
    assert told["refused"] + told["drawn"] > 2500
    assert told["wrong"] == []
    assert told["slowest refusal"][0] < 2  # seconds of one core, with what was read before it
    assert told["largest MB"][0] < 500


def test_what_lies_beside_the_weights_is_not_looked_at(model: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for part in (each for each in model.rglob("*") if each.is_dir()):
        for suffix in PICKLED:
            for stem in ("model", "pytorch_model", "diffusion_pytorch_model", "adapter_model"):
                plant(part / f"{stem}{suffix}", ran)
        (part / "adapter_config.json").write_text('{"base_model_name_or_path": "evil/evil"}')
        (part / "generation_config.json").write_text("[" * 100_000)
        (part / "chat_template.jinja").write_text("{{ evil }}")
        os.mkfifo(part / "special_tokens.json")
    encoder = model / "text_encoder" / "config.json"
    told = json.loads(encoder.read_text()) | {"_name_or_path": "evil/evil", "torch_dtype": "evil"}
    encoder.write_text(json.dumps(told | {"_attn_implementation": "evil/kernel"}))
    lock = Lock("Mira", (boards.a_picture(),), 0.6)
    with OneModel(str(model)) as generator:
        drawn = generator.render(
            panel_request(1, "a coat", "", 64, 64, 1, 1.0, 1, identities=(lock,))
        )
    assert drawn.media.png.startswith(b"\x89PNG")
    assert not ran.exists()


def test_a_cache_of_the_hub_may_link_to_its_own_blobs_only(model: Path, tmp_path: Path) -> None:
    repository = tmp_path / "models--someone--tiny"
    snapshot, blobs = repository / "snapshots" / ("0" * 40), repository / "blobs"
    blobs.mkdir(parents=True)
    for number, file in enumerate(each for each in sorted(model.rglob("*")) if each.is_file()):
        link = snapshot / file.relative_to(model)
        link.parent.mkdir(parents=True, exist_ok=True)
        file.rename(blobs / f"{number:064x}")
        link.symlink_to(os.path.relpath(blobs / f"{number:064x}", link.parent))
    found = find_model(str(snapshot), half=False, adapter="bundled")
    assert len(found.weights) == 4
    elsewhere = tmp_path / "elsewhere.json"
    config = snapshot / "unet" / "config.json"
    config.resolve().rename(elsewhere)
    config.unlink()
    config.symlink_to(elsewhere)
    with pytest.raises(ModelError, match="a link that leads out of its folder"):
        find_model(str(snapshot), half=False, adapter="bundled")


def test_a_model_in_shards_is_drawn_as_the_whole_one(model: Path, tiny_model: Path) -> None:
    from safetensors.torch import load_file, save_file

    for part, stem in (("unet", "diffusion_pytorch_model"), ("text_encoder", "model")):
        whole = model / part / f"{stem}.safetensors"
        names: dict[str, str] = {}
        weights = load_file(whole)
        for number in (1, 2):
            held = {
                key: each for n, (key, each) in enumerate(weights.items()) if n % 2 == number - 1
            }
            name = f"{stem}-0000{number}-of-00002.safetensors"
            save_file(held, model / part / name, {"format": "pt"})
            names |= dict.fromkeys(held, name)
        whole.unlink()
        index = {"metadata": {"total_size": 1}, "weight_map": names}
        (model / part / f"{stem}.safetensors.index.json").write_text(json.dumps(index))
    request = panel_request(1, "a coat", "", 64, 64, 1, 1.0, 1)
    with OneModel(str(tiny_model)) as plain, OneModel(str(model)) as sharded:
        for part in ("unet", "text_encoder"):
            whole, halves = (
                getattr(each.model.pipe, part).state_dict() for each in (plain, sharded)
            )
            assert whole.keys() == halves.keys()
            assert all(torch.equal(weight, halves[key]) for key, weight in whole.items())
        # Not to the bit: MKL adds up in another order where a row of weights begins elsewhere in
        # memory, and in a file of half the weights it does.
        one, other = (pixels(each.render(request).media.png) for each in (plain, sharded))
    assert np.abs(np.subtract(one, other, dtype=int)).max() <= 1


def test_a_hole_in_the_place_of_weights_is_not_hashed(tmp_path: Path) -> None:
    header = json.dumps(
        {
            "a.lora_down.weight": {
                "dtype": "F16",
                "shape": [4, 2**30],
                "data_offsets": [0, 2**33],
            }
        }
    ).encode()
    hole = tmp_path / "hole.safetensors"
    with hole.open("wb") as file:
        file.write(len(header).to_bytes(8, "little") + header)
        file.truncate(8 + len(header) + 2**33 - 100)
    with pytest.raises(ModelError, match="mostly empty"):
        read_header(hole)
    with pytest.raises(ModelError, match="mostly empty"):
        file_hash(hole, tmp_path / "hashes.json")
