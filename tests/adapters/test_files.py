"""The file stores' own ways. What every file store promises is in test_contract_files.py."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from trainer.adapters.files import FsspecFileStore, LocalFileStore, build_file_store
from trainer.ports import StorageFull


def test_an_address_goes_to_fsspec_and_a_folder_is_local(tmp_path: Path) -> None:
    assert isinstance(build_file_store(str(tmp_path)), LocalFileStore)
    assert isinstance(build_file_store(f"memory://{tmp_path.name}"), FsspecFileStore)


def test_no_half_file_is_left_beside_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = LocalFileStore(str(tmp_path))
    store.write("calls/x.wav", b"before")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("trainer.adapters.files.os.fsync", full)
    with pytest.raises(StorageFull):
        store.write("calls/x.wav", b"after")
    assert [path.name for path in (tmp_path / "calls").iterdir()] == ["x.wav"]
    assert store.read("calls/x.wav") == b"before"
