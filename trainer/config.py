"""Settings, read once from the environment (and `.env`); `.env.example` explains each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PRODUCT_NAME = "Vivavoce"
"""The product as people know it, in every language: from "viva voce", by the living voice; also an oral examination."""


class BadSetting(ValueError):
    """A setting cannot be used; the message names it and says what would be right."""


def _flag(value: str, name: str) -> bool:
    if value.lower() in {"1", "true", "yes", "on"}:
        return True
    if value.lower() in {"", "0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} is {value!r}; it must be yes or no")


def _whole(value: str, name: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"{name} is {value!r}; it must be a whole number") from None


@dataclass(frozen=True)
class Settings:
    """Every setting with its default. Paths are absolute."""

    instance: Path = ROOT / "instance"
    secret_key: str = ""
    database_url: str = ""
    public_url: str = ""
    file_store: str = ""
    models: Path = ROOT / "models"
    whisper_model: str = ""
    recognizers: tuple[str, ...] = ("whisper", "sphinx")
    synthesizers: tuple[str, ...] = ("local",)
    piper_voices: Mapping[str, str] = field(default_factory=dict)
    google_speech_key: str = ""
    judge_url: str = ""
    judge_model: str = ""
    judge_key: str = ""
    mail_url: str = ""
    pdf_signing_key: str = ""
    pdf_signing_password: str = ""
    secure_cookies: bool = False
    cpu_threads: int = 2
    scenarios: Path = ROOT / "scenarios"
    courses: Path = ROOT / "courses"
    certificates: Path = ROOT / "certificates"
    testing: bool = False

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.instance / 'trainer.sqlite'}"

    @property
    def files(self) -> str:
        return self.file_store or str(self.instance / "files")


def _voices(value: str) -> dict[str, str]:
    """'en=/path/voice.onnx,fr=/path/voix.onnx' -> by language."""
    pairs = [part.split("=", 1) for part in value.split(",") if part.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise BadSetting(f"PIPER_VOICES is {value!r}; it must look like en=/path/voice.onnx,fr=/path/voix.onnx")
    return {language.strip(): path.strip() for language, path in pairs}


def read_env_file(path: Path) -> dict[str, str]:
    """KEY=value lines of a `.env` file; a missing file is empty."""
    if not path.is_file():
        return {}
    rows = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (row.split("=", 1) for row in rows if row and not row.startswith("#") and "=" in row)
    return {key.strip(): value.strip().strip("\"'") for key, value in pairs}


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings of this machine: the environment wins over `.env`. Raises BadSetting."""
    env = {**read_env_file(ROOT / ".env"), **(os.environ if environ is None else environ)}

    def names(key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        given = tuple(part.strip() for part in env.get(key, "").split(",") if part.strip())
        return given or default

    base = Settings()
    return Settings(
        instance=Path(env.get("INSTANCE", base.instance)).absolute(),
        secret_key=env.get("SECRET_KEY", ""),
        database_url=env.get("DATABASE_URL", ""),
        public_url=env.get("PUBLIC_URL", "").rstrip("/"),
        file_store=env.get("FILE_STORE", ""),
        models=Path(env.get("MODELS", base.models)).absolute(),
        whisper_model=env.get("WHISPER_MODEL", ""),
        recognizers=names("RECOGNIZERS", base.recognizers),
        synthesizers=names("SYNTHESIZERS", base.synthesizers),
        piper_voices=_voices(env.get("PIPER_VOICES", "")),
        google_speech_key=env.get("GOOGLE_SPEECH_KEY", ""),
        judge_url=env.get("JUDGE_URL", ""),
        judge_model=env.get("JUDGE_MODEL", ""),
        judge_key=env.get("JUDGE_KEY", ""),
        mail_url=env.get("MAIL_URL", ""),
        pdf_signing_key=env.get("PDF_SIGNING_KEY", ""),
        pdf_signing_password=env.get("PDF_SIGNING_PASSWORD", ""),
        secure_cookies=_flag(env.get("SECURE_COOKIES", ""), "SECURE_COOKIES"),
        cpu_threads=_whole(env.get("CPU_THREADS", "2"), "CPU_THREADS"),
    )


@dataclass(frozen=True, slots=True)
class Serving:
    """How the site is served: address, processes, threads in each, and what the server logs."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 64
    log_level: str = "warning"

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"


def load_serving() -> Serving:
    """From the environment and `.env`, as all settings. Raises BadSetting."""
    env = {**read_env_file(ROOT / ".env"), **os.environ}
    return Serving(
        host=env.get("HOST", "127.0.0.1"),
        port=_whole(env.get("PORT", "8000"), "PORT"),
        workers=_whole(env.get("WEB_WORKERS", "1"), "WEB_WORKERS"),
        threads=_whole(env.get("WEB_THREADS", "64"), "WEB_THREADS"),
        log_level=env.get("LOG_LEVEL", "warning"),
    )
