"""The wheel carries the models; an installation from it needs nothing of the checkout."""

import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command, **options):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=120, check=False, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A new environment with the wheel, and the dependencies of the running one."""
    pytest.importorskip("build")
    pytest.importorskip("hatchling")
    place = tmp_path_factory.mktemp("install")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, ROOT)
    (wheel,) = place.glob("*.whl")
    home = place / "env"
    venv.create(home, with_pip=False, symlinks=True)
    run(sys.executable, "-m", "pip", "--python", home / "bin" / "python", "install", "--no-deps", "--no-index", wheel)
    (site,) = (home / "lib").glob("python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"])
    return home


def python(home, code, **environment):
    """Run code away from the checkout."""
    variables = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return run(home / "bin" / "python", "-c", code, cwd=home, env={**variables, **environment})


def test_the_wheel_holds_the_models(environment):
    places = python(
        environment,
        "import deterrence, deterrence.models as m, os;"
        "print(os.path.realpath(deterrence.__file__)); print(os.path.realpath(list(m.__path__)[0]))",
    ).splitlines()
    assert all(Path(place).is_relative_to(environment.resolve()) for place in places)


def test_a_model_of_the_wheel_is_loaded_and_solved(environment):
    code = (
        "import deterrence as dt;"
        "print([e.name for e in dt.load('rudimentary_asymmetric_deterrence').solve()]);"
        "from deterrence.models.zagare_kilgour_2000.unilateral_deterrence import model; print(model.title)"
    )
    assert "Unilateral Deterrence Game" in python(environment, code, DETERRENCE_CACHE="")


def test_the_command_is_installed(environment):
    from deterrence.catalogue import names

    listed = run(environment / "bin" / "deterrence", "list", cwd=environment)
    assert all(name in listed for name in names())


def test_models_are_found_from_the_checkout():
    code = "import deterrence.models as m; from deterrence.models import zagare_kilgour_2000 as z; print(z.__file__)"
    found = run(sys.executable, "-c", code, cwd=ROOT).strip()
    assert Path(found) == ROOT / "models" / "zagare_kilgour_2000" / "__init__.py"


def test_importing_the_library_imports_nothing_heavy():
    code = "import sys, deterrence; print([m for m in ('sympy', 'z3', 'flint', 'numpy') if m in sys.modules])"
    assert run(sys.executable, "-c", code, cwd=ROOT).strip() == "[]"


def test_the_public_names_are_there():
    code = "import deterrence as dt; [getattr(dt, name) for name in dt.__all__]; print(len(dt.__all__))"
    assert int(run(sys.executable, "-c", code, cwd=ROOT)) > 10


def test_the_format_of_the_readme_needs_no_extra():
    """`deterrence sweep ... -o war.nc` stands in the README, and works after `pip install .`."""
    from deterrence.sweeps.stores import FORMATS

    declared = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "dependencies"
    ]
    assert set(FORMATS[".nc"]) <= {line.split(">=")[0] for line in declared}
