import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

import deterrence as dt

mpl.use("Agg")


@pytest.fixture(scope="session")
def unilateral():
    return dt.load("zagare_kilgour_2000/unilateral_deterrence")


@pytest.fixture(scope="session")
def protege():
    return dt.load("zagare_kilgour_2003/protege_defender")


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")
