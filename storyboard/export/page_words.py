"""What a page says besides the author's words, in the language of the story.

So a Russian story makes a Russian page on every machine, whoever exports it and from where: the
window's language has no say in it, and equal boards give equal bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.export.page_design import Field
from storyboard.export.setting_words import setting_in
from storyboard.values.shot import CameraAngle, CameraMove, ShotSize

if TYPE_CHECKING:
    from storyboard.values.shot import Shot

__all__ = ["PageWords", "page_words"]


@dataclass(frozen=True, slots=True)
class PageWords:
    """Words with places for numbers, as `str.format` has them.

    Attributes:
        language: "en", "ru" or "kk".
        panels: A count of panels; `panel` where there is one.
        scenes: A count of scenes; `scene` where there is one.
        place: Scene and shot of a panel.
        continued: The head of a text that did not fit below its panel.
        goes_on: The end of such a text, below its panel.
        page: Which page of how many.
        seconds: A time below a minute; `minutes` a longer one, as minutes and seconds.
        point: What stands before tenths of a second.
        untitled: The title of a board without one.
        not_drawn: In the frame of a panel without a picture.
        missing: In the frame of a picture that cannot be read.
        fields: Names of what is printed of a panel, see `Field`.
        framing: Of sizes, angles and moves other than English, by their values.
    """

    language: str
    panel: str
    panels: str
    scene: str
    scenes: str
    total: str
    place: str
    continued: str
    goes_on: str
    page: str
    seconds: str
    minutes: str
    point: str
    untitled: str
    not_drawn: str
    missing: str
    fields: Mapping[str, str]
    framing: Mapping[str, str]

    def duration(self, seconds: float) -> str:
        """A duration as people read it: "2.5 s", "1:05 min"."""
        if seconds < 60:
            digits = f"{seconds:.1f}" if seconds >= 0.05 else f"{seconds:.2f}"
            return self.seconds.format(digits.removesuffix(".0").replace(".", self.point))
        whole = round(seconds)
        return self.minutes.format(f"{whole // 60}:{whole % 60:02}")

    def scene_name(self, number: str) -> str:
        """A scene alone: "Scene 3"."""
        return self.place.partition(" · ")[0].format(number)

    def shot_name(self, number: int) -> str:
        """A shot alone: "Shot 2"."""
        return self.place.partition(" · ")[2].format(None, number)

    def setting(self, words: str) -> str:
        """A place or a time of day in this language, as far as it is known there."""
        return setting_in(self.language, words)

    def framed(self, word: str) -> str:
        """A size, an angle or a move in this language."""
        return self.framing.get(word, word)

    def framing_of(self, shot: Shot) -> str:
        """Size, angle and move of a shot, the usual angle and a camera at rest left out."""
        framing = [shot.size.value]
        if shot.angle is not CameraAngle.EYE_LEVEL:
            framing.append(shot.angle.value)
        if shot.move is not CameraMove.STATIC:
            framing.append(shot.move.value)
        return " · ".join(self.framed(each) for each in framing)


def page_words(language: str) -> PageWords:
    """The words for a story in that language; English where there are none of it."""
    return _WORDS.get(language, _WORDS["en"])


_WORDS = {
    "en": PageWords(
        language="en",
        panel="{0} panel",
        panels="{0} panels",
        scene="{0} scene",
        scenes="{0} scenes",
        total="total {0}",
        place="Scene {0} · Shot {1}",
        continued="Panel {0}, continued",
        goes_on="continues …",
        page="Page {0} of {1}",
        seconds="{0} s",
        minutes="{0} min",
        point=".",
        untitled="Untitled",
        not_drawn="not drawn yet",
        missing="picture missing or damaged",
        fields={
            Field.PANEL: "Panel",
            Field.SCENE: "Scene",
            Field.SHOT: "Shot",
            Field.DURATION: "Duration",
            Field.FRAMING: "Framing",
            Field.SIZE: "Size",
            Field.ANGLE: "Angle",
            Field.MOVE: "Camera",
            Field.PLACE: "Place",
            Field.TIME: "Time",
            Field.CAST: "Cast",
            Field.ACTION: "Action",
            Field.DIALOGUE: "Dialogue",
            Field.NOTES: "Notes",
            Field.PROMPT: "Prompt",
            Field.SEED: "Seed",
            Field.FILE: "File",
        },
        framing={},
    ),
    "ru": PageWords(
        language="ru",
        panel="кадров: {0}",
        panels="кадров: {0}",
        scene="сцен: {0}",
        scenes="сцен: {0}",
        total="всего {0}",
        place="Сцена {0} · План {1}",
        continued="Кадр {0}, продолжение",
        goes_on="продолжение следует …",
        page="Страница {0} из {1}",
        seconds="{0} с",
        minutes="{0} мин",
        point=",",
        untitled="Без названия",
        not_drawn="ещё не нарисовано",
        missing="рисунка нет или он повреждён",
        fields={
            Field.PANEL: "Кадр",
            Field.SCENE: "Сцена",
            Field.SHOT: "План",
            Field.DURATION: "Длина",
            Field.FRAMING: "Кадрирование",
            Field.SIZE: "Крупность",
            Field.ANGLE: "Ракурс",
            Field.MOVE: "Камера",
            Field.PLACE: "Место",
            Field.TIME: "Время",
            Field.CAST: "Персонажи",
            Field.ACTION: "Действие",
            Field.DIALOGUE: "Диалог",
            Field.NOTES: "Заметки",
            Field.PROMPT: "Запрос",
            Field.SEED: "Зерно",
            Field.FILE: "Файл",
        },
        framing={
            ShotSize.WIDE: "общий план",
            ShotSize.FULL: "во весь рост",
            ShotSize.MEDIUM: "средний план",
            ShotSize.CLOSE_UP: "крупный план",
            ShotSize.EXTREME_CLOSE_UP: "деталь",
            CameraAngle.EYE_LEVEL: "на уровне глаз",
            CameraAngle.LOW: "снизу",
            CameraAngle.HIGH: "сверху",
            CameraAngle.OVER_THE_SHOULDER: "из-за плеча",
            CameraMove.STATIC: "неподвижно",
            CameraMove.PAN: "панорама",
            CameraMove.TILT: "наклон",
            CameraMove.PUSH_IN: "наезд",
            CameraMove.PULL_OUT: "отъезд",
            CameraMove.TRACKING: "проезд",
        },
    ),
    "kk": PageWords(
        language="kk",
        panel="{0} кадр",
        panels="{0} кадр",
        scene="{0} сахна",
        scenes="{0} сахна",
        total="барлығы {0}",
        place="{0}-сахна · {1}-план",
        continued="{0}-кадр, жалғасы",
        goes_on="жалғасы бар …",
        page="{0}-бет, барлығы {1}",
        seconds="{0} с",
        minutes="{0} мин",
        point=",",
        untitled="Атаусыз",
        not_drawn="әлі салынбаған",
        missing="сурет жоқ немесе бүлінген",
        fields={
            Field.PANEL: "Кадр",
            Field.SCENE: "Сахна",
            Field.SHOT: "План",
            Field.DURATION: "Ұзақтығы",
            Field.FRAMING: "Кадрлау",
            Field.SIZE: "Ірілігі",
            Field.ANGLE: "Ракурс",
            Field.MOVE: "Камера",
            Field.PLACE: "Орны",
            Field.TIME: "Уақыты",
            Field.CAST: "Кейіпкерлер",
            Field.ACTION: "Әрекет",
            Field.DIALOGUE: "Диалог",
            Field.NOTES: "Ескертпе",
            Field.PROMPT: "Сұрау",
            Field.SEED: "Тұқым",
            Field.FILE: "Файл",
        },
        framing={
            ShotSize.WIDE: "жалпы план",
            ShotSize.FULL: "толық бой",
            ShotSize.MEDIUM: "орта план",
            ShotSize.CLOSE_UP: "ірі план",
            ShotSize.EXTREME_CLOSE_UP: "деталь",
            CameraAngle.EYE_LEVEL: "көз деңгейінде",
            CameraAngle.LOW: "төменнен",
            CameraAngle.HIGH: "жоғарыдан",
            CameraAngle.OVER_THE_SHOULDER: "иық үстінен",
            CameraMove.STATIC: "қозғалыссыз",
            CameraMove.PAN: "панорама",
            CameraMove.TILT: "еңкею",
            CameraMove.PUSH_IN: "жақындау",
            CameraMove.PULL_OUT: "алыстау",
            CameraMove.TRACKING: "ілесу",
        },
    ),
}
