"""SDXL keeps the contract: the starter model, and a tiny one with random weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storyboard.values.model import ModelChoice
from tests.families.contract import FamilyContract

if TYPE_CHECKING:
    from pathlib import Path


class TestStarter(FamilyContract):
    @pytest.fixture(scope="class")
    @classmethod
    def choice(cls) -> ModelChoice:
        return ModelChoice("starter", adapter="bundled")


class TestRandomTiny(FamilyContract):
    @pytest.fixture(scope="class")
    @classmethod
    def choice(cls, tiny_model: Path) -> ModelChoice:
        return ModelChoice(str(tiny_model), adapter="bundled")
