"""Write every expected.json anew: `python -m tests.golden.calls.update [CASE...]`. Read the diff before you commit it.

With --read each call is printed as it was spoken, with its marks and what cost points.
"""

from __future__ import annotations

import argparse
import json

from tests.golden.calls.play import folders, play, ports_with_encoder, summary
from trainer.services.simulation import SimulatedRun


def read_out(run: SimulatedRun) -> None:
    """The call in words, then every check that was not answered yes."""
    for event in run.events:
        data = event.data
        if event.type == "customer_line":
            print(f"  C {event.seq:3} {data['text']}   [{data['move']}: {' '.join(data['marks'])}]")
        elif event.type == "operator_utterance":
            print(f"  O {event.seq:3} {data['text']}")
        elif event.type != "call_started":
            print(f"    {event.seq:3} {event.type} { {k: v for k, v in data.items() if k != 'turn_id'} }")
    for criterion in run.grade.criteria:
        for check in criterion.checks:
            if check.answer != "not_applicable" and check.earned < 1:
                said = "; ".join(f"@{e.seq} {e.quote[:60]!r} {e.rule} {e.confidence}" for e in check.evidence)
                print(f"    - {criterion.score} {check.id} {check.answer} {check.share} {said}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--read", action="store_true")
    wanted = parser.parse_args()
    for folder in folders():
        if wanted.cases and folder.name not in wanted.cases:
            continue
        run = play(folder, ports_with_encoder())
        kept = summary(run)
        (folder / "expected.json").write_text(
            json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
        )
        print(f"{folder.name:20} {run.outcome:17} {kept['overall']:3} {'passed' if kept['passed'] else 'failed'} "
              f"{[e[:12] for e in kept['errors']]} undecided {kept['undecided']}")  # fmt: skip
        if wanted.read:
            read_out(run)


if __name__ == "__main__":
    main()
