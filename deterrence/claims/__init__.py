"""A model's published propositions as records that a machine checks.

A `Claim` says in words what is claimed, who says so, and what the verdict should be: "proved", or
"refuted" for the folk claims of the literature that are false.  Its check is one of the kinds below.

Examples
--------
>>> import sympy as sp
>>> p = sp.Symbol("p", real=True)
>>> c = claim("p is below one", holds(p < 1), label="derived")
>>> c.label, c.expected
('derived', 'proved')
"""

from deterrence.claims.corruptions import Audit, Corruption, audit, corrupt, why_none
from deterrence.claims.records import (
    Claim,
    ClaimResult,
    check_claims,
    claim,
    derived,
    folklore,
    published,
    recalled,
    table,
)
from deterrence.claims.words import (
    always_exists,
    believes,
    exists_iff,
    holds,
    in_equilibrium,
    never_coexist,
    never_occurs,
    outcome_probability,
    plays,
    refinement_removes,
    share_of_peace,
    sign_of,
    threshold,
    unique_iff,
    when_types_known,
)

__all__ = [
    "Audit",
    "Claim",
    "ClaimResult",
    "Corruption",
    "always_exists",
    "audit",
    "believes",
    "check_claims",
    "claim",
    "corrupt",
    "derived",
    "exists_iff",
    "folklore",
    "holds",
    "in_equilibrium",
    "never_coexist",
    "never_occurs",
    "outcome_probability",
    "plays",
    "published",
    "recalled",
    "refinement_removes",
    "share_of_peace",
    "sign_of",
    "table",
    "threshold",
    "unique_iff",
    "when_types_known",
    "why_none",
]
