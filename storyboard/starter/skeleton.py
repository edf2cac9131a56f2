"""Where a figure's joints are in each pose, in head heights from the head's centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.starter.canvas import Point

if TYPE_CHECKING:
    from storyboard.starter.vocabulary import Person


@dataclass(frozen=True)
class Build:
    """A body's measures in head heights, downwards from the head's centre."""

    shoulder: float
    hip: float
    foot: float
    half_width: float
    stoop: float
    """How far the hips stay behind the head."""

    @property
    def height(self) -> float:
        """Standing height from crown to sole, in head heights."""
        return self.foot + 0.5


_CHILD = Build(0.6, 1.38, 2.45, 0.5, 0.0)
_OLD = Build(0.62, 1.85, 3.6, 0.64, 0.2)
_MAN = Build(0.66, 1.95, 3.9, 0.7, 0.0)
_WOMAN = Build(0.64, 1.9, 3.85, 0.62, 0.0)


def build_of(person: Person) -> Build:
    """Return the measures of a person by age and gender."""
    if person.age == "child":
        return _CHILD
    if person.age == "old":
        return _OLD
    return _MAN if person.gender == "man" else _WOMAN


@dataclass(frozen=True)
class Limb:
    """An arm or a leg: root, bend and end."""

    root: Point
    bend: Point
    end: Point


@dataclass(frozen=True)
class Skeleton:
    """The joints of a posed figure; "front" is the side that the figure faces."""

    front_arm: Limb
    back_arm: Limb
    front_leg: Limb
    back_leg: Limb
    hip: Point

    def lowest(self) -> float:
        """Height of the lower foot under the head's centre."""
        return max(self.front_leg.end[1], self.back_leg.end[1])


_ARMS: dict[str, tuple[tuple[Point, Point], tuple[Point, Point]]] = {
    # (elbow, hand) of the front and of the back arm, from the shoulder, forwards positive.
    "standing": (((0.12, 0.6), (0.1, 1.18)), ((-0.12, 0.6), (-0.1, 1.18))),
    "walking": (((0.32, 0.5), (0.78, 0.78)), ((-0.36, 0.5), (-0.62, 1.02))),
    "running": (((0.38, 0.52), (0.92, 0.1)), ((-0.66, 0.34), (-0.5, 0.98))),
    "pointing": (((0.56, 0.06), (1.2, 0.0)), ((-0.16, 0.58), (-0.08, 1.12))),
    "waving": (((0.55, 0.02), (0.62, -0.78)), ((-0.14, 0.6), (-0.1, 1.16))),
    "sitting": (((0.3, 0.6), (0.5, 1.12)), ((-0.26, 0.62), (0.3, 1.16))),
}


def pose_skeleton(pose: str, build: Build, facing: int) -> Skeleton:
    """Return the joints of a figure in one of `readable.POSES`, facing -1 (left) or 1."""
    lean = 0.62 if pose == "running" else 0.12 if pose == "walking" else 0.0
    # Arms and lean shrink with the trunk, so that a child's hands stay above the knees.
    arms = min(1.0, (build.hip - build.shoulder) / 1.25)
    hip = (-facing * (lean * arms + build.stoop), build.hip)
    legs = (build.foot - build.hip) / 1.95
    front, back = _ARMS[pose]
    return Skeleton(
        front_arm=_arm(front, build, facing, facing, arms),
        back_arm=_arm(back, build, -facing, facing, arms),
        front_leg=_leg(pose, hip, facing, legs, front=True),
        back_leg=_leg(pose, hip, facing, legs, front=False),
        hip=hip,
    )


def _arm(joints: tuple[Point, Point], build: Build, side: int, facing: int, scale: float) -> Limb:
    root = (side * build.half_width * 0.84, build.shoulder + 0.16)
    (bend_x, bend_y), (end_x, end_y) = joints
    return Limb(
        root,
        (root[0] + facing * bend_x * scale, root[1] + bend_y * scale),
        (root[0] + facing * end_x * scale, root[1] + end_y * scale),
    )


_LEGS: dict[str, tuple[tuple[Point, Point, Point], tuple[Point, Point, Point]]] = {
    # (hip joint, knee, foot) of the front and of the back leg, from the middle of the hips.
    "standing": (
        ((0.24, 0.0), (0.26, 0.95), (0.28, 1.95)),
        ((-0.24, 0.0), (-0.26, 0.95), (-0.28, 1.95)),
    ),
    "walking": (
        ((0.14, 0.0), (0.56, 0.9), (0.86, 1.88)),
        ((-0.14, 0.0), (-0.3, 0.95), (-0.92, 1.82)),
    ),
    "running": (
        ((0.14, 0.0), (0.98, 0.34), (0.72, 1.2)),
        ((-0.14, 0.0), (-0.38, 0.86), (-1.1, 1.56)),
    ),
    "sitting": (
        ((0.16, 0.0), (0.98, 0.1), (1.02, 1.05)),
        ((-0.1, 0.06), (0.7, 0.16), (0.72, 1.08)),
    ),
}


def _leg(pose: str, hip: Point, facing: int, scale: float, *, front: bool) -> Limb:
    pair = _LEGS.get(pose, _LEGS["standing"])
    joints = [(hip[0] + facing * x, hip[1] + y * scale) for x, y in (pair[0] if front else pair[1])]
    return Limb(joints[0], joints[1], joints[2])
