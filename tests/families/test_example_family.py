"""The example of a family keeps the contract too: nothing in that is SDXL's."""

from __future__ import annotations

import json
import runpy
from typing import TYPE_CHECKING

import pytest

from storyboard.diffusion import families
from storyboard.values.model import ModelChoice
from tests.conftest import ROOT
from tests.families.contract import FamilyContract

if TYPE_CHECKING:
    from collections.abc import Iterator


class TestStripes(FamilyContract):
    @pytest.fixture(scope="class")
    @classmethod
    def choice(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelChoice]:
        family = runpy.run_path(str(ROOT / "examples" / "a_family_of_your_own.py"))["FAMILY"]
        folder = tmp_path_factory.mktemp("stripes")
        (folder / "model_index.json").write_text(json.dumps({"_class_name": family.pipeline}))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(families, "_ADDED", [family])
            yield ModelChoice(str(folder))
