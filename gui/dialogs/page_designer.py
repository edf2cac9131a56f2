"""The designer of a PDF's pages: a layout to begin with, and everything in it to change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.field_table import FieldTable
from gui.words.error_words import error_words
from storyboard.errors import StoryboardError
from storyboard.export.design_file import SHIPPED, design_to_yaml, find_design, read_design
from storyboard.export.page_design import (
    LETTERS,
    PAPERS,
    Page,
    PageDesign,
    Production,
    Running,
    TextPlace,
    check_design,
    grid_text,
    parse_grid,
)
from storyboard.files.output_file import check_output, write_output
from storyboard.settings.user_settings import user_file

__all__ = ["PageDesigner"]

_GRIDS = ("auto", "1", "2", "3", "4", "6", "8", "9", "12", "4x3", "6x5")
_LONGEST = 300


class PageDesigner(QTabWidget):
    """Shows a design; `changed` tells of every edit, `told` of what went wrong.

    `shown` tells whether a design that has just been opened draws annotations.

    Attributes:
        annotates: Whether annotations are drawn; its box stands elsewhere.

    Args:
        page: The paper of the settings.
        parent: As everywhere.
    """

    changed = Signal()
    told = Signal(str)
    shown = Signal(bool)

    def __init__(self, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = user_file().parent / "layouts"
        self.annotates = True
        self.setDocumentMode(True)
        self._page_tab()
        self._words_tab()
        self._header_tab()
        self._name_fields()
        self._chosen()
        self.paper.setCurrentText(page)

    @property
    def page(self) -> Page:
        """The paper."""
        papers: dict[str, Page] = {each: each for each in PAPERS}
        return papers[self.paper.currentText()]

    def design(self) -> PageDesign:
        """The design as it stands.

        Raises:
            InputError: It cannot be set, for example because its grid is none.
        """
        logo = self.logo.text().strip()
        texts: tuple[TextPlace, ...] = ("auto", "below", "beside")
        design = PageDesign(
            paper=self.page,
            portrait=self.orientation.currentIndex() == 1,
            grid=parse_grid(self.grid.currentText()),
            text=texts[self.text_place.currentIndex()],
            letters=self.letters.value(),
            heading=self.fields.heading,
            fields=self.fields.fields,
            header=Running(*(each.text() for each in self.header)),
            footer=Running(*(each.text() for each in self.footer)),
            production=Production(*(each.text() for each in self.production)),
            logo=Path(logo) if logo else None,
            watermark=self.watermark.text(),
            annotations=self.annotates,
            **{name: box.isChecked() for name, box in self.switches.items()},
        )
        check_design(design)
        return design

    def show_design(self, design: PageDesign) -> None:
        """Show a design; the paper stays where it names none."""
        self.blockSignals(True)
        if design.paper:
            self.paper.setCurrentText(design.paper)
        self.orientation.setCurrentIndex(int(design.portrait))
        self.grid.setCurrentText(grid_text(design.grid))
        self.text_place.setCurrentIndex(("auto", "below", "beside").index(design.text))
        self.letters.setValue(design.letters)
        self.fields.show_fields(design.heading, design.fields)
        for lines, texts in (
            (self.header, design.header.parts),
            (self.footer, design.footer.parts),
        ):
            for line, text in zip(lines, texts, strict=True):
                line.setText(text)
        named = design.production
        for line, text in zip(
            self.production,
            (named.project, named.episode, named.director, named.draft),
            strict=True,
        ):
            if text:  # what is typed already belongs to the production, not to the layout
                line.setText(text)
        self.logo.setText(str(design.logo or ""))
        self.watermark.setText(design.watermark)
        for name, box in self.switches.items():
            box.setChecked(getattr(design, name))
        self.blockSignals(False)
        self.annotates = design.annotations
        self.shown.emit(self.annotates)
        self.changed.emit()

    # Tabs

    def _page_tab(self) -> None:
        self.layouts = QComboBox()
        own = sorted(each.stem for each in self.folder.glob("*.yaml"))
        for name in (*SHIPPED, *own):
            self.layouts.addItem(self._layout_names().get(name, name), name)
        self.layouts.activated.connect(self._chosen)
        self.open, self.save = QPushButton(self.tr("Open…")), QPushButton(self.tr("Save…"))
        self.open.clicked.connect(self._open)
        self.save.clicked.connect(self._save)
        buttons = QHBoxLayout()
        for each in (self.open, self.save):
            each.setAutoDefault(False)
            buttons.addWidget(each)
        self.paper = QComboBox()
        self.paper.addItems(list(PAPERS))
        self.orientation = QComboBox()
        self.orientation.addItems([self.tr("Landscape"), self.tr("Portrait")])
        self.grid = QComboBox()
        self.grid.setEditable(True)
        self.grid.addItems(list(_GRIDS))
        self.grid.setToolTip(self.tr("auto, a number of panels a page, or columns x rows"))
        self.text_place = QComboBox()
        self.text_place.addItems([self.tr("As it fits"), self.tr("Below"), self.tr("Beside")])
        for box in (self.paper, self.orientation, self.text_place):
            box.activated.connect(self.changed)
        self.grid.editTextChanged.connect(self.changed)
        self.letters = QDoubleSpinBox()
        self.letters.setRange(*LETTERS)
        self.letters.setDecimals(1)
        self.letters.setSingleStep(0.5)
        self.letters.valueChanged.connect(self.changed)
        self.switches = {
            "title": QCheckBox(self.tr("Title on the first page")),
            "boxes": QCheckBox(self.tr("Boxes around panels")),
            "black_and_white": QCheckBox(self.tr("Black and white")),
            "bookmarks": QCheckBox(self.tr("Bookmarks by scene")),
            "labels": QCheckBox(self.tr("Names of fields")),
        }
        for switch in self.switches.values():
            switch.toggled.connect(self.changed)
        tab = QWidget()
        form = QFormLayout(tab)
        form.addRow(self.tr("Layout"), self.layouts)
        form.addRow("", buttons)
        form.addRow(self.tr("Paper"), self.paper)
        form.addRow(self.tr("Direction"), self.orientation)
        form.addRow(self.tr("Panels a page"), self.grid)
        form.addRow(self.tr("Words"), self.text_place)
        form.addRow(self.tr("Letters"), self.letters)
        for name in ("title", "boxes", "black_and_white", "bookmarks"):
            form.addRow("", self.switches[name])
        self.addTab(tab, self.tr("Page"))

    def _words_tab(self) -> None:
        self.fields = FieldTable()
        self.fields.changed.connect(self.changed)
        tab = QWidget()
        column = QVBoxLayout(tab)
        column.addWidget(self.fields)
        column.addWidget(self.switches["labels"])
        self.addTab(tab, self.tr("Words"))

    def _header_tab(self) -> None:
        self.production = [QLineEdit() for _ in range(4)]
        self.header, self.footer = [QLineEdit() for _ in range(3)], [QLineEdit() for _ in range(3)]
        self.watermark, self.logo = QLineEdit(), QLineEdit()
        self._choose_logo = QPushButton(self.tr("Choose…"))
        self._choose_logo.setAutoDefault(False)
        self._choose_logo.clicked.connect(self._find_logo)
        lines = (*self.production, *self.header, *self.footer, self.watermark, self.logo)
        for line in lines:
            line.setMaxLength(4000 if line is self.logo else _LONGEST)
            line.textEdited.connect(self.changed)
        tab = QWidget()
        form = QFormLayout(tab)
        names = (
            self.tr("Project"),
            self.tr("Episode"),
            self.tr("Director"),
            self.tr("Draft"),
        )
        for name, line in zip(names, self.production, strict=True):
            form.addRow(name, line)
        for name, three in ((self.tr("Header"), self.header), (self.tr("Footer"), self.footer)):
            row = QHBoxLayout()
            for line in three:
                line.setToolTip("{project} {episode} {director} {draft} {date} {page} {total}")
                row.addWidget(line)
            form.addRow(name, row)
        form.addRow(self.tr("Watermark"), self.watermark)
        picture = QHBoxLayout()
        picture.addWidget(self.logo)
        picture.addWidget(self._choose_logo)
        form.addRow(self.tr("Logo"), picture)
        self.addTab(tab, self.tr("Header"))

    def _name_fields(self) -> None:
        places = (self.tr("left"), self.tr("middle"), self.tr("right"))
        for name, three in ((self.tr("Header"), self.header), (self.tr("Footer"), self.footer)):
            for place, line in zip(places, three, strict=True):
                line.setAccessibleName(f"{name}, {place}")
        self.grid.setAccessibleName(self.tr("Panels a page"))
        self.logo.setAccessibleName(self.tr("Logo"))

    # Files

    def _chosen(self) -> None:
        try:
            self.show_design(find_design(self.layouts.currentData(), [self.folder]))
        except StoryboardError as error:
            self.told.emit(error_words(error))

    def _open(self) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a layout"), str(self.folder), "*.yaml *.yml"
        )
        if file:
            self.open_file(Path(file))

    def open_file(self, file: Path) -> None:
        """Show the layout of a file."""
        try:
            self.show_design(read_design(file))
        except StoryboardError as error:
            self.told.emit(error_words(error))

    def _save(self) -> None:
        start = self.folder if self.folder.is_dir() else Path.home()
        file, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the layout"), str(start / "layout.yaml"), "*.yaml"
        )
        if file:
            self.save_file(Path(file))

    def save_file(self, file: Path) -> None:
        """Write the layout; whoever chose the file has agreed to replace it."""
        try:
            data = design_to_yaml(self.design(), file).encode()
            check_output(file, lambda old: True)
            write_output(file, data)
        except StoryboardError as error:
            self.told.emit(error_words(error))
            return
        self.told.emit(self.tr("Written: {0}").format(file))

    def _find_logo(self) -> None:
        kinds = "*.png *.jpg *.jpeg *.webp"
        file, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a logo"), "", kinds)
        if file:
            self.logo.setText(file)
            self.changed.emit()

    def _layout_names(self) -> dict[str, str]:
        return {
            "standard": self.tr("Standard"),
            "production": self.tr("Production: six a page with everything"),
            "pitch": self.tr("Pitch: one large picture a page"),
            "booklet": self.tr("Booklet: upright, words beside"),
            "thumbnails": self.tr("Thumbnails: thirty a page"),
        }
