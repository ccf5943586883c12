"""Files by key over fsspec: a local folder by default, any fsspec address by setting."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import fsspec

from trainer.ports import StorageFull

_KEY = re.compile(r"(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[A-Za-z0-9._/-]{1,240}")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def checked_key(key: str) -> str:
    """The key itself; raises ValueError for one that could leave the store."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a file key: {key!r}")
    return key


def _told(error: OSError) -> Exception:
    """A full disk as what it is; any other error unchanged."""
    if error.errno in _FULL:
        return StorageFull("files", "the disk is full: free some space, then send it again")
    return error


class LocalFileStore:
    """`FileStore` in a folder. A file appears whole or not at all (written beside, synced, renamed)."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    def _path(self, key: str) -> Path:
        return self.folder / checked_key(key)

    def write(self, key: str, data: bytes) -> None:
        path = self._path(key)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            beside.unlink(missing_ok=True)
            raise _told(error) from error

    def read(self, key: str) -> bytes:
        return self._path(key).read_bytes()

    def exists(self, key: str) -> bool:
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def keys(self, prefix: str) -> Iterator[str]:
        for path in sorted(self.folder.rglob("*")):
            key = path.relative_to(self.folder).as_posix()
            if path.is_file() and not path.name.startswith(".") and key.startswith(prefix):
                yield key


class FsspecFileStore:
    """`FileStore` at any fsspec address ("memory://...", "s3://bucket/folder")."""

    def __init__(self, address: str) -> None:
        self.system, self.root = fsspec.core.url_to_fs(address)

    def _path(self, key: str) -> str:
        return f"{self.root.rstrip('/')}/{checked_key(key)}"

    def write(self, key: str, data: bytes) -> None:
        try:
            self.system.makedirs(self._path(key).rsplit("/", 1)[0], exist_ok=True)
            self.system.pipe_file(self._path(key), data)
        except OSError as error:
            raise _told(error) from error

    def read(self, key: str) -> bytes:
        return bytes(self.system.cat_file(self._path(key)))

    def exists(self, key: str) -> bool:
        return bool(self.system.isfile(self._path(key)))

    def delete(self, key: str) -> None:
        if self.exists(key):
            self.system.rm_file(self._path(key))

    def keys(self, prefix: str) -> Iterator[str]:
        if not self.system.exists(self.root):
            return
        cut = len(self.root.rstrip("/")) + 1
        for path in sorted(self.system.find(self.root)):
            if path[cut:].startswith(prefix):
                yield path[cut:]


def build_file_store(address: str) -> LocalFileStore | FsspecFileStore:
    """A folder's path gives local files; an address with "://" goes to fsspec."""
    return FsspecFileStore(address) if "://" in address else LocalFileStore(address)
