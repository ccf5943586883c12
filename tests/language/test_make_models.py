"""`make models`: each head is what its banks give, and the cores of a machine do not change a byte of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trainer.language import customer_head, operator_head, reply_head
from trainer.language.reply_head import unpack

SHIPPED = {"customer": customer_head.MODEL, "operator": operator_head.MODEL, "reply": reply_head.MODEL}
LEAST_SHARE = 0.999
"""Another kind of processor rounds otherwise, and an iterative fit ends a little elsewhere."""

pytestmark = pytest.mark.slow


def trained(head: str, threads: int, out: Path) -> bytes:
    """The file that the command of `make models` writes where libraries would use so many threads."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    env = os.environ | dict.fromkeys(names, str(threads))
    command = [sys.executable, "-m", f"trainer.language.train_{head}_head", "--out", str(out)]
    subprocess.run(command, env=env, check=True)
    return out.read_bytes()


def arrays(content: Any, path: str = "") -> dict[str, Any]:
    """The packed arrays of a model by their place in it."""
    if isinstance(content, dict) and "data" in content:
        return {path: unpack(content)}
    pairs = content.items() if isinstance(content, dict) else ()
    return {place: array for key, value in pairs for place, array in arrays(value, f"{path}/{key}").items()}


@pytest.mark.parametrize("head", SHIPPED)
def test_head_is_what_the_banks_give(head: str, tmp_path: Path) -> None:
    made = trained(head, 2, tmp_path / "two.json")
    if head == "customer":  # one command trains all three; this head takes the least time
        assert trained(head, 1, tmp_path / "one.json") == made

    new, shipped = json.loads(made), json.loads(SHIPPED[head].read_text(encoding="utf-8"))
    assert {k: v for k, v in new.items() if not arrays(v, k)} == {k: v for k, v in shipped.items() if not arrays(v, k)}
    assert arrays(new).keys() == arrays(shipped).keys()
    for place, array in arrays(shipped).items():
        other = arrays(new)[place]
        assert other.shape == array.shape, place
        assert np.vdot(other, array) / (np.linalg.norm(other) * np.linalg.norm(array)) > LEAST_SHARE, place
