"""The certificates of a render room, and who may speak without any."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from storyboard.errors import InputError
from storyboard.rendering.cluster.certificates import (
    MEMBER_FILES,
    make_certificates,
    security_from,
)
from storyboard.rendering.cluster.node import check_address, run_scheduler

if TYPE_CHECKING:
    from pathlib import Path


def test_only_their_owner_reads_them_and_they_are_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "room"
    make_certificates(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    assert set(before) == {*MEMBER_FILES, "ca-key.pem"}
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
    with pytest.raises(InputError, match="is there already"):
        make_certificates(folder)
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
    assert security_from(folder) is not None


def test_a_folder_that_holds_half_of_them_says_what_is_missing(tmp_path: Path) -> None:
    assert security_from(tmp_path) is None
    make_certificates(tmp_path)
    (tmp_path / "member.pem").write_text("no certificate")
    with pytest.raises(InputError, match="no certificates that can be used"):
        security_from(tmp_path)
    (tmp_path / "member.pem").unlink()
    with pytest.raises(InputError, match=r"member\.pem is missing: copy ca\.pem, member\.pem"):
        security_from(tmp_path)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("studio.local:8786", "write tls://HOST:PORT"),
        ("http://studio.local:8786", "write tls://HOST:PORT"),
        ("tls://studio.local:8786", "needs certificates"),
        ("tcp://studio.local:8786", "open to everybody"),
        ("tcp://127.0.0.1.evil.org:8786", "open to everybody"),
    ],
)
def test_an_address_is_refused_before_anything_is_sent(address: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        check_address(address, None)


def test_this_machine_may_be_spoken_to_openly() -> None:
    for address in ("tcp://127.0.0.1:1", "tcp://localhost:1", "tcp://[::1]:1"):
        check_address(address, None)
    with pytest.raises(InputError, match="only this machine can be served"):
        run_scheduler("0.0.0.0", 0, None, print)
