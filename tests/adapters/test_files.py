"""The file store's contract, held by the local folder and by an fsspec address alike."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from trainer.adapters.files import FsspecFileStore, LocalFileStore, build_file_store
from trainer.ports import StorageFull


@pytest.fixture(params=["local", "fsspec"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> LocalFileStore | FsspecFileStore:
    address = str(tmp_path / "files") if request.param == "local" else f"memory://{tmp_path.name}"
    return build_file_store(address)


def test_read_gives_back_what_write_stored(store: LocalFileStore | FsspecFileStore) -> None:
    store.write("calls/ab12/operator-3.wav", b"\x00\x01")
    store.write("calls/ab12/operator-3.wav", b"\x02")
    assert store.read("calls/ab12/operator-3.wav") == b"\x02"
    assert store.exists("calls/ab12/operator-3.wav")


def test_keys_lists_only_the_prefix_when_others_exist(store: LocalFileStore | FsspecFileStore) -> None:
    for key in ("calls/a/1.wav", "calls/b/1.wav", "voice/c.wav"):
        store.write(key, b"x")
    assert list(store.keys("calls/")) == ["calls/a/1.wav", "calls/b/1.wav"]


def test_delete_is_quiet_when_the_file_is_missing(store: LocalFileStore | FsspecFileStore) -> None:
    store.write("a.txt", b"x")
    store.delete("a.txt")
    store.delete("a.txt")
    assert not store.exists("a.txt")
    with pytest.raises(FileNotFoundError):
        store.read("a.txt")


@pytest.mark.parametrize("key", ["", "/etc/passwd", "../x", "a/../../x", "a/..", "a b", "é.wav", "./x"])
def test_write_refuses_when_the_key_could_leave_the_store(store: LocalFileStore | FsspecFileStore, key: str) -> None:
    with pytest.raises(ValueError, match="not a file key"):
        store.write(key, b"x")


def test_write_leaves_nothing_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = LocalFileStore(str(tmp_path))

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("trainer.adapters.files.os.fsync", full)
    with pytest.raises(StorageFull, match="free some space"):
        store.write("calls/x.wav", b"x")
    assert list(tmp_path.rglob("*.wav*")) == []
