"""Which files the system opens with the app: Info.plist for macOS, two files for Linux."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

__all__ = ["DOCUMENT_TYPES", "DocumentType", "desktop_entry", "info_plist", "mime_package"]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document.

    Attributes:
        name: For people.
        suffix: Without the dot.
        identifier: macOS' uniform type identifier.
        mime: Linux' name of it; empty of folders, which Linux has not as documents.
        parents: The more general identifiers.
        ours: Whether it is this program's own; of others it offers itself as one of several.
        is_folder: Whether the document is a folder that looks like one file (a package).
    """

    name: str
    suffix: str
    identifier: str
    mime: str
    parents: tuple[str, ...]
    ours: bool = False
    is_folder: bool = False


DOCUMENT_TYPES = (
    DocumentType(
        "Storyboard project",
        "storyboard",
        "org.storyboard.project",
        "",
        ("com.apple.package", "public.composite-content"),
        ours=True,
        is_folder=True,
    ),
    DocumentType(
        "Fountain screenplay",
        "fountain",
        "com.quoteunquoteapps.fountain",
        "text/x-fountain",
        ("public.plain-text",),
    ),
    DocumentType(
        "Final Draft screenplay",
        "fdx",
        "com.finaldraft.fdx",
        "application/x-final-draft",
        ("public.xml",),
    ),
)

_APPLICATION = "org.storyboard.Storyboard"
_CATEGORY = "public.app-category.graphics-design"
_SYSTEM = "14.0"  # the oldest that the macOS job builds and tries


def info_plist(version: str) -> dict[str, object]:
    """What Info.plist has beyond what every app has.

    Args:
        version: Of the program, as "0.2.0".
    """
    return {
        "CFBundleName": "Storyboard",
        "CFBundleDisplayName": "Storyboard",
        "CFBundleIdentifier": _APPLICATION,
        "CFBundleVersion": version,
        "CFBundleShortVersionString": version,
        "LSApplicationCategoryType": _CATEGORY,
        "LSMinimumSystemVersion": _SYSTEM,
        "NSHighResolutionCapable": True,
        "CFBundleDocumentTypes": [_opened(kind) for kind in DOCUMENT_TYPES],
        "UTExportedTypeDeclarations": [_declared(kind) for kind in DOCUMENT_TYPES if kind.ours],
        "UTImportedTypeDeclarations": [_declared(kind) for kind in DOCUMENT_TYPES if not kind.ours],
    }


def desktop_entry() -> str:
    """The file that puts the app into the menus of a Linux desktop.

    Its place is `@PROGRAM@`, which `distribution/install` replaces once the folder has one.
    """
    kinds = "".join(f"{kind.mime};" for kind in DOCUMENT_TYPES if kind.mime)
    return (
        "[Desktop Entry]\nType=Application\nName=Storyboard\n"
        "Comment=Turns a story into a storyboard\nCategories=Graphics;\n"
        f'Exec="@PROGRAM@" %f\nMimeType={kinds}\nTerminal=false\n'
    )


def mime_package() -> str:
    """The shared MIME information of the documents, in XML."""
    rows = [
        f'  <mime-type type="{kind.mime}">\n    <comment>{escape(kind.name)}</comment>\n'
        f'    <glob pattern="*.{kind.suffix}"/>\n  </mime-type>\n'
        for kind in DOCUMENT_TYPES
        if kind.mime
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n'
        f"{''.join(rows)}</mime-info>\n"
    )


def _opened(kind: DocumentType) -> dict[str, object]:
    return {
        "CFBundleTypeName": kind.name,
        "CFBundleTypeRole": "Editor" if kind.ours else "Viewer",
        "LSItemContentTypes": [kind.identifier],
        "LSHandlerRank": "Owner" if kind.ours else "Alternate",
        "LSTypeIsPackage": kind.is_folder,
    }


def _declared(kind: DocumentType) -> dict[str, object]:
    return {
        "UTTypeIdentifier": kind.identifier,
        "UTTypeDescription": kind.name,
        "UTTypeConformsTo": list(kind.parents),
        "UTTypeTagSpecification": {"public.filename-extension": [kind.suffix]},
    }
