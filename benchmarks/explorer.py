"""How long the explorer's page takes to find a map of 200 x 200 cells, in node; 50 ms is what it must stay below.

Run with names of models, by default the unilateral and the generalized mutual game:
``python benchmarks/explorer.py asymmetric_escalation``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import deterrence as dt
from deterrence.explorer import page
from deterrence.explorer.build import script

CELLS, LIMIT = 200, 50.0
EVALUATE = Path(__file__).resolve().parent.parent / "tests" / "explorer" / "evaluate.js"


def milliseconds(name: str, node: str) -> float:
    """The median time of fifteen maps over the first two probabilities."""
    text = page(dt.load(name))
    data = json.loads(text.split('<script type="application/json" id="data">')[1].split("</script>")[0])
    order = sorted(range(len(data["parameters"])), key=lambda k: -data["parameters"][k]["probability"])
    at = {p["name"]: p["value"] for p in data["parameters"]}
    grid = {"n": CELLS, "x": order[0], "y": order[1], "at": at}
    program = script().split("// The map of two parameters")[0]
    asked = json.dumps({"script": program, "data": data, "points": [], "grid": grid})
    done = subprocess.run([node, str(EVALUATE)], input=asked, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["map"]["milliseconds"])


def main(names: list[str]) -> int:
    """Print one line a model; 1 if one takes longer than the limit."""
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None:
        print("no node on this machine: the explorer is not measured")
        return 0
    slow = False
    for name in names:
        spent = milliseconds(name, node)
        slow = slow or spent > LIMIT
        print(f"{name:35} {CELLS} x {CELLS} cells in {spent:6.1f} ms (limit {LIMIT:.0f} ms)")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["unilateral_deterrence", "generalized_mutual_deterrence"]))
