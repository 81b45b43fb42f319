"""Tests that run the page's program under node are left out, with a word, where there is no node.

DETERRENCE_NODE=1 insists: then a missing node is an error.  Tests marked `browser` run with `-m browser` only, and
fail where there is no Chromium.
"""

import os

import pytest

from tests.explorer.pages import NODE


def pytest_configure(config):
    config.addinivalue_line("markers", "node: runs the program of the explorer's page under node")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    found = [item for item in items if item.get_closest_marker("node")]
    if NODE is not None or not found:
        return
    if os.environ.get("DETERRENCE_NODE"):
        raise pytest.UsageError("tests marked node need the program node")
    config.hook.pytest_deselected(items=found)
    items[:] = [item for item in items if item not in found]
    config.get_terminal_writer().line(f"{len(found)} tests marked node deselected: no node on this machine")
