"""What is asked of a render session in one go."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from config import Settings
from gui.drawing.offline import offline
from storyboard.errors import ModelError
from storyboard.values.panel_animation import PanelAnimation
from storyboard.values.panel_edit import PanelEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.document.document import Document
    from storyboard.production.production import Production
    from storyboard.project.project import Project
    from storyboard.rendering.panel_generator import MakeGenerator

__all__ = ["Order", "finishing", "prepared", "production_of"]

_PREVIEW_EVERY = 1


@dataclass(frozen=True, slots=True)
class Order:
    """Panels to draw one after another, or a character sheet.

    Attributes:
        keys: The panels, in the order in which they are drawn.
        settings: How to draw, as they were when it was asked.
        sheet_of: Draw the sheet of this character, who is in all of `keys`, and no panel.
        takes: Takes of each panel, at least 1; of several the best is shown.
        again: Show what is drawn, whichever take is pinned, and draw no take that is there.
        edit: Change a picture of the panel instead of drawing it.
        animations: Let pictures of the panels move instead of drawing them.
        finishes: Go over the pictures that the panels show with the passes of the settings.
    """

    keys: tuple[str, ...]
    settings: Settings
    sheet_of: str = ""
    takes: int = 1
    again: bool = False
    edit: PanelEdit | None = None
    animations: tuple[PanelAnimation, ...] = ()
    finishes: bool = False

    @property
    def pictures(self) -> tuple[str, ...]:
        """The panel of every picture to come, character sheets aside."""
        return () if self.sheet_of else tuple(key for key in self.keys for _ in range(self.takes))


def finishing(
    document: Document | None, keys: Sequence[str], settings: Settings, workflow: str
) -> Order | None:
    """The order to go over the pictures of panels by a workflow; None where there are none.

    Raises:
        SettingsError: There is no such workflow, or it is damaged.
    """
    from storyboard.settings.finishing import with_workflow

    panels = document.board.panels if document is not None else ()
    wanted = tuple(each.key for each in panels if each.takes and each.key in keys)
    if document is None or not wanted:
        return None
    return Order(wanted, with_workflow(settings, workflow, document.folder), finishes=True)


def prepared(order: Order, make_generator: MakeGenerator) -> Order:
    """An order with the settings of what it asks for, refused where the model cannot do it.

    Raises:
        InputError: It cannot; a model that is not on this machine is not asked.
    """
    if order.edit is None and not order.animations and not order.finishes:
        return order
    from storyboard.diffusion.families import check_task
    from storyboard.settings.drawing import choice_of
    from storyboard.settings.editing import animate_settings, edit_settings
    from storyboard.values.request import Animate, Edit, Finish, Task

    settings = order.settings
    task: Task = Finish("")
    if order.animations:
        settings, task = animate_settings(settings), Animate("", 1, "1")
    elif not order.finishes:
        settings, task = edit_settings(settings), Edit("", "")
    with suppress(ModelError):
        check_task(task, make_generator(offline(settings)).describe(choice_of(settings)))
    return replace(order, settings=settings)


def production_of(order: Order, document: Document, make_generator: MakeGenerator) -> Production:
    """Prepare an order: its panels as they are now, and what the model wants to be asked.

    Raises:
        ModelError: The model is not on this machine, or is damaged.
    """
    from storyboard.diffusion.weights.lora_place import lora_finder
    from storyboard.planning.derived import with_derived_prompts
    from storyboard.production.production import Production
    from storyboard.prompts.enhancer import prompt_writer
    from storyboard.settings.drawing import choice_of

    # 1. What the model wants to be asked; nothing is downloaded for that.
    settings = order.settings.model_copy(update={"preview_every": _PREVIEW_EVERY})
    model = make_generator(offline(settings)).describe(choice_of(settings))
    enhancer = prompt_writer(model, settings)
    # 2. The panels, with the prompts that the window has not made so far because it does not wait
    #    for the grammar; this thread does. For a sheet they show the character alone.
    known = [panel for key in order.keys if (panel := document.panel(key)) is not None]
    panels = with_derived_prompts(replace(document.board, panels=tuple(known))).panels
    if order.sheet_of:
        alone = (order.sheet_of,)
        panels = tuple(replace(each, shot=replace(each.shot, characters=alone)) for each in panels)
    # 3. A document is all of a project that a production uses, made safe for the thread that draws.
    project = cast("Project", document)
    find_lora = lora_finder(offline(settings), project.folder)
    if order.finishes:
        from storyboard.production.finishes import FinishProduction

        takes = dict.fromkeys(order.keys, "")
        return FinishProduction(project, settings, enhancer, model, takes, find_lora=find_lora)
    if order.edit is not None:
        from storyboard.production.edits import EditProduction

        return EditProduction(project, settings, enhancer, model, [order.edit], find_lora=find_lora)
    if order.animations:
        from storyboard.production.animations import AnimateProduction

        return AnimateProduction(project, settings, enhancer, model, order.animations)
    return Production(
        project,
        settings,
        enhancer,
        model,
        panels,
        best_of=order.takes,
        again=order.again,
        find_lora=find_lora,
    )
