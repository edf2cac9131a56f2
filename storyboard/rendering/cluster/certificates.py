"""The certificates of a render room: whoever has one may ask for panels and draw them."""

from __future__ import annotations

import datetime
import os
from typing import TYPE_CHECKING

from storyboard.errors import InputError, ProjectError
from storyboard.files import atomic

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from distributed.security import Security

__all__ = ["MEMBER_FILES", "make_certificates", "security_from"]

MEMBER_FILES = ("ca.pem", "member.pem", "member-key.pem")
"""What every machine of the room needs, in one folder."""
_AUTHORITY_KEY = "ca-key.pem"
_YEARS = 3


def make_certificates(folder: Path) -> None:
    """Make an authority and the certificate that all machines of a room share.

    Args:
        folder: Made where it does not exist; only its owner can read it and what is in it.

    Raises:
        InputError: There are certificates already.
        ProjectError: The folder cannot be written.
    """
    from cryptography.hazmat.primitives.asymmetric import ec

    # 1. Others would no longer be let in, so that certificates are never replaced.
    there = [name for name in (*MEMBER_FILES, _AUTHORITY_KEY) if (folder / name).exists()]
    if there:
        raise InputError(
            "{file} is there already: remove the folder where all machines shall get new ones",
            file=folder / there[0],
        )

    # 2. The authority signs itself and the members' certificate.
    authority_key, member_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _certificate("Storyboard render room", authority_key, None, authority_key)
    member = _certificate("Storyboard machine", member_key, authority, authority_key)

    # 3. Four files for their owner alone.
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(folder / _AUTHORITY_KEY, _key_text(authority_key))
        _write(folder / "ca.pem", _text(authority))
        _write(folder / "member-key.pem", _key_text(member_key))
        _write(folder / "member.pem", _text(member))
    except OSError as error:
        raise ProjectError(
            "{folder}: {problem}: choose another folder",
            folder=folder,
            problem=atomic.describe(error),
        ) from None


def security_from(folder: Path) -> Security | None:
    """What Dask needs to let in only those who have a certificate; None where the folder has none.

    Raises:
        InputError: Some of the files are missing, or cannot be read as certificates.
    """
    import ssl

    from distributed.security import Security

    files = [folder / name for name in MEMBER_FILES]
    missing = [file for file in files if not file.is_file()]
    if len(missing) == len(files):
        return None
    if missing:
        raise InputError(
            "{file} is missing: copy {names} from where they were made",
            file=missing[0],
            names=", ".join(MEMBER_FILES),
        )
    ca, certificate, key = map(str, files)
    try:
        context = ssl.create_default_context(cafile=ca)
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError):
        raise InputError(
            "{folder} holds no certificates that can be used: copy {names} again",
            folder=folder,
            names=", ".join(MEMBER_FILES),
        ) from None
    return Security(
        require_encryption=True,
        tls_ca_file=ca,
        tls_client_cert=certificate,
        tls_client_key=key,
        tls_scheduler_cert=certificate,
        tls_scheduler_key=key,
        tls_worker_cert=certificate,
        tls_worker_key=key,
    )


def _certificate(
    name: str,
    key: EllipticCurvePrivateKey,
    authority: x509.Certificate | None,
    authority_key: EllipticCurvePrivateKey,
) -> x509.Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.subject if authority else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))  # the machines' clocks may differ
        .not_valid_after(now + datetime.timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=authority is None, path_length=None), critical=True)
    )
    return builder.sign(authority_key, hashes.SHA256())


def _text(certificate: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)


def _key_text(key: EllipticCurvePrivateKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, data: bytes) -> None:
    """Nobody else can read the file, from its first moment on."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
