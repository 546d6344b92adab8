"""How right the layers are: prints every figure and fails where one is below its floor. Floors only rise.

    python benchmarks/quality.py                 print the figures; exit 1 below a floor
    python benchmarks/quality.py --update        raise the floors to the figures; refuses to lower one

The project's own cases (`tests/cases`) are measured here, span by span. Where a folder of shared measuring data lies
beside the project, its scorer and its example cases are used too; their figures stand under the name of the file.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

import postscan  # noqa: E402
from cases import Case, read_cases  # noqa: E402

FLOORS = ROOT / "benchmarks" / "quality.json"
SHARED = ROOT.parent / "shared"
SLACK = 0.0005
_KIND = {"blocks": "kind", "embeds": "platform", "entities": "kind", "languages": "code", "sources": "kind"}


def own_figures(cases: list[Case]) -> dict[str, float]:
    """Precision and recall of whole spans by layer, and the share of characters in a block of the right kind."""
    hits: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    right = total = 0
    for case in cases:
        scan = postscan.scan(case.text)
        for layer, spans in case.layers.items():
            gold = Counter((span.kind.split()[0], span.start, span.end) for span in spans)
            got = Counter((getattr(span, _KIND[layer]), span.start, span.end) for span in getattr(scan, layer))
            hits[layer] += (gold & got).total()
            found[layer] += got.total()
            wanted[layer] += gold.total()
        if "blocks" in case.layers:
            kinds = {at: b.kind for b in scan.blocks for at in range(b.start, b.end)}
            for span in case.layers["blocks"]:
                places = [at for at in range(span.start, span.end) if not case.text[at].isspace()]
                right += sum(kinds.get(at) == span.kind.split()[0] for at in places)
                total += len(places)
    figures = {"own cases: block characters right": right / total if total else 1.0}
    for layer in sorted(wanted):
        figures[f"own cases: {layer} precision"] = hits[layer] / found[layer] if found[layer] else 1.0
        figures[f"own cases: {layer} recall"] = hits[layer] / wanted[layer] if wanted[layer] else 1.0
    return figures


def shared_figures() -> dict[str, float]:
    """What the shared scorer says of each set of example cases; empty where there is none."""
    figures: dict[str, float] = {}
    for path in sorted(SHARED.glob("cases/*.dev.jsonl")):
        command = [sys.executable, str(SHARED / "tools" / "score.py"), str(path), "--json"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        scored = json.loads(done.stdout)
        figures |= {f"{path.name}: {name}": value for name, value in scored.items() if isinstance(value, float)}
        figures |= {f"{path.name}: {name}": -value for name, value in scored.items() if name.endswith("not tiled")}
    return figures


def main() -> None:
    """Print, compare, and perhaps raise the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise the floors to today's figures")
    options = parser.parse_args()
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    shared = shared_figures()
    if not shared:
        if os.environ.get("POSTSCAN_SHARED") == "required":
            sys.exit(f"quality: POSTSCAN_SHARED=required, but there are no cases in {SHARED}")
        print("(no shared cases beside this checkout: own cases only)")
    figures = own_figures([case for case in read_cases() if not case.xfail]) | shared
    for name, figure in figures.items():
        floor = floors.get(name)
        print(f"{name:60} {figure:8.4f}  floor {'none' if floor is None else f'{floor:.4f}'}")
    low = [name for name, floor in floors.items() if name in figures and figures[name] < floor - SLACK]
    gone = [name for name in floors if name not in figures and shared]
    if low or gone:
        sys.exit(f"quality: below the floor: {low}; not measured any more: {gone}")
    if options.update:
        raised = floors | {name: round(max(figure, floors.get(name, -1e9)), 4) for name, figure in figures.items()}
        FLOORS.write_text(json.dumps(dict(sorted(raised.items())), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
