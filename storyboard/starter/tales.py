"""Tales: one or two sentences of a story about a scene, as a writer would put them.

They go through the program's own planner, so that captions for training have the words that its
prompts have. What the painter cannot show (a key, a memory, a smile at nobody) is in them too, and
does no harm: nothing in the picture follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from storyboard.starter import phrases

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from storyboard.starter.vocabulary import Scene

__all__ = ["tale"]

_UNSAID = 0.1
"""Share of the tales that leave out the place, and of those that leave out the time."""
_EMBROIDERED = 0.45


def tale(scene: Scene, names: Sequence[str], rng: random.Random) -> str:
    """Tell a scene in a sentence or two of English.

    Args:
        scene: What happens.
        names: Of its people, as many as there are.
        rng: Chooses among the ways to put it.
    """
    when = "" if rng.random() < _UNSAID else rng.choice(phrases.TIME_PHRASES[scene.time])
    where = "" if rng.random() < _UNSAID else rng.choice(phrases.PLACE_PHRASES[scene.place])
    if not scene.people:
        return _nobody(scene, when, where, rng)
    who = " and ".join(names)
    does = _verb(scene, rng)
    thing = _thing(scene, rng)
    order = rng.randrange(5)
    if order == 0:
        return _sentence(f"{when},", who, does, where, thing)
    if order == 1:
        return _sentence(who, does, where, when, thing)
    if order == 2 and where:
        return _sentence(f"{where},", who, does, when, thing)
    if order == 3:
        aside = rng.choice(phrases.ASIDES)
        return _sentence(who, does, where, thing) + " " + _sentence(aside, when)
    return _sentence(who, does, thing, where, when)


def _verb(scene: Scene, rng: random.Random) -> str:
    verb = rng.choice(phrases.POSE_VERBS[scene.pose_of(0)])
    if len(scene.people) > 1:
        verb = rng.choice(phrases.PAIR_VERBS) if scene.pose == "standing" else verb
        first, *rest = verb.split()
        verb = " ".join([_plural(first), *rest])
    if rng.random() < _EMBROIDERED:
        verb += " " + rng.choice(phrases.CLAUSES)
    return verb


def _plural(verb: str) -> str:
    for ending, left in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("s", "")):
        if verb.endswith(ending):
            return verb.removesuffix(ending) + left
    return verb


def _thing(scene: Scene, rng: random.Random) -> str:
    if not scene.shows_prop():
        return ""
    noun = rng.choice(phrases.PROP_NOUNS[scene.prop])
    if scene.prop == "letter":
        return rng.choice(("with a {}", "holding a {}", "and holds the {}")).format(noun)
    return rng.choice(("near a {}", "beside the {}", "by an old {}", "and sees a {}")).format(noun)


def _nobody(scene: Scene, when: str, where: str, rng: random.Random) -> str:
    place = rng.choice(phrases.PLACE_NOUNS[scene.place])
    if scene.shows_prop():
        noun = rng.choice(phrases.PROP_NOUNS[scene.prop])
        stands = rng.choice(("stands", "waits", "is", "stands all alone"))
        return _sentence(rng.choice(("a", "an old", "the")), noun, stands, where, when)
    told = rng.choice(phrases.EMPTY_SENTENCES).format(place=place)
    return _sentence(told, when)


def _sentence(*parts: str) -> str:
    words = " ".join(part for part in parts if part.strip(","))
    return words[:1].upper() + words[1:] + "."
