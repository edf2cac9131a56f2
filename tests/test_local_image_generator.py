"""The front costs nothing until a model is loaded. What it draws is tested in tests/diffusion."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from local_image_generator import LocalImageGenerator
from storyboard.errors import ModelError
from storyboard.values.model import ModelChoice
generator = LocalImageGenerator()
generator.unload()
try:
    generator.describe(ModelChoice("nowhere.safetensors"))
except ModelError:
    pass
heavy = {"torch", "diffusers", "transformers", "huggingface_hub"} & set(sys.modules)
assert not heavy, heavy
"""


def test_making_and_describing_a_generator_imports_no_torch() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
