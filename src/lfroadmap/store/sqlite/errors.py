"""SQLite's names of disk errors and our keys for them."""

from __future__ import annotations

import os
from pathlib import Path

READ_ERRORS = {
    "SQLITE_BUSY": "store_busy",
    "SQLITE_LOCKED": "store_busy",
    "SQLITE_FULL": "store_full",
    "SQLITE_CANTOPEN": "store_unreadable",
    "SQLITE_IOERR": "store_unreadable",
    "SQLITE_NOTADB": "store_foreign",
    "SQLITE_NOLOCKS": "store_no_locks",
}
WRITE_ERRORS = {"SQLITE_FULL": "save_full", "SQLITE_BUSY": "save_locked", "SQLITE_LOCKED": "save_locked",
           "SQLITE_READONLY": "save_read_only", "SQLITE_CORRUPT": "save_damaged",
           "SQLITE_NOTADB": "save_damaged", "SQLITE_INTERRUPT": "save_damaged",
           "SQLITE_NOLOCKS": "save_no_locks"}  # fmt: skip
NO_LOCKS = frozenset((
    "SQLITE_IOERR_LOCK", "SQLITE_IOERR_UNLOCK", "SQLITE_IOERR_RDLOCK", "SQLITE_IOERR_CHECKRESERVEDLOCK",
    "SQLITE_IOERR_SHMOPEN", "SQLITE_IOERR_SHMMAP", "SQLITE_IOERR_SHMLOCK", "SQLITE_PROTOCOL", "SQLITE_NOLFS",
))  # fmt: skip
"""Errors of a disk without file locks or without shared memory, as some network shares are."""
DISK_ERRORS = (
    "SQLITE_IOERR",
    "SQLITE_CANTOPEN",
    "SQLITE_PERM",
    "SQLITE_PROTOCOL",
    "SQLITE_NOMEM",
    *WRITE_ERRORS,
)


def has_access(path: Path, mode: int) -> bool:
    """True if this process may read (`os.R_OK`) or write (`os.W_OK`) `path`."""
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)
