"""A crisis of three with complete information: challenger, protege and defender.

The tree is recalled and doubtful in detail; the rankings are ours after it, and the conditions are derived.
"""

import sympy as sp

import deterrence as dt
from deterrence.claims import always_exists, derived, exists_iff, folklore, never_occurs, unique_iff

P = dt.Parameters()
c_CC, c_SQ, c_PC, c_PL, c_PR, c_C = P.real(
    "c_CC c_SQ c_PC c_PL c_PR c_C",
    descriptions=[
        "Challenger: backing down",
        "Challenger: status quo",
        "Challenger: the Protege concedes",
        "Challenger: the Protege is left alone and stays loyal",
        "Challenger: the Protege is left alone and realigns",
        "Challenger: conflict; above backing down if it is Determined",
    ],
    samples=[1, 3, 6, 5, 7, 2],
)
d_PR, d_PL, d_PC, d_CC, d_SQ, d_C = P.real(
    "d_PR d_PL d_PC d_CC d_SQ d_C",
    descriptions=[
        "Defender: the Protege realigns",
        "Defender: the Protege is left alone and stays loyal",
        "Defender: the Protege concedes",
        "Defender: the Challenger backs down",
        "Defender: status quo",
        "Defender: conflict; above a loyal Protege left alone if it is Staunch",
    ],
    samples=[0, 2, 4, 5, 6, 1],
)
p_PL, p_PC, p_C, p_CC, p_SQ, p_PR = P.real(
    "p_PL p_PC p_C p_CC p_SQ p_PR",
    descriptions=[
        "Protege: loyal though left alone",
        "Protege: concession",
        "Protege: conflict beside the Defender",
        "Protege: the Challenger backs down",
        "Protege: status quo",
        "Protege: realignment after it was left alone; above loyalty if it is Disloyal",
    ],
    samples=[1, 3, 4, 5, 6, 0],
)
P.ordered("c_CC < c_SQ < c_PC")
P.ordered("c_SQ < c_PL")
P.ordered("c_SQ < c_PR")
P.ordered("d_PR < d_PL < d_PC < d_CC < d_SQ")
P.ordered("p_PL < p_PC < p_C < p_CC < p_SQ")
P.assume(c_C < c_SQ, d_PR < d_C, d_C < d_PC, p_PR < p_PC)
P.assume(sp.Ne(c_C, c_CC), sp.Ne(d_C, d_PL), sp.Ne(p_PR, p_PL))

game = dt.ExtensiveGame(
    "Tripartite crisis",
    parameters=P,
    players=["Challenger", "Protege", "Defender"],
    tree=dt.move(
        "Challenger",
        "begin",
        wait=dt.outcome("Status Quo", Challenger=c_SQ, Protege=p_SQ, Defender=d_SQ),
        demand=dt.move(
            "Protege",
            "answer",
            concede=dt.outcome("Protege Concedes", Challenger=c_PC, Protege=p_PC, Defender=d_PC),
            hold=dt.move(
                "Defender",
                "ally",
                support=dt.move(
                    "Challenger",
                    "press",
                    {
                        "back down": dt.outcome("Challenger Concedes", Challenger=c_CC, Protege=p_CC, Defender=d_CC),
                        "fight": dt.outcome("Conflict", Challenger=c_C, Protege=p_C, Defender=d_C),
                    },
                ),
                withhold=dt.move(
                    "Protege",
                    "abandoned",
                    stay=dt.outcome("Protege Loses", Challenger=c_PL, Protege=p_PL, Defender=d_PL),
                    realign=dt.outcome("Protege Realigns", Challenger=c_PR, Protege=p_PR, Defender=d_PR),
                ),
            ),
        ),
    ),
)
BEGIN, ANSWER, ALLY = ("Challenger", "begin"), ("Protege", "answer"), ("Defender", "ally")
determined, loyal, perfidious = c_C > c_CC, p_PL > p_PR, d_C < d_PL

CLAIMS = (
    derived(
        "The Protege concedes if and only if the Challenger is Determined, the Protege Loyal, the Defender Perfidious",
        exists_iff("Concession", sp.And(determined, loyal, perfidious)),
    ),
    derived(
        "Every other triple of types keeps the status quo",
        exists_iff("Deterrence", sp.Or(c_C < c_CC, p_PL < p_PR, d_C > d_PL)),
    ),
    derived("Concession is then the only equilibrium", unique_iff("Concession", sp.And(determined, loyal, perfidious))),
    derived("One of the two always exists", always_exists("Concession", "Deterrence")),
    derived("With complete information there is no conflict", never_occurs("Conflict")),
    derived("Nobody is abandoned: a Protege that would be does not hold firm", never_occurs("Protege Loses")),
    derived(
        "The threat to realign deters: a Disloyal Protege is never demanded of, whoever the others are",
        always_exists("Deterrence", on=p_PR > p_PL),
    ),
    folklore("A Loyal Protege is the better deterred for its loyalty", always_exists("Deterrence", on=loyal)),
    folklore("A Perfidious Defender deters nobody", never_occurs("Status Quo", on=perfidious)),
    folklore(
        "Only a Staunch Defender deters a Determined Challenger",
        exists_iff("Deterrence", sp.Or(c_C < c_CC, d_C > d_PL)),
    ),
)

model = dt.Model(
    title="Tripartite Crisis, Complete Information",
    game=game,
    citation="After Zagare and Kilgour, Alignment Patterns, Crisis Bargaining, ISQ 47 (2003); tree recalled",
    strand="Extended deterrence",
    row=2,
    question="With which rankings does a protege concede although it has a defender?",
    picture=("c_C", "d_C"),
    sweep={"c_C": ("1/4", "11/4", 11), "d_C": ("1/4", "15/4", 15)},
    story=(
        "A challenger demands something of a protege, which concedes or holds firm. If it holds firm its defender "
        "supports it or not. Supported, the challenger backs down or fights; abandoned, the protege stays or realigns. "
        "A Determined challenger would rather fight than back down, a Staunch defender rather fight than leave a loyal "
        "protege alone, and a Disloyal protege rather realign than stay alone. Everybody knows everybody."
    ),
    names={
        "Concession": {BEGIN: "demand", ANSWER: "concede"},
        "Deterrence": {BEGIN: "wait"},
    },
    claims=CLAIMS,
)
