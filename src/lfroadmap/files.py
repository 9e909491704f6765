"""Writing a small file as a whole: a reader, or a power cut, finds the old one or the new one.

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
"""Permissions of what is new; from all of them the umask takes its part."""
_ACL = "system.posix_acl_access"
_unfinished: set[Path] = set()
"""Files that are being written beside their places."""


class ReadOnlyFile(PermissionError):
    """The file that is there is marked as one that its owner may not write."""


def replace_file(path: Path, text: str) -> None:
    """Put `text` (UTF-8) in the place of `path`, on the disk when this returns; raises OSError.

    A symbolic link stays one (settings often live elsewhere). A new file is for its owner alone, and so are
    folders that are made for it.
    """
    target = resolved(path)
    make_private_folder(target.parent)
    write_whole(target, text.encode(), replace=True, private=True)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, and those above it that are missing; raises OSError."""
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
    """Make the file `target`, which is no symbolic link, appear with all of `data`, on the disk by then.

    It is written beside its place and takes its name when it is complete. A new file is for its owner alone
    where it is `private`, and otherwise as the umask says.

    Raises FileExistsError where there is one and it may not be replaced, ReadOnlyFile, or another OSError.
    """
    old = _status(target)
    if old is not None:
        _check(target, old, replace)
    beside = target.with_name(f".lfroadmap-{os.urandom(6).hex()}.tmp")
    mode = SHARED_FILE if old is None and not private else PRIVATE_FILE
    _unfinished.add(beside)
    try:
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            if old is not None:
                _take_over(file.fileno(), target, old)
            elif private and (owner := _owner_for_root(target.parent)):
                os.fchown(file.fileno(), *owner)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            beside.replace(target)
        else:
            _appear(beside, target)
    finally:
        beside.unlink(missing_ok=True)
        _unfinished.discard(beside)


def remove_unfinished() -> None:
    """Remove what threads are writing, as the program ends in the middle of it."""
    for beside in tuple(_unfinished):
        with suppress(OSError):  # it is finished, or its disk is gone
            beside.unlink()


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def _check(target: Path, old: os.stat_result, replace: bool) -> None:
    """Refuse a file that may not be replaced; root, who may write anything, respects the marks too."""
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


def _take_over(file: int, target: Path, old: os.stat_result) -> None:
    """Give an open file the owner, group, permissions and access list of the one that it will replace.

    Where the group or the list cannot be kept, the group may do no more than everybody might.
    """
    if os.name != "posix":
        return
    mode = stat.S_IMODE(old.st_mode)
    if not (_took_owner(file, old) and _took_access_list(file, target)):
        everybody = mode & stat.S_IRWXO
        mode &= ~(stat.S_ISUID | stat.S_ISGID | stat.S_IRWXG) | everybody << 3
    if stat.S_IMODE(os.fstat(file).st_mode) != mode:
        os.fchmod(file, mode)


def _took_owner(file: int, old: os.stat_result) -> bool:
    """Whether the file has the group that it should have; the owner only root can give away."""
    now = os.fstat(file)
    for owner in (old.st_uid, -1):
        if (now.st_uid if owner == -1 else owner, old.st_gid) == (now.st_uid, now.st_gid):
            return True
        try:
            os.fchown(file, owner, old.st_gid)
        except OSError:  # not ours to give: the caller narrows the permissions
            continue
        return True
    return False


def _took_access_list(file: int, target: Path) -> bool:
    """Whether the file has the access list of the other, if that has one."""
    if not hasattr(os, "getxattr"):
        return True
    try:
        access_list = os.getxattr(target, _ACL)
    except OSError:  # it has none, or the disk knows of none
        return True
    try:
        os.setxattr(file, _ACL, access_list)
    except OSError:
        return False
    return True


def _owner_for_root(folder: Path) -> tuple[int, int] | None:
    """Whose a new private file should be where root writes into the folder of somebody else."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    held = folder.stat()
    return (held.st_uid, held.st_gid) if held.st_uid != 0 else None


def _appear(beside: Path, target: Path) -> None:
    """Give the file its name unless the name is taken; there is no moment between looking and doing."""
    try:
        target.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links (FAT, some network disks): take the name, then fill it
        target.touch(PRIVATE_FILE, exist_ok=False)
        try:
            beside.replace(target)
        except OSError:
            target.unlink()
            raise
