"""The panels of a document as a list that Qt's views can show and reorder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QImage, QPixmap

from gui.widgets.plain_label import plain_tip
from gui.words.shot_words import changed_words, shot_word
from storyboard.production.outlier import outliers
from storyboard.values.editing import moved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from gui.document.changed_panels import ChangedPanels
    from gui.document.document import Document
    from gui.drawing.session import RenderSession
    from gui.drawing.step import Step
    from storyboard.production.outlier import Outlier
    from storyboard.values.board import Panel
    from storyboard.values.change import Changed

__all__ = ["KEYS", "BoardModel", "Index"]

KEYS = "application/x-storyboard-panels"
"""The type under which panels are dragged: their keys, one a line."""

Index = QModelIndex | QPersistentModelIndex


class BoardModel(QAbstractListModel):
    """Has one row for each panel: what is being drawn is the session's, the rest the board's.

    `UserRole` gives the panel itself; the display role gives the text that screen readers speak.
    `frame_changed` says that all panels have another shape, whether by an edit or by undoing one.
    """

    frame_changed = Signal()

    def __init__(
        self, session: RenderSession, changes: ChangedPanels, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._changes = changes
        self._changed: Mapping[str, Changed] = {}
        self._session = session
        self._panels: tuple[Panel, ...] = ()
        self._aspect = ""
        self._outliers: Mapping[str, tuple[Outlier, ...]] = {}
        self._step: Step | None = None
        self._preview: QPixmap | None = None
        self._failures: dict[str, str] = {}
        session.stepped.connect(self._stepped)
        session.panel_started.connect(self._started)
        session.panel_finished.connect(self._finished)
        session.panel_failed.connect(self._failed)
        session.state_changed.connect(self._session_changed)

    @property
    def document(self) -> Document | None:
        """What is shown."""
        return self._document

    def show(self, document: Document | None) -> None:
        """Show another document."""
        if self._document is not None:
            self._document.changed.disconnect(self.update)
            self._document.annotations.changed.disconnect(self._annotated)
        self.beginResetModel()
        self._document = document
        self._panels = document.board.panels if document else ()
        self._outliers = outliers(document.board) if document else {}
        self._changed = self._changes.of(document)
        self._aspect = document.board.aspect if document else ""
        self._failures.clear()
        self._step = self._preview = None
        self.endResetModel()
        if document is not None:
            document.changed.connect(self.update)
            document.annotations.changed.connect(self._annotated)

    def update(self) -> None:
        """Follow the document, keeping selection where only contents changed."""
        was_empty, aspect = not self._panels, self._document.board.aspect if self._document else ""
        self._update_panels()
        if aspect != self._aspect or (was_empty and self._panels):
            self._aspect = aspect
            self.frame_changed.emit()

    def _update_panels(self) -> None:
        panels = self._document.board.panels if self._document else ()
        known, were = self._outliers, self._changed
        self._outliers = outliers(self._document.board) if self._document else {}
        self._changed = self._changes.of(self._document)
        old, new = [each.key for each in self._panels], [each.key for each in panels]
        if old == new:
            changed = [
                n
                for n, pair in enumerate(zip(self._panels, panels, strict=True))
                if pair[0] != pair[1]
                or known.get(new[n]) != self._outliers.get(new[n])
                or were.get(new[n]) != self._changed.get(new[n])
            ]
            self._panels = panels
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
            return
        self.layoutAboutToBeChanged.emit()
        before, rows = self.persistentIndexList(), {key: row for row, key in enumerate(new)}
        going = [rows.get(old[each.row()], -1) for each in before]
        self._panels = panels
        after = [self.index(row) if row >= 0 else QModelIndex() for row in going]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def panel(self, row: int) -> Panel:
        """The panel of a row."""
        return self._panels[row]

    def row(self, key: str) -> int:
        """The row of a panel; -1 where it is not on the board."""
        return next((n for n, each in enumerate(self._panels) if each.key == key), -1)

    def step(self, panel: Panel) -> Step | None:
        """The step that the panel is at, while it is being drawn."""
        return self._step if self._step is not None and self._step.job.panel == panel.key else None

    def preview(self, panel: Panel) -> QPixmap | None:
        """The picture so far, while the panel is being drawn."""
        return self._preview if self.step(panel) else None

    def failure(self, panel: Panel) -> str:
        """Why the panel's last render failed; empty where it did not."""
        return self._failures.get(panel.key, "")

    def outliers(self, panel: Panel) -> tuple[Outlier, ...]:
        """The characters less like their reference in this panel than on the rest of the board."""
        return self._outliers.get(panel.key, ())

    def changed(self, panel: Panel) -> Changed | None:
        """How the panel differs from the take that it shows; None where it does not."""
        return self._changed.get(panel.key)

    def place_in_queue(self, panel: Panel) -> int:
        """How many panels are drawn before this one; -1 where it is not waiting."""
        waiting = self._session.waiting
        return waiting.index(panel.key) if panel.key in waiting else -1

    # Qt's side.

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own default
        """The number of panels."""
        return 0 if parent.isValid() else len(self._panels)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The panel, or a text about it."""
        if not index.isValid() or index.row() >= len(self._panels):
            return None
        panel = self._panels[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return panel
        if role == Qt.ItemDataRole.ToolTipRole:
            changed = self.changed(panel)
            lines = (changed_words(changed) if changed else "", panel.shot.action)
            return plain_tip(self.failure(panel) or "\n".join(filter(None, lines))) or None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            shot = panel.shot
            state = self.tr("drawn") if panel.shown else self.tr("not drawn yet")
            if changed := self.changed(panel):
                state = changed_words(changed)
            if panel.left_out:
                state = f"{state}, {self.tr('left out of exports')}"
            return self.tr("Panel {0}, {1}, {2}: {3}").format(
                index.row() + 1, shot_word(shot.size), state, shot.action
            )
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Panels can be dragged; they drop between panels, never on one."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Dragging moves."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """What can be dropped."""
        return [KEYS]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The keys of the dragged panels."""
        data = QMimeData()
        rows = sorted({each.row() for each in indexes})
        keys = "\n".join(self._panels[row].key for row in rows)
        data.setData(KEYS, QByteArray(keys.encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Move the dragged panels before `row`."""
        if self._document is None or not data.hasFormat(KEYS):
            return False
        place = row if row >= 0 else parent.row() if parent.isValid() else len(self._panels)
        keys = bytes(data.data(KEYS).data()).decode().splitlines()
        board = moved(self._document.board, keys, place)
        self._document.edit(self.tr("Reorder"), board)
        # The document has moved them already; Qt must not remove the dragged rows as well.
        return False

    def _annotated(self, file: str) -> None:
        for row, panel in enumerate(self._panels):
            if panel.shown is not None and panel.shown.file == file:
                self.dataChanged.emit(self.index(row), self.index(row))

    def _started(self, key: str, title: str) -> None:
        self._step = self._preview = None
        self._failures.pop(key, None)
        self._repaint()

    def _stepped(self, step: Step) -> None:
        self._step = step
        if step.progress.preview:
            image = QImage.fromData(step.progress.preview)
            self._preview = QPixmap.fromImage(image)
        row = self.row(step.job.panel)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))

    def _finished(self, event: object = None) -> None:
        self._step = self._preview = None
        self._repaint()

    def _failed(self, key: str, reason: str) -> None:
        self._failures[key] = reason
        self._finished()

    def _session_changed(self) -> None:
        if not self._session.is_running:
            self._step = self._preview = None
        self._repaint()

    def _repaint(self) -> None:
        if self._panels:
            self.dataChanged.emit(self.index(0), self.index(len(self._panels) - 1))
