"""`storyboard train --check`: what is wrong, what there is, and what it will take."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from storyboard.errors import StoryboardError
from storyboard.training.batches import Batches
from storyboard.training.datasets import gather
from storyboard.training.optimizers import ADVISED, advice_on, missing_package
from storyboard.training.prepared import with_model_sizes
from storyboard.training.reading import Problem
from storyboard.values.model import ModelChoice

if TYPE_CHECKING:
    from storyboard.training.datasets import Examples
    from storyboard.training.reading import ReadFile
    from storyboard.training.schema import TrainingFile

__all__ = ["Verdict", "check"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found.

    Attributes:
        problems: What must be mended, in the order of the lines.
        advice: What is possible and unusual.
        facts: What there is, in words.
    """

    problems: tuple[Problem, ...]
    advice: tuple[str, ...]
    facts: tuple[str, ...]

    def lines(self) -> list[str]:
        """For people."""
        said = [f"wrong: {each}" for each in self.problems]
        said += [f"consider: {each}" for each in self.advice]
        return said + list(self.facts) + ([] if self.problems else ["nothing is wrong"])

    def as_json(self) -> dict[str, object]:
        """For machines."""
        return {
            "problems": [asdict(each) for each in self.problems],
            "advice": list(self.advice),
            "facts": list(self.facts),
        }


def check(file: ReadFile) -> Verdict:
    """Look at everything that a training would need; no weights are read.

    Where the schema does not hold, the pictures are not looked at: nobody can tell what is meant.
    """
    config = file.config
    if config is None:
        return Verdict(file.problems, (), ())
    problems: list[Problem] = []
    advice: list[str] = []
    # 1. The model, by its card.
    from storyboard.diffusion.families import family_of

    try:
        card = family_of(config.model).card(ModelChoice(config.model))
        config = with_model_sizes(config, card)
    except StoryboardError as error:
        problems.append(file.problem(("model",), str(error)))
    # 2. The pictures.
    examples = gather(file, config)
    problems += examples.problems
    # 3. The numbers.
    if missing := missing_package(config.optimizer.name):
        told = f"needs {missing}: pip install 'storyboard[train]'"
        problems.append(file.problem(("optimizer", "name"), told))
    if said := advice_on(config.optimizer):
        advice.append(f"optimizer.learning_rate: {said}")
    advice += _advice(config, examples)
    problems.sort(key=lambda one: one.line)
    return Verdict(tuple(problems), tuple(advice), tuple(_facts(config, examples)))


def _advice(config: TrainingFile, examples: Examples) -> list[str]:
    found: list[str] = []
    pictures = {each.picture.sha for each in examples.learned}
    if not config.trigger and not any(each.references for each in examples.learned):
        found.append("trigger: without a word that calls it, what is learned is always there")
    if 0 < len(pictures) < 8:
        found.append(f"datasets: {len(pictures)} pictures are few; 10 to 30 are usual")
    if config.training.steps * config.training.batch_size > 400 * max(1, len(pictures)):
        found.append("training.steps: every picture comes over 400 times; watch the held-out loss")
    if not examples.held_out and len(pictures) >= 10:
        found.append("evaluation.share: nothing is held out, so overfitting cannot be seen")
    if not config.preserve.weight and config.trigger:
        found.append("preserve.weight: nothing holds what must stay without the trigger")
    return found


def _facts(config: TrainingFile, examples: Examples) -> list[str]:
    if not examples.learned or config.buckets.target is None or config.buckets.multiple is None:
        return []
    loop = config.training
    batches = Batches(examples.learned, config.buckets, loop.batch_size, loop.seed)
    sizes = ", ".join(
        f"{width}x{height} ({len(batches.by_size[width, height])})"
        for width, height in batches.sizes
    )
    pictures = len({each.picture.sha for each in examples.learned})
    rate = config.optimizer.learning_rate or ADVISED[config.optimizer.name][2]
    return [
        f"{len(examples.learned)} examples of {pictures} pictures, {len(examples.held_out)} held"
        " out",
        f"buckets {sizes}",
        f"{loop.steps} steps of {loop.batch_size * loop.gradient_accumulation} pictures, "
        f"{config.optimizer.name} at {rate:g}",
        "draw with the precision that it was taught in: fp16 and bf16 of one LoRA differ a little",
    ]
