"""Trust, insurance and posture: the formulas of the claims against payoffs compared by hand."""

from deterrence.models.theory import insurance, trust

from tests.models.formulas import Said, chain, chance, number, points


def test_trust():
    said = Said("theory/trust")

    def draw(rng):
        return {**dict(zip(("S", "P_", "T", "R"), chain(rng, 4), strict=True)), "g": number(rng), "t": chance(rng)}

    for p in points(draw, said):
        gain = lambda c: c * (p["R"] - p["T"]) + (1 - c) * (p["S"] - p["P_"])  # noqa: B023, E731
        assert said.exists(p, "Trust") == (gain(p["t"]) >= 0)
        assert gain(said.value(trust.p_star, p)) == 0
        assert gain(0) < 0 and said.exists(p, "Spiral")
        assert said.probability(p, "Trust", "cooperate, cooperate") == p["t"] * p["t"]


def test_insurance():
    said = Said("theory/insurance")

    def draw(rng):
        return {
            **{n: number(rng) for n in ("d", "k", "a", "e", "f", "g")},
            "D": number(rng, 3, 40),
            "theta": chance(rng),
        }

    for p in points(draw, said):
        spiral = p["f"] > p["e"]
        insured = -p["k"] - (1 - p["theta"]) * (p["a"] if spiral else 0)
        bare = -p["theta"] * p["D"]
        assert said.exists(p, "Insurance and spiral") == (spiral and insured > bare)
        assert said.exists(p, "Insurance") == (not spiral and insured > bare)
        assert said.exists(p, "No insurance") == (insured <= bare)
        at = said.value(insurance.spiral, p)
        assert -p["k"] - (1 - at) * p["a"] == -at * p["D"]


def posture(rng):
    D_o, D_d = sorted([number(rng), number(rng)])
    point = {n: number(rng) for n in ("theta", "V", "c", "k", "h", "L", "w")}
    return {
        **point,
        "D_o": D_o,
        "D_d": D_d,
        "q": chance(rng),
        "g": chance(rng),
        "c": number(rng) / 5,
        "V": 3 * number(rng),
    }


def test_posture():
    said = Said("theory/posture")
    for p in points(posture, said):
        s_d, s_o = (p["theta"] / (p["theta"] + p[name]) for name in ("D_d", "D_o"))
        value = {"Greedy": p["V"], "Fearful": 0}
        share = {"Greedy": p["g"], "Fearful": 1 - p["g"]}
        loss = {"denial": 0, "offence": 0}
        attacks = {}
        for kind, prize in value.items():
            attacks[kind, "denial"] = s_d * prize - p["c"] > 0
            attacks[kind, "offence"] = s_o * prize - p["c"] - p["k"] > -p["q"] * p["h"]
            loss["denial"] += share[kind] * (s_d * p["L"] + p["w"] if attacks[kind, "denial"] else 0)
            war = s_o * p["L"] + p["w"] if attacks[kind, "offence"] else p["q"] * p["w"]
            loss["offence"] += share[kind] * war
        chosen = min(loss, key=loss.__getitem__)
        assert said.exists(p, "Denial deters") == (chosen == "denial" and not attacks["Greedy", "denial"])
        assert said.exists(p, "Offence deters") == (chosen == "offence")
        assert not (chosen == "offence" and attacks["Greedy", "offence"])
