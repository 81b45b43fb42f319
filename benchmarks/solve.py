"""How long the catalogue's games take to solve, and how much memory.

Each game is solved in a process of its own, without import or cache; `deterrence solve` is timed as a whole process,
the first time and from its cache.  Run it on an idle machine: ``python benchmarks/solve.py``.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMITS = {
    "zagare_kilgour_2000/rudimentary_asymmetric_deterrence": 1,
    "zagare_kilgour_2000/unilateral_deterrence": 1,
    "zagare_kilgour_2000/generalized_mutual_deterrence": 3,
    "zagare_kilgour_2003/protege_defender": 3,
    "zagare_kilgour_2000/asymmetric_escalation": 60,
}
MEMORY_LIMIT = 1024  # MB
COMMAND = "zagare_kilgour_2000/unilateral_deterrence"


def measure(name: str) -> dict[str, object]:
    """Solve one model in this process."""
    import deterrence as dt

    game = dt.load(name).game
    started = time.perf_counter()
    eqs = dt.solve(game)
    seconds = time.perf_counter() - started
    return {
        "sets": len(game.information_sets),
        "supports": eqs.counts["supports"],
        "generic": len(eqs),
        "edges": len(eqs.knife_edges),
        "undecided": len(eqs.undecided),
        "seconds": seconds,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def row(name: str, limit: float) -> bool:
    """Measure one model in a fresh process and print its row; whether it keeps its limits."""
    done = subprocess.run([sys.executable, __file__, "--one", name], capture_output=True, text=True, check=True)
    m = json.loads(done.stdout)
    fine = m["seconds"] <= limit and m["memory"] <= MEMORY_LIMIT and not m["undecided"]
    print(
        f"{name:56s} {m['sets']:5d} {m['supports']:12,d} {m['generic']:8d} {m['edges']:6d} {m['undecided']:10d} "
        f"{m['seconds']:8.2f} {limit:6.0f} {m['memory']:8.0f}  {'ok' if fine else 'MISSED'}"
    )
    return fine


def whole_process(limit: float, environment: dict[str, str], what: str) -> bool:
    """Time the command as a user sees it."""
    started = time.perf_counter()
    command = Path(sys.executable).with_name("deterrence")
    subprocess.run([command, "solve", COMMAND], capture_output=True, check=True, env=environment)
    seconds = time.perf_counter() - started
    print(f"deterrence solve, {what:20s} {seconds:8.2f} s of {limit} s  {'ok' if seconds <= limit else 'MISSED'}")
    return seconds <= limit


def import_time(limit: float) -> bool:
    """Time `import deterrence` in a fresh interpreter, beyond the interpreter's own start."""
    code = "import time; t = time.perf_counter(); import deterrence; print(time.perf_counter() - t)"
    seconds = float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    print(f"import deterrence {seconds:8.3f} s of {limit} s  {'ok' if seconds <= limit else 'MISSED'}")
    return seconds <= limit


def main() -> int:
    """Print the table; exit code 0 if every limit is kept."""
    if "--one" in sys.argv:
        print(json.dumps(measure(sys.argv[-1])))
        return 0
    head = f"{'model':56s} {'sets':>5s} {'supports':>12s} {'generic':>8s} {'edges':>6s} {'undecided':>10s}"
    print(f"{head} {'seconds':>8s} {'limit':>6s} {'MB':>8s}")
    kept = [row(name, limit) for name, limit in LIMITS.items()]
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "DETERRENCE_CACHE": cache}
        kept.append(whole_process(3.0, environment, "first time"))
        kept.append(whole_process(1.5, environment, "from the cache"))
    kept.append(import_time(0.3))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
