"""Pages of solved games, and the page's program run under node."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import deterrence as dt
from deterrence.explorer import page
from deterrence.explorer.build import script

NODE = shutil.which("node") or shutil.which("nodejs")
UNILATERAL = "zagare_kilgour_2000/unilateral_deterrence"


@cache
def model(name=UNILATERAL):
    return dt.load(name)


@cache
def page_of(name=UNILATERAL):
    return page(model(name))


def data_in(text):
    """The data that a page carries."""
    return json.loads(text.split('<script type="application/json" id="data">')[1].split("</script>")[0])


def program():
    """The parts of the program that need no page."""
    return script().split("// The map of two parameters")[0]


def evaluated(data, points, grid=None):
    """What the program finds at points given as mappings of name to number, and on a grid."""
    plain = [{str(k): float(v) for k, v in point.items()} for point in points]
    asked = json.dumps({"script": program(), "data": data, "points": plain, "grid": grid})
    done = subprocess.run(
        [NODE, str(Path(__file__).with_name("evaluate.js"))], input=asked, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)
