"""Who does something in a call: the signed-in person, in the tab that sent this request."""

from __future__ import annotations

from flask import request

from trainer.services.calls_turns import Operator
from trainer.web.context import actor, now


def operator(call_id: str, turn_id: str) -> Operator:
    return Operator(actor=actor(), call_id=call_id, turn_id=turn_id, now=now(), tab=request.args.get("tab", "")[:64])
