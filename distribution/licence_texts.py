"""The licence texts of everything that is inside the app, collected into one folder."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from distribution.packages import program_packages
from tests.licences import licence_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MissingLicenceError", "write_licence_texts"]

_TEXTS = Path(__file__).parent / "texts"
_IS_TEXT = re.compile(r"(?i)^(licen[cs]es?|copying|notice|authors|copyright)([._-].*)?$")
# Packages that are packed without the text of the licence that they name, and what is said beside.
_WITHOUT_TEXT = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "tokenizers": ("Apache-2.0.txt",),
    "pymorphy3-dicts-ru": ("MIT.txt", "CC-BY-SA-3.0.txt"),
}
# Its starter is in the executable; nothing else of the tools is in the app.
_BOOTLOADER = "pyinstaller"

_HEAD = """What is inside this app, and under which licence. A folder here has the texts of each.

Everything lies in the app as files of its own. fpdf2 (LGPL-3.0), PySide6 and shiboken6 with Qt
(LGPL-3.0, of the licences that they offer) may be replaced by other builds of the same version: put
them in the place of the folders fpdf, PySide6 and shiboken6 beside this one. Their sources are at
https://pypi.org/project/fpdf2 and https://download.qt.io/official_releases/QtForPython.
The executable is started by the bootloader of PyInstaller, GPL-2.0-or-later with the exception that
it may be built into programs of any licence.

"""


class MissingLicenceError(Exception):
    """Something is in the app whose licence is not known: it must not be handed on."""


def write_licence_texts(root: Path, out: Path, libraries: Iterable[Path] = ()) -> None:
    """Fill a folder with texts, and with a list of what they are of.

    Args:
        root: The checkout.
        out: The folder; what is in it is replaced.
        libraries: Shared libraries that were collected, those of this system among them.

    Raises:
        MissingLicenceError: A package has no text, or a library of the system no owner.
    """
    shutil.rmtree(out, ignore_errors=True)
    rows = []
    # 1. Packages.
    for name in [*program_packages(root / "pyproject.toml"), _BOOTLOADER]:
        key = re.sub(r"[-_.]+", "-", name).lower()
        if not (_copy_own(name, out / key) or _copy_known(key, out / key)):
            raise MissingLicenceError(f"{name} is packed without the text of its licence")
        rows.append(f"{key} {metadata.version(name)}: {licence_of(name)}")
    # 2. Python, and what it was linked with here.
    _copy(_python_licence(), out / "python")
    rows.append(f"python {sys.version.split()[0]}: PSF-2.0")
    for package in sorted(_system_packages(libraries)):
        _copy(Path(f"/usr/share/doc/{package}/copyright"), out / f"system-{package}")
        rows.append(f"system-{package}: see there")
    # 3. The program itself, with the model and the fonts.
    _copy(root / "LICENSE", out / "storyboard")
    for part in (root / "assets").rglob("*"):
        if part.name in ("LICENSE", "OFL.txt"):
            _copy(part, out / "storyboard" / part.parent.name)
    (out / "README.txt").write_text(_HEAD + "\n".join(rows) + "\n", encoding="utf-8")


def _copy_own(name: str, folder: Path) -> bool:
    """Copy the texts that a package brings; False where it brings none."""
    found = [
        file
        for file in metadata.files(name) or ()
        if any(_IS_TEXT.match(part) for part in file.parts)
        and file.suffix not in (".py", ".pyc", ".so")
        and Path(str(file.locate())).is_file()
    ]
    for file in found:
        target = folder.joinpath(*file.parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(file.locate()), target)
    return bool(found)


def _copy_known(key: str, folder: Path) -> bool:
    for text in _WITHOUT_TEXT.get(key, ()):
        _copy(_TEXTS / text, folder)
    return key in _WITHOUT_TEXT


def _copy(text: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(text, folder / text.name)


def _python_licence() -> Path:
    library = Path(sysconfig.get_path("stdlib"))
    for found in (library / "LICENSE.txt", library.parent.parent / "LICENSE.txt"):
        if found.is_file():
            return found
    raise MissingLicenceError(f"{library} has no LICENSE.txt")


def _system_packages(libraries: Iterable[Path]) -> set[str]:
    """The Debian packages that own those of the libraries that are the system's."""
    prefixes = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()}
    theirs = [
        each.resolve()
        for each in libraries
        if not any(each.resolve().is_relative_to(prefix) for prefix in prefixes)
    ]
    return {_owner(each) for each in theirs}


def _owner(library: Path) -> str:
    # What lies in /lib and in /usr/lib is the same folder today, and known by either name.
    places = (library, Path("/", *library.parts[2:])) if shutil.which("dpkg-query") else ()
    for path in places:
        asked = subprocess.run(
            ["dpkg-query", "--search", str(path)], capture_output=True, text=True, check=False
        )
        if asked.returncode == 0:
            return asked.stdout.partition(":")[0]
    raise MissingLicenceError(f"{library} belongs to no package, so its licence is not known")
