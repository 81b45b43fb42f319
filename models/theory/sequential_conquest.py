"""Chain-ganging and buck-passing as conquest in turn; the literature is verbal and this formalisation is ours.

Sources: Christensen and Snyder, Chain Gangs and Passed Bucks, International Organization 44 (1990) 137-168.
The attacker's strength is the unit of strength, what the bystander has to lose the unit of payoffs.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, folklore, holds, never_occurs
from deterrence.contests import conquered, ratio

P = dt.Parameters()
th = P.positive("th", description="offence-defence balance: above 1 the attack has the advantage", sample=3)
kappa = P.positive(
    "kappa", description="share of a conquered state's strength that the attacker adds to its own", sample=1
)
D1 = P.positive("D1", description="strength of the state attacked first, in units of the attacker's", sample=1)
D2 = P.positive("D2", description="strength of the bystander, in units of the attacker's", sample=1)
c = P.positive("c", description="cost of a war to the bystander, as a share of what it has to lose", sample="1/20")
K = P.positive("K", description="cost of a campaign to the attacker, with both states as the prize 1", sample="1/10")

p_first = ratio(1, D1, theta=th)  # the attack on the first state succeeds while the bystander waits
p_second = ratio(conquered(1, D1, kappa=kappa), D2, theta=th)  # the attack on the bystander, its turn come
p_both = ratio(1, D1 + D2, theta=th)  # the attack succeeds against both together

game = dt.ExtensiveGame(
    "Conquest in turn",
    parameters=P,
    players=["Attacker", "Bystander"],
    tree=dt.move(
        "Attacker",
        "campaign",
        no=dt.outcome("Status Quo", Attacker=0, Bystander=0),
        yes=dt.move(
            "Bystander",
            "first war",
            join=dt.outcome("Joint War", Attacker=p_both - K, Bystander=-p_both - c),
            wait=dt.outcome("Wars in Turn", Attacker=p_first * p_second - K, Bystander=-p_first * (p_second + c)),
        ),
    ),
)

CAMPAIGN, FIRST_WAR = ("Attacker", "campaign"), ("Bystander", "first war")
# the bystander's gain from joining, times positive factors, and what is left of it as th grows without bound
gain = th * D2 * (th * kappa - 1) - c * (th * (1 + kappa * D1) + D2) * (th + D1 + D2)
limit = kappa * D2 - c * (1 + kappa * D1)
JOINED, WAITED = ("Chain gang", "Deterred by the gang"), ("Buck passed", "Deterred though passed")

CLAIMS = (
    derived(
        "The bystander joins exactly where th D2 (th kappa - 1) >= c (th (1 + kappa D1) + D2) (th + D1 + D2)",
        exists_iff(JOINED, gain >= 0),
    ),
    derived(
        "The attacker takes on both together exactly where the gang forms and p_both >= K",
        exists_iff("Chain gang", sp.And(gain >= 0, p_both >= K)),
    ),
    derived(
        "The attacker goes to war in turn exactly where the buck is passed and p_first p_second >= K",
        exists_iff("Buck passed", sp.And(gain <= 0, p_first * p_second >= K)),
    ),
    derived(
        "Defence advantage passes the buck: with th kappa <= 1 the bystander waits, whatever war costs it",
        always_exists(*WAITED, on=th * kappa <= 1),
    ),
    derived("With th kappa <= 1 no gang forms", never_occurs("Joint War", on=th * kappa < 1)),
    derived(
        "Offence advantage chains the gang once for all: the gain from joining grows faster than th^2, so that once "
        "there is one it is never lost again",
        holds(th * sp.diff(gain, th) > 2 * gain),
    ),
    derived(
        "Cumulativity chains the gang: where it joins, a greater kappa makes joining the better still",
        holds(sp.diff(gain, kappa) > 0, on=gain >= 0),
    ),
    derived(
        "No offence advantage, however great, chains the gang unless kappa D2 > c (1 + kappa D1)",
        holds(limit > 0, on=gain >= 0),
    ),
    derived(
        "The attacker is likelier to conquer both in turn than together exactly where th kappa >= 1",
        holds(sp.Equivalent(p_first * p_second >= p_both, th * kappa >= 1)),
    ),
    derived(
        "Joining deters an attacker whom waiting would invite only where th kappa > 1",
        holds(th * kappa > 1, on=sp.And(p_both < K, p_first * p_second > K)),
    ),
    derived("Of the four one always exists", always_exists(*JOINED, *WAITED)),
    folklore(
        "Offence advantage is enough to chain the gang: it forms wherever th > 1", always_exists(*JOINED, on=th > 1)
    ),
    folklore(
        "A stronger bystander is readier to join (its readiness first rises and then falls with its strength)",
        holds(sp.diff(gain, D2) > 0, on=gain >= 0),
    ),
    folklore("Passing the buck always makes conquest easier", holds(p_first * p_second > p_both)),
    folklore("A gang deters the attacker", never_occurs("Joint War")),
)

model = dt.Model(
    title="Chain Gangs and Passed Bucks: Conquest in Turn",
    game=game,
    citation="After Christensen and Snyder, Chain Gangs and Passed Bucks, International Organization 44 (1990) 137-168",
    strand="Chain-ganging and buck-passing",
    row=9,
    question="When does a state join one that is attacked, and when does it wait its turn?",
    picture=("th", "c"),
    sweep={"c": ("1/100", "1/2", 50), "th": ("1/4", 8, 32)},
    story=(
        "An attacker may start a campaign against two states. When it falls on the first, the bystander joins the "
        "war at once or waits for its own turn. If it waits and the first state falls, the attacker adds a share "
        "kappa of the conquered strength to its own and turns on the bystander. Offence advantage and cumulativity "
        "chain the bystander to its ally; defence advantage lets it pass the buck."
    ),
    names={
        "Chain gang": {CAMPAIGN: "yes", FIRST_WAR: "join"},
        "Deterred by the gang": {CAMPAIGN: "no", FIRST_WAR: "join"},
        "Buck passed": {CAMPAIGN: "yes", FIRST_WAR: "wait"},
        "Deterred though passed": {CAMPAIGN: "no", FIRST_WAR: "wait"},
    },
    claims=CLAIMS,
)
