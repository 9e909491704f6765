"""Atomic writing of small files: a reader, or a power cut, finds the old file or the new one.

A file that is replaced keeps its permissions, its owner and its group; a read-only one is refused.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from lfroadmap.paths import resolved

PRIVATE_FILE, PRIVATE_FOLDER, SHARED_FILE = 0o600, 0o700, 0o666
"""Permissions of new files and folders, before the umask."""
_ACL = "system.posix_acl_access"
_unfinished: set[Path] = set()
"""Temporary files that are being written."""


class ReadOnlyFile(PermissionError):
    """The existing file is read-only for its owner."""


def replace_file(path: Path, text: str) -> None:
    """Replace the file at `path` with `text` (UTF-8), durably when this returns; raises OSError.

    A symbolic link stays one (settings often live elsewhere). A new file is readable for its owner only, and
    so are new folders.
    """
    target = resolved(path)
    make_private_folder(target.parent)
    write_whole(target, text.encode(), replace=True, private=True)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, and its missing parents; raises OSError."""
    missing: list[Path] = []
    for each in (folder, *folder.parents):
        if each.is_dir():
            break
        missing.append(each)
    for each in reversed(missing):
        each.mkdir(PRIVATE_FOLDER, exist_ok=True)
        if owner := _owner_for_root(each.parent):
            os.chown(each, *owner, follow_symlinks=False)


def write_whole(target: Path, data: bytes, *, replace: bool, private: bool = False) -> None:
    """Create or replace the file `target`, which is no symbolic link, durably when this returns.

    It is written to a temporary file that is renamed when it is complete. A new file is readable for its
    owner only where it is `private`, and otherwise as the umask says.

    Raises FileExistsError where there is one and it may not be replaced, ReadOnlyFile, or another OSError.
    """
    old = _status(target)
    if old is not None:
        _check(target, old, replace)
    temp = target.with_name(f".lfroadmap-{os.urandom(6).hex()}.tmp")
    mode = SHARED_FILE if old is None and not private else PRIVATE_FILE
    _unfinished.add(temp)
    try:
        with open(temp, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            if old is not None:
                _copy_access(file.fileno(), target, old)
            elif private and (owner := _owner_for_root(target.parent)):
                os.fchown(file.fileno(), *owner)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            temp.replace(target)
        else:
            _link_into_place(temp, target)
    finally:
        temp.unlink(missing_ok=True)
        _unfinished.discard(temp)


def remove_unfinished() -> None:
    """Delete the temporary files of other threads when the program ends."""
    for temp in tuple(_unfinished):
        with suppress(OSError):  # it is finished, or its disk is gone
            temp.unlink()


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def _check(target: Path, old: os.stat_result, replace: bool) -> None:
    """Refuse a file that may not be replaced; also as root, who may write anything."""
    if not replace:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    if stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(old.st_mode):  # replacing a device would break the system
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(target))
    if not old.st_mode & stat.S_IWUSR:
        raise ReadOnlyFile(errno.EACCES, os.strerror(errno.EACCES), str(target))
    if not os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))


def _copy_access(file: int, target: Path, old: os.stat_result) -> None:
    """Give an open file the owner, group, permissions and access list of the one that it will replace.

    Where the group or the list cannot be kept, the group gets no more rights than others.
    """
    if os.name != "posix":
        return
    mode = stat.S_IMODE(old.st_mode)
    if not (_copied_owner(file, old) and _copied_access_list(file, target)):
        everybody = mode & stat.S_IRWXO
        mode &= ~(stat.S_ISUID | stat.S_ISGID | stat.S_IRWXG) | everybody << 3
    if stat.S_IMODE(os.fstat(file).st_mode) != mode:
        os.fchmod(file, mode)


def _copied_owner(file: int, old: os.stat_result) -> bool:
    """True if the file has the right group; only root can change the owner."""
    now = os.fstat(file)
    for owner in (old.st_uid, -1):
        if (now.st_uid if owner == -1 else owner, old.st_gid) == (now.st_uid, now.st_gid):
            return True
        try:
            os.fchown(file, owner, old.st_gid)
        except OSError:  # not permitted: the caller narrows the permissions
            continue
        return True
    return False


def _copied_access_list(file: int, target: Path) -> bool:
    """True if the file has the access list of the other, if that has one."""
    if not hasattr(os, "getxattr"):
        return True
    try:
        access_list = os.getxattr(target, _ACL)
    except OSError:  # it has none, or the disk does not support them
        return True
    try:
        os.setxattr(file, _ACL, access_list)
    except OSError:
        return False
    return True


def _owner_for_root(folder: Path) -> tuple[int, int] | None:
    """Owner and group of a new private file where root writes into another user's folder."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    status = folder.stat()
    return (status.st_uid, status.st_gid) if status.st_uid != 0 else None


def _link_into_place(temp: Path, target: Path) -> None:
    """Give the file its name unless the name is taken, atomically."""
    try:
        target.hardlink_to(temp)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links (FAT, some network disks): take the name, then fill it
        target.touch(PRIVATE_FILE, exist_ok=False)
        try:
            temp.replace(target)
        except OSError:
            target.unlink()
            raise
