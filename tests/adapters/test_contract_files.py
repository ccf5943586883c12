"""What every file store promises."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from tests.fakes_papers import MemoryFileStore
from trainer.adapters.files import FsspecFileStore, LocalFileStore
from trainer.ports import FileStore, StorageFull

PORT = FileStore
ADAPTERS = (LocalFileStore, FsspecFileStore, MemoryFileStore)
OUTSIDE = ("", "/etc/passwd", "../x", "a/../../x", "a/..", "a b", "é.wav", "./x", "a/./x", "x\n", "x" * 241)


@pytest.fixture(params=ADAPTERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    if request.param is MemoryFileStore:
        return MemoryFileStore()
    return request.param(str(tmp_path / "files") if request.param is LocalFileStore else f"memory://{tmp_path.name}")


@pytest.mark.parametrize("data", [b"", b"\x00\x01\xff\r\n", bytes(300_000)], ids=["empty", "binary", "large"])
def test_read_gives_back_what_was_written(store: FileStore, data: bytes) -> None:
    store.write("calls/ab12/operator-3.wav", data)
    assert store.read("calls/ab12/operator-3.wav") == data
    assert store.exists("calls/ab12/operator-3.wav")


def test_writing_again_replaces_all_of_it(store: FileStore) -> None:
    store.write("calls/a.txt", b"a long first text")
    store.write("calls/a.txt", b"short")
    assert store.read("calls/a.txt") == b"short"
    assert list(store.keys("")) == ["calls/a.txt"]


def test_an_unknown_key_is_not_found(store: FileStore) -> None:
    store.write("calls/a.wav", b"x")
    for key in ("calls/b.wav", "calls", "calls/a.wav.old"):
        assert not store.exists(key)
        with pytest.raises(FileNotFoundError if key != "calls" else OSError):
            store.read(key)


def test_a_deleted_file_is_gone_for_good_and_deleting_it_again_is_quiet(store: FileStore) -> None:
    store.write("calls/a.txt", b"x")
    store.write("calls/b.txt", b"y")
    store.delete("calls/a.txt")
    store.delete("calls/a.txt")
    assert not store.exists("calls/a.txt")
    assert list(store.keys("")) == ["calls/b.txt"]
    with pytest.raises(FileNotFoundError):
        store.read("calls/a.txt")


def test_keys_are_those_of_the_prefix_in_order(store: FileStore) -> None:
    for key in ("calls/b/1.wav", "voice/c.wav", "calls/a/1.wav"):
        store.write(key, b"x")
    assert list(store.keys("calls/")) == ["calls/a/1.wav", "calls/b/1.wav"]
    assert list(store.keys("calls/a/1")) == ["calls/a/1.wav"]
    assert list(store.keys("nothing/")) == list(store.keys("../")) == []


def test_an_empty_store_has_no_keys(store: FileStore) -> None:
    assert list(store.keys("")) == []


@pytest.mark.parametrize("key", OUTSIDE)
def test_no_method_takes_a_key_that_could_leave_the_store(store: FileStore, key: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"not the store's")
    for use in (lambda: store.write(key, b"x"), lambda: store.read(key), lambda: store.exists(key), lambda: store.delete(key)):  # fmt: skip
        with pytest.raises(ValueError, match="not a file key"):
            use()
    assert (tmp_path / "x").read_bytes() == b"not the store's"


def test_nothing_is_left_when_the_disk_is_full(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if isinstance(store, MemoryFileStore):
        store.full = True
    elif isinstance(store, FsspecFileStore):
        monkeypatch.setattr(store.system, "pipe_file", full)
    else:
        monkeypatch.setattr("trainer.adapters.files.os.fsync", full)
    with pytest.raises(StorageFull, match="free some space"):
        store.write("calls/x.wav", b"x")
    monkeypatch.undo()
    assert not store.exists("calls/x.wav")
    assert list(store.keys("")) == []
