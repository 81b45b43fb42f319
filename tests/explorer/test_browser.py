"""The page in headless Chromium: it opens offline, its controls work, and it shows what Python computes."""

import json
import shutil

import pytest
import sympy as sp

import deterrence as dt
from deterrence.explorer import page
from deterrence.regions.logic import holds
from tests.explorer.pages import UNILATERAL, data_in, model, page_of
from tests.explorer.test_agreement import family
from tests.sweeps.points import boundary_points, rational

pytestmark = pytest.mark.browser
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.implicitly_wait(5)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "model.html"
    path.write_text(page_of(), encoding="utf-8")
    return path.as_uri()


def screen(browser, width, scheme="light", motion="no-preference"):
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": motion}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@pytest.fixture
def opened(browser, address):
    """The page, freshly loaded at desktop size; afterwards no error stands in the console and nothing was fetched."""
    screen(browser, 1280)
    browser.get_log("performance")
    browser.get("about:blank")
    browser.get(address)
    yield browser
    assert browser.get_log("browser") == []
    sent = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    assert asked
    assert all(url.startswith(("file://", "data:", "about:")) for url in asked)


def at(browser, name, value):
    """Types a value into a parameter's field."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    field = browser.find_element(By.CSS_SELECTOR, f'input[aria-label="{name}, as a number"]')
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(value, Keys.TAB)
    settled(browser)


def settled(browser):
    browser.execute_async_script("setTimeout(arguments[0], 350)")


def letters(browser):
    """The groups that have a card."""
    script = "return [...document.querySelectorAll('.card:not([hidden]) h3 .badge')].map((b) => b.textContent)"
    return set(browser.execute_script(script))


def map_letters(browser, x, y):
    """The groups that the map shows at a place, given as shares of its width and height."""
    script = """const g = window.explorer.grid; const cell = (t) => Math.floor(t * g.n);
      const found = g.combinations[g.cells[cell(arguments[1]) * g.n + cell(arguments[0])]];
      return found && found.map((k) => window.explorer.data.groups[k].letter)"""
    found = browser.execute_script(script, x, y)
    return None if found is None else set(found)


def letter_of(name):
    """The letter of the group that holds a named equilibrium."""
    data = data_in(page_of())
    return next(data["groups"][e["group"]]["letter"] for e in data["equilibria"] if e["name"] == name)


def test_map_and_cards_change_where_the_theory_says(opened):
    # Attack needs p_A >= (b_CD - b_DC)/(b_CD - b_DDm) = 3/4 and p_B <= (a_DC - a_SQ)/(a_DC - a_CD) = 2/5.
    attack, bluff, certain = map(letter_of, ("Attack", "Bluff", "Certain Deterrence"))
    assert attack in map_letters(opened, 0.8, 0.2)
    assert bluff in map_letters(opened, 0.7, 0.2)
    steadfast = letter_of("Steadfast Deterrence")  # exists everywhere
    assert map_letters(opened, 0.8, 0.6) == {certain, steadfast}
    at(opened, "b_CD", "10")  # the threshold moves to 9/10
    assert attack not in map_letters(opened, 0.8, 0.2)
    assert bluff in map_letters(opened, 0.8, 0.2)
    at(opened, "p_A", "19/20")
    at(opened, "p_B", "0.2")
    assert attack in letters(opened)
    at(opened, "p_B", "0.45")
    assert attack not in letters(opened)


def test_only_what_exists_at_the_point_is_named(opened):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select

    Select(opened.find_element(By.ID, "way")).select_by_value("outcome")
    at(opened, "p_B", "1/4")
    titles = [c.text for c in opened.find_elements(By.CSS_SELECTOR, ".card:not([hidden]) h3")]
    said = " ".join(titles) + opened.find_element(By.ID, "readout").text
    assert "Steadfast Deterrence" in said and "Certain" not in said
    at(opened, "p_B", "3/4")
    titles = [c.text for c in opened.find_elements(By.CSS_SELECTOR, ".card:not([hidden]) h3")]
    assert any("Certain Deterrence / Steadfast Deterrence" in title for title in titles)
    assert "by=outcome" in opened.execute_script("return location.href")


@pytest.mark.parametrize("width", [360, 820, 1280])
def test_the_map_stays_in_sight_while_a_slider_moves(opened, width):
    screen(opened, width)
    settled(opened)
    sight = """const box = (id) => document.getElementById(id).getBoundingClientRect();
      document.getElementById(arguments[0]).scrollIntoView({ block: arguments[1] });
      const [map, slider] = [box("map"), box(arguments[0])];
      return map.top >= 0 && map.bottom <= innerHeight && slider.top >= 0 && slider.bottom <= innerHeight
        && (map.right <= slider.left || slider.right <= map.left || map.bottom <= slider.top)"""
    assert opened.execute_script(sight, "range-10", "center" if width > 700 else "end")
    if width > 700:
        assert opened.execute_script(sight, "range-0", "center")


def test_the_legend_holds_what_the_map_shows(opened):
    shown = "return [...document.querySelectorAll('#legend label:not([hidden]) .badge')].map((b) => b.textContent)"
    on_map = "return [...new Set(window.explorer.grid.combinations.flatMap((g) => g ?? []))].map((k) => window.explorer.data.groups[k].letter)"  # noqa: E501 - JavaScript
    assert set(opened.execute_script(shown)) == set(opened.execute_script(on_map))
    at(opened, "a_SQ", "2.1")
    assert set(opened.execute_script(shown)) == set(opened.execute_script(on_map))


def test_sliders_move_and_keep_the_order(opened):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    value = "return window.explorer.state.v[window.explorer.data.parameters.findIndex((p) => p.name === arguments[0])]"
    slider = opened.find_element(By.ID, "range-3")  # a_SQ, between a_DDp = 2 and a_DC = 6
    slider.send_keys(Keys.ARROW_RIGHT)
    settled(opened)
    assert 4 < opened.execute_script(value, "a_SQ") < 4.1
    slider.send_keys(Keys.END)
    settled(opened)
    assert 5.9 < opened.execute_script(value, "a_SQ") < 6
    assert "must stay" in opened.find_element(By.ID, "message").text
    at(opened, "a_SQ", "no number")
    assert "a number is wanted" in opened.find_element(By.ID, "message").text
    at(opened, "p_A", "-100")
    assert 0 < opened.execute_script(value, "p_A") < 0.01
    assert opened.find_element(By.ID, "range-10").get_attribute("min") == "0"


def test_link_holds_the_state(opened):
    at(opened, "p_A", "0.3")
    link = opened.execute_script(
        "document.getElementById('axis-x').value = '3';"
        "document.getElementById('axis-x').dispatchEvent(new Event('change')); window.explorer.redraw(400);"
        "return location.href"
    )
    opened.get("about:blank")
    opened.get(link)
    assert opened.execute_script("return [window.explorer.state.x, window.explorer.state.v[10]]") == [3, 0.3]


def test_broken_link_starts_from_the_samples(opened, address):
    opened.get("about:blank")
    opened.get(address + "#a_SQ=-50&p_A=%E0%A4%A&x=nothing")
    assert opened.execute_script("return window.explorer.state.inside()")


def test_keyboard_moves_the_point(opened):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    canvas = opened.find_element(By.ID, "map")
    before = opened.find_element(By.ID, "readout").text
    canvas.send_keys(Keys.ARROW_UP)
    settled(opened)
    assert opened.find_element(By.ID, "readout").text != before
    assert "p_B = 0.26" in opened.find_element(By.ID, "readout").text


def test_point_on_a_boundary_is_said_to_be_one(opened):
    from selenium.webdriver.common.by import By

    at(opened, "p_B", "0.4")
    assert "boundary" in opened.find_element(By.ID, "equilibria").text
    assert "On a knife-edge" in opened.find_element(By.ID, "equilibria").text


def test_tree_is_lit_where_play_passes(opened):
    at(opened, "p_A", "0.9")
    at(opened, "p_B", "0.1")
    chosen = data_in(page_of())
    attack = next(k for k, e in enumerate(chosen["equilibria"]) if e["name"] == "Attack")
    widths = opened.execute_script(
        "const x = window.explorer; x.state.selected = arguments[0]; x.redraw(400);"
        "return [...document.querySelectorAll('#tree path.lit')].map((p) => parseFloat(p.style.strokeWidth))",
        attack,
    )
    # defect 1, concede 9/10, resist 1/10, fight 9/100, back down 1/100
    assert sorted(widths) == pytest.approx(sorted(1.5 + 8.5 * p for p in (1, 0.9, 0.1, 0.09, 0.01)), abs=0.01)


def test_a_family_has_a_slider_within_its_range(opened, tmp_path):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    path = tmp_path / "family.html"
    path.write_text(page(dt.solve(family())), encoding="utf-8")
    opened.get(path.as_uri())
    # all say yes if left has at least (good - bad + 2)/(2*good - 2*bad + 2) = 3/4 at good = 1, bad = 0
    card = next(c for c in opened.find_elements(By.CSS_SELECTOR, ".card") if "from 0.75 to 1" in c.text)
    slider = card.find_element(By.CSS_SELECTOR, "input[type=range]")
    for press, wanted in ((Keys.HOME, "0.75"), (Keys.END, "1")):
        slider.send_keys(press)
        settled(opened)
        assert card.find_element(By.CSS_SELECTOR, ".outcomes td").text == wanted
    assert card.find_element(By.CSS_SELECTOR, "output").text == "1"


def test_numbers_equal_pythons_at_200_points(opened):
    eqs = model(UNILATERAL).solve()
    points = [rational(p) for p in boundary_points(eqs, 200, 11)]
    ask = """const x = window.explorer; return arguments[0].map((point) => {
      x.data.parameters.forEach((p, k) => { x.state.v[k] = point[p.name]; });
      return x.data.equilibria.map((e) => x.state.exists(e) ?
        e.outcomes.map((o) => x.algebra.value(o, x.state.v)) : null)})"""
    answers = opened.execute_script(ask, [{s.name: float(v) for s, v in p.items()} for p in points])
    for k, e in enumerate((*eqs.generic, *eqs.knife_edges)):
        numbers = None if e.free else sp.lambdify([eqs.game.assumptions.symbols], list(e.outcomes.values()), "math")
        for point, found in zip(points, answers, strict=True):
            assert (found[k] is not None) == holds(e.condition.formula, e.condition.assumptions.ring, point)
            if found[k] is not None and numbers is not None:
                exact = numbers([float(point[s]) for s in eqs.game.assumptions.symbols])
                assert found[k] == pytest.approx(exact, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_fits_and_every_control_has_a_name(opened, width, scheme):
    screen(opened, width, scheme, "reduce")
    settled(opened)
    assert opened.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    unnamed = opened.execute_script(
        "return [...document.querySelectorAll('input, select, button, canvas')].filter((c) => c.offsetParent !== null"
        " && !(c.labels?.length || c.ariaLabel || c.getAttribute('aria-labelledby') || c.textContent.trim()))"
        ".map((c) => c.outerHTML)"
    )
    assert unnamed == []
    ground, ink = (
        opened.execute_script(f"return getComputedStyle(document.body).{name}") for name in ("backgroundColor", "color")
    )
    assert contrast(ground, ink) > 7


def contrast(one, other):
    """The contrast ratio of two colours, as WCAG defines it."""

    def light(colour):
        parts = [int(v) / 255 for v in colour.removeprefix("rgb(").removesuffix(")").split(",")]
        red, green, blue = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)
