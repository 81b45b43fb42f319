"""A process that answers questions with z3: one JSON object a line in, one a line out.

It stands alone on purpose: z3 can end in a crash after it was interrupted, and does not always keep
its time limit; a process of its own can be ended and started again.  A model comes back as text:
a fraction, or the polynomial and the number of the root for an irrational algebraic number.
"""

import json
import sys
from typing import Any


def value(number: Any) -> Any:
    """A z3 number: ``"p/q"``, or ``{"poly": ["p/q", ...], "index": k, "near": "p/q"}``."""
    import z3

    if z3.is_rational_value(number):
        return f"{number.numerator_as_long()}/{number.denominator_as_long()}"
    near = number.approx(24)
    return {
        "poly": [value(c) for c in number.poly()],
        "index": int(number.index()),
        "near": value(near),
    }


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """What z3 says of an SMT-LIB script: the status, and a model's values with "sat"."""
    import z3

    solver = z3.Tactic(question["tactic"]).solver() if question["tactic"] else z3.Solver()
    solver.set("timeout", question["milliseconds"])
    solver.add(z3.parse_smt2_string(question["text"]))
    try:
        result = solver.check()
        if result == z3.sat:
            model = solver.model()
            numbers = [model.eval(z3.Real(f"v{k}"), model_completion=True) for k in range(question["width"])]
            return {"status": "sat", "model": [value(n) for n in numbers]}
    except z3.Z3Exception:
        return {"status": "unknown"}
    return {"status": "unsat" if result == z3.unsat else "unknown"}


def main() -> None:
    """Say that all is ready, then answer until the input ends."""
    import z3  # noqa: F401 - loaded before the clock of the first question runs

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
