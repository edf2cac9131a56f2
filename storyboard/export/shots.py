"""The board as a shot list in YAML, which can be edited and rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.files.output_file import SEAL, sealed

if TYPE_CHECKING:
    from storyboard.export.options import ExportOptions, PictureOf
    from storyboard.values.board import Storyboard

__all__ = ["shots_of"]


def shots_of(board: Storyboard, picture_of: PictureOf, options: ExportOptions) -> bytes:
    """The list, with seeds, and with references that are found from anywhere."""
    from storyboard.planning.shot_list import board_plan, to_yaml  # loads the planner: late

    plan = board_plan(options.listed(board), options.references)
    return sealed(f"{to_yaml(plan)}# {SEAL}\n".encode())
