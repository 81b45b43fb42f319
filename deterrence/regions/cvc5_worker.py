"""A process that answers questions with cvc5: one JSON object a line in, one a line out.

It stands alone on purpose: cvc5 does not always keep its time limit, and a process can be ended.
"""

import json
import sys
from typing import Any


def answer(text: str, milliseconds: int) -> str:
    """What cvc5 says of an SMT-LIB script without its final question: "sat", "unsat" or "unknown"."""
    import cvc5

    solver: Any = cvc5.Solver()
    solver.setOption("tlimit-per", str(milliseconds))
    parser: Any = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "question")
    symbols = parser.getSymbolManager()
    while not (command := parser.nextCommand()).isNull():
        command.invoke(solver, symbols)
    try:
        result = solver.checkSat()
    except RuntimeError:
        return "unknown"
    return "sat" if result.isSat() else "unsat" if result.isUnsat() else "unknown"


def main() -> None:
    """Say that all is ready, then answer until the input ends."""
    import cvc5  # noqa: F401 - loaded before the clock of the first question runs

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        question = json.loads(line)
        status = answer(question["text"], question["milliseconds"])
        sys.stdout.write(json.dumps({"status": status}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
