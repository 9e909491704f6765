"""Encryption by a certificate and its key."""

from __future__ import annotations

import ssl
from pathlib import Path

from lfroadmap.errors import RoadmapError


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """The context of a server with this certificate chain and key, in PEM; raises RoadmapError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        # an empty password: a key that needs one is refused, and nobody is asked
        context.load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise RoadmapError(
            "serve_certificate", certificate=certificate, private=key, reason=reason
        ) from error
    return context
