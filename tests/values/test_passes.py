"""The passes over a picture as values: their texts, and what each asks of the model."""

from __future__ import annotations

import pytest

from storyboard.errors import InputError
from storyboard.techniques.faces import Faces, Person, parse_faces
from storyboard.techniques.hires import Hires, parse_hires
from storyboard.techniques.identity import Identity
from storyboard.values.model import ModelChoice
from storyboard.values.passes import face_places, hires_request, levels_of
from storyboard.values.request import PanelRequest, Sampling

BOXES = ((0.1, 0.2, 0.3, 0.4), (0.7, 0.2, 0.8, 0.4))
REQUEST = PanelRequest(1, ModelChoice("m"), "two people", "", 448, 256, Sampling(12, 6.5, 3))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.5", Hires()),
        ("2,latent", Hires(2.0, "latent")),
        (" 1.3 , strength=0.25,steps=6", Hires(1.3, strength=0.25, steps=6)),
        ("off", None),
        ("", None),
    ],
)
def test_a_hires_pass_is_read_from_its_text(text: str, meant: Hires | None) -> None:
    assert parse_hires(text) == meant
    if meant is not None:
        assert parse_hires(meant.text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("find", Faces()),
        ("steps=6", Faces(steps=6)),
        ("0.7 0.2 0.8 0.4; 0.1 0.2 0.3 0.4,blur=0", Faces(BOXES, blur=0.0)),
        ("find\nMira: a face: smiling", Faces(people=(Person("Mira", "a face: smiling"),))),
        ("nobody", Faces(())),
        ("off", None),
    ],
)
def test_a_face_pass_is_read_from_its_text(text: str, meant: Faces | None) -> None:
    assert parse_faces(text) == meant
    if meant is not None:
        assert parse_faces(meant.text) == meant


@pytest.mark.parametrize(
    "text",
    ["3", "nan", "x", "1.5,bicubic", "1.5,steps=0", "1.5,strength=nan", "1.5,colour=1", "steps=3"],
)
def test_a_hires_pass_that_cannot_be_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_hires(text)
    assert len(str(caught.value).splitlines()) == 1 and text[:5] in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["here", "0 0 0 1", "0 0 1 2", "0 0 1", "nan 0 1 1", "find,steps=99", "find\nnobody", "find,x"],
)
def test_a_face_pass_that_cannot_be_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_faces(text)
    assert len(str(caught.value).splitlines()) == 1


def test_a_hires_pass_goes_the_last_steps_of_a_longer_way() -> None:
    assert levels_of(0.3, 6) == 20
    assert levels_of(1.0, 6) == 6
    levels = REQUEST.using(Hires(steps=6))
    own = "14.6 6.3 2.2 0.5"
    asked = hires_request(
        PanelRequest(
            1, ModelChoice("m"), "", "", 448, 256, Sampling(4, 6.5, 3, "Euler", own)
        ).using(Hires(steps=6)),
        16,
    )
    assert (asked.width, asked.height, asked.sampling.steps) == (672, 384, 6)
    assert (asked.sampling.sampler, asked.sampling.schedule) == ("Euler", "")  # levels of 4 steps
    assert asked.hires is None and asked.sampling.seed != 3
    assert levels.steps_in_all == 18


def test_every_face_has_its_own_words_and_its_own_character() -> None:
    people = (Person("Ada", "Ada's face"), Person("Mira", "Mira's face"))
    held = (Identity("Ada", 0.5, ("a" * 64,)), Identity("Mira", 0.5, ("b" * 64,)))
    both = ((0.1, 0.2, 0.2, 0.4), (0.7, 0.2, 0.8, 0.4))
    asked = PanelRequest(
        *(1, ModelChoice("m"), "two people", "", 448, 256, Sampling(12, 6.5, 3)), techniques=held
    )

    def drawn(boxes: tuple[tuple[float, float, float, float], ...]) -> list[tuple[str, list[str]]]:
        request = asked.using(Faces(boxes, people=people))
        return [
            (place.request.prompt, [each.character for each in place.request.identities])
            for place in face_places(request, (448, 256), 16, 448 * 256)
        ]

    assert drawn(both) == [("Ada's face", ["Ada"]), ("Mira's face", ["Mira"])]
    assert drawn(both[1:]) == [("Mira's face", ["Mira"])]  # by where somebody stands


def test_a_face_is_drawn_at_the_models_size_and_never_smaller_than_it_is() -> None:
    request = REQUEST.using(Faces(((0.4, 0.4, 0.5, 0.6), (0.0, 0.0, 1.0, 1.0))))
    small, large = face_places(request, (1792, 1024), 16, 448 * 256)
    assert small.request.width * small.request.height == pytest.approx(448 * 256, rel=0.13)
    assert large.request.width * large.request.height == pytest.approx(1792 * 1024, rel=0.13)
    left, top, right, bottom = small.crop
    assert left < small.face[0] and bottom > small.face[3] and right <= 1792 and top >= 0
