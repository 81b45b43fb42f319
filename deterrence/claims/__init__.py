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
    ClaimResults,
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
    chooses,
    earns,
    exists_iff,
    holds,
    in_equilibrium,
    never_coexist,
    never_occurs,
    outcome_probability,
    plays,
    quantity,
    refinement_removes,
    region_is,
    share_of_peace,
    sign_of,
    threshold,
    unique_iff,
    when_types_known,
    worse_for_all,
)

__all__ = [
    "Audit",
    "Claim",
    "ClaimResult",
    "ClaimResults",
    "Corruption",
    "always_exists",
    "audit",
    "believes",
    "check_claims",
    "chooses",
    "claim",
    "corrupt",
    "derived",
    "earns",
    "exists_iff",
    "folklore",
    "holds",
    "in_equilibrium",
    "never_coexist",
    "never_occurs",
    "outcome_probability",
    "plays",
    "published",
    "quantity",
    "recalled",
    "refinement_removes",
    "region_is",
    "share_of_peace",
    "sign_of",
    "table",
    "threshold",
    "unique_iff",
    "when_types_known",
    "why_none",
    "worse_for_all",
]
