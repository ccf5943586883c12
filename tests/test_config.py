"""Settings come from the environment, and a bad one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.config import BadSetting, load_settings, read_env_file


def test_defaults_keep_everything_on_this_machine_when_nothing_is_set() -> None:
    settings = load_settings({})
    assert settings.database.startswith("sqlite:///")
    assert settings.files == str(settings.instance / "files")
    assert settings.judge_url == ""


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECURE_COOKIES", "maybe", "must be yes or no"),
        ("CPU_THREADS", "two", "must be a whole number"),
        ("PIPER_VOICES", "voice.onnx", "must look like"),
    ],
)
def test_a_bad_setting_is_named_when_it_cannot_be_used(name: str, value: str, said: str) -> None:
    with pytest.raises(BadSetting, match=said) as caught:
        load_settings({name: value})
    assert name in str(caught.value)


def test_env_file_skips_comments_when_read(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text('# a comment\nPORT=9000\n\nSECRET_KEY="a=b"\n', encoding="utf-8")
    assert read_env_file(path) == {"PORT": "9000", "SECRET_KEY": "a=b"}
