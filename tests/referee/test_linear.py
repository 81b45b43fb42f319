import random
from fractions import Fraction as F

from scipy.optimize import linprog

from .linear import interior, maximise


def test_a_textbook_programme():
    best = maximise(
        {"x": F(3), "y": F(5)}, [], [({"x": F(-1)}, F(4)), ({"y": F(-2)}, F(12)), ({"x": F(-3), "y": F(-2)}, F(18))]
    )
    assert best == {"x": 2, "y": 6}


def test_interior_needs_room():
    simplex = ({"x": F(1), "y": F(1)}, F(-1))
    assert interior([simplex], [({"x": F(1)}, F(-1))], ["x", "y"]) is None
    assert interior([simplex], [({"x": F(1)}, F(-1))], ["x"]) == {"x": 1, "y": 0}
    inside = interior([simplex, ({"x": F(1), "y": F(-2)}, F(0))], [], ["x", "y"])
    assert inside == {"x": F(2, 3), "y": F(1, 3)}
    assert interior([simplex, ({"x": F(1), "y": F(2)}, F(0))], [], ["x"]) is None


def test_agrees_with_floating_point_programmes():
    draw = random.Random(5)
    feasible = 0
    for _ in range(150):
        n, m, e = draw.randint(1, 5), draw.randint(0, 5), draw.randint(0, 2)
        rows = [({k: F(draw.randint(-4, 4)) for k in range(n)}, F(draw.randint(-3, 3))) for _ in range(m + e)]
        cap = ({k: F(-1) for k in range(n)}, F(10))
        goal = {k: F(draw.randint(-4, 4)) for k in range(n)}
        ours = maximise(goal, rows[:e], [*rows[e:], cap])
        lines = [[float(c[k]) for k in range(n)] for c, _ in [*rows, cap]]
        sides = [float(-d) for _, d in [*rows, cap]]
        theirs = linprog(
            [-float(goal[k]) for k in range(n)],
            A_ub=[[-v for v in line] for line in lines[e:]],
            b_ub=[-s for s in sides[e:]],
            A_eq=lines[:e] or None,
            b_eq=sides[:e] or None,
        )
        assert (ours is None) == (theirs.status == 2)
        if ours is not None:
            feasible += 1
            assert all(sum(c[k] * ours[k] for k in c) + d == 0 for c, d in rows[:e])
            assert all(sum(c[k] * ours[k] for k in c) + d >= 0 for c, d in rows[e:])
            assert abs(float(sum(goal[k] * ours[k] for k in goal)) + theirs.fun) < 1e-7
    assert feasible > 40
