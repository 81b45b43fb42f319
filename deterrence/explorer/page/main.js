// Puts the page together: reads the data, listens, and redraws once a frame.

const data = JSON.parse(document.getElementById("data").textContent);
const algebra = new Algebra(data);
const state = new State(data, algebra);
let grid = new Grid(data, algebra);
const canvas = document.getElementById("map");
const map = new MapView(data, state, grid, canvas);
const tree = document.getElementById("tree");
const places = layout(data);
const DRAFT = 200;
const FINE = 400;
const NARROW = matchMedia("(max-width: 699px)");
let frame = 0;
let settling = 0;

const panels = new Panels(data, state, algebra, {
  choose(k) {
    state.selected = k;
    changed(false);
  },
  free(e, place, value) {
    state.enter(e);
    state.v[place] = value;
    if (!algebra.holdsAt(e.range, state.v)) {
      const [low, high] = freeRange(algebra, e, place, state.v);
      if (!Number.isNaN(low)) state.v[place] = Math.min(high, Math.max(low, value));
    }
    if (algebra.holdsAt(e.range, state.v)) state.keep(e);
    changed(true);
  },
  fallBack(present) {
    const group = data.equilibria[state.selected]?.group;
    const same = data.equilibria.findIndex((e, k) => present[k] && e.group === group);
    const first = present.indexOf(true);
    if (same >= 0 || first >= 0) state.selected = same >= 0 ? same : first;
  },
});
const sliders = new Sliders(data, state, document.getElementById("parameters"), changed);

// Something moved: redraw in the next frame, a coarse map while it moves and a fine one afterwards.
function changed(moving) {
  cancelAnimationFrame(frame);
  clearTimeout(settling);
  frame = requestAnimationFrame(() => redraw(moving ? DRAFT : FINE));
  if (moving) settling = setTimeout(() => redraw(FINE), 200);
}

function redraw(cells) {
  map.draw(cells);
  sliders.show();
  const count = panels.show();
  showTree();
  showDefined();
  showLegend();
  describeMap(count);
  if (cells === FINE) history.replaceState(null, "", `#${state.write()}`);
}

function showTree() {
  const e = data.equilibria[state.selected];
  const caption = document.getElementById("tree-caption");
  if (!e || !panels.present[state.selected]) {
    caption.textContent = "No equilibrium exists at this point.";
    drawTree(data, tree, { flow: data.game.nodes.map(() => 0), chosen: data.game.nodes.map(() => false) }, places);
    return;
  }
  const name = e.group >= 0 ? `${badge(data, e.group)} ${escaped(panels.title(e.group))}` : "a knife-edge";
  state.enter(e);
  caption.innerHTML = `Played in ${name}`;
  drawTree(data, tree, playOut(data, algebra, e, state.v, state.types), places);
}

function showDefined() {
  const rows = data.defined.map(([name, about, place]) =>
    `<div><dt>${pretty(name)}${about ? `<span class="about">${escaped(about)}</span>` : ""}</dt><dd class="number">${fixed(algebra.value(place, state.v), 4)} <span class="math">= ${pretty(algebra.text(place))}</span></dd></div>`);
  document.getElementById("defined").innerHTML = rows.join("");
}

function describeMap(count) {
  const here = [...data.groups.keys()].filter((g) => data.equilibria.some((e, k) => e.group === g && panels.present[k]));
  const list = here.map((g) => `${data.groups[g].letter}, ${panels.title(g)}`).join("; ");
  document.getElementById("count").textContent = counted(count);
  if (state.x < 0 || state.y < 0) return;
  const [px, py] = [data.parameters[state.x], data.parameters[state.y]];
  const words = `${px.name} = ${shortNumber(state.v[state.x])}, ${py.name} = ${shortNumber(state.v[state.y])}: ${list || "no equilibrium"}`;
  const readout = document.getElementById("readout");
  if (readout.textContent !== words) readout.textContent = words;
}

function counted(count) {
  if (!count) return "None exists here";
  if (state.way === "name") return count === 1 ? "One exists here" : `${count} exist here`;
  return count === 1 ? "One outcome possible here" : `${count} different outcomes possible here`;
}

function showAbout() {
  document.getElementById("headline").textContent = data.headline;
  document.getElementById("story").textContent = data.story;
  document.getElementById("citation").textContent = data.citation;
  const notes = [];
  if (data.conditions) notes.push(`Equilibrium means: conditions ${data.conditions}.`);
  if (data.undecided) notes.push(`${data.undecided} profiles of supports stayed undecided: an equilibrium may be missing here.`);
  if (data.left_out.length) notes.push(`Left out, because their condition has a quantifier: ${data.left_out.join("; ")}.`);
  document.getElementById("notes").textContent = notes.join(" ");
  document.getElementById("about").open = data.undecided > 0 || data.left_out.length > 0;
}

// The legend holds what the present map shows; how many exist elsewhere is said below it.
function showLegend() {
  const here = new Set((grid.combinations ?? []).flatMap((groups) => groups ?? []));
  document.querySelectorAll("#legend label").forEach((label, g) => {
    label.hidden = !here.has(g);
  });
  const away = data.groups.length - here.size;
  document.getElementById("elsewhere").textContent = away ? `${away} more ${away === 1 ? "exists" : "exist"} only at other values of the parameters.` : "";
}

// Colours by name, or by outcome: groups, map, legend and cards are made anew.
function group(way) {
  const chosen = data.ways.find((w) => w.way === way) ?? data.ways[0];
  if (chosen.way !== state.way) state.hidden.clear();
  state.way = chosen.way;
  data.groups = chosen.groups;
  data.equilibria.forEach((e, k) => {
    e.group = chosen.members[k];
  });
  grid = new Grid(data, algebra);
  map.grid = grid;
  window.explorer.grid = grid;
  panels.build();
  makeLegend();
}

// -- the controls that are made once ---------------------------------------------------------------

function makeAxes() {
  for (const axis of ["x", "y"]) {
    const select = document.getElementById(`axis-${axis}`);
    select.replaceChildren(...data.parameters.map((p, k) => new Option(p.name, String(k))));
    select.value = String(state[axis]);
    select.addEventListener("change", () => {
      const other = axis === "x" ? "y" : "x";
      const wanted = Number(select.value);
      if (state[other] === wanted) state[other] = state[axis];
      state[axis] = wanted;
      showAxes();
      changed(false);
    });
  }
}

function showAxes() {
  for (const axis of ["x", "y"]) document.getElementById(`axis-${axis}`).value = String(state[axis]);
  sliders.mark(state.x, state.y);
}

function makeWays() {
  const select = document.getElementById("way");
  select.replaceChildren(...data.ways.map((w) => new Option(w.way, w.way)));
  select.value = state.way;
  select.addEventListener("change", () => {
    group(select.value);
    changed(false);
  });
}

// On a narrow screen what is long starts folded, and only the two parameters of the map have their sliders out.
function fold() {
  for (const id of ["legend-fold", "absent-box"]) document.getElementById(id).open = !NARROW.matches;
}

function makeLegend() {
  const box = document.getElementById("legend");
  box.querySelectorAll("label").forEach((label) => label.remove());
  data.groups.forEach((group, g) => {
    const label = document.createElement("label");
    label.innerHTML = `<input type="checkbox"> ${badge(data, g)} <span>${escaped(group.title)}</span>`;
    const tick = label.querySelector("input");
    tick.checked = !state.hidden.has(g);
    tick.addEventListener("change", () => {
      state.hidden[tick.checked ? "delete" : "add"](g);
      changed(false);
    });
    box.append(label);
  });
}

function makeTypes() {
  const box = document.getElementById("types");
  data.game.players.forEach(([name, types], k) => {
    if (types.length < 2) return;
    const label = document.createElement("label");
    label.textContent = `${name} `;
    const select = document.createElement("select");
    select.append(new Option("any type", ""), ...types.map((t) => new Option(t, t)));
    select.value = state.types[k] ?? "";
    select.addEventListener("change", () => {
      state.types[k] = select.value || null;
      changed(false);
    });
    label.append(select);
    box.append(label);
  });
}

// Moves the point on the map: where it may not go, it stays as near as it can.
function moveTo(x, y, moving) {
  const reached = [state.set(state.x, x), state.set(state.y, y)];
  sliders.say(reached.every(Boolean) ? "" : "The assumptions hold the point back; the map's grey part lies outside them.");
  changed(moving);
}

function listen() {
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    moveTo(...map.under(event), true);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) moveTo(...map.under(event), true);
  });
  canvas.addEventListener("keydown", (event) => {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key] ?? [0, 0];
    if (!dx && !dy) return;
    event.preventDefault();
    const far = event.shiftKey ? 50 : 10;
    const [px, py] = [data.parameters[state.x], data.parameters[state.y]];
    moveTo(round(state.v[state.x] + dx * far * px.step), round(state.v[state.y] + dy * far * py.step), true);
  });
  document.getElementById("reset").addEventListener("click", () => {
    data.parameters.forEach((p, k) => {
      state.v[k] = p.value;
    });
    changed(false);
  });
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("equilibria").focus();
  });
  document.getElementById("link").addEventListener("click", copyLink);
  document.getElementById("cards").addEventListener("toggle", (event) => {
    const card = panels.cards.find((c) => c.element.contains(event.target));
    if (card) card.open = event.target.open;
  }, true);
  window.addEventListener("resize", () => changed(false));
  document.getElementById("more").addEventListener("click", (event) => {
    const all = document.getElementById("parameters").classList.toggle("all");
    event.target.setAttribute("aria-expanded", String(all));
    event.target.textContent = all ? "Only the map's parameters" : "The other parameters";
  });
  NARROW.addEventListener("change", fold);
  window.addEventListener("hashchange", () => {
    state.read(location.hash);
    group(state.way);
    document.getElementById("way").value = state.way;
    showAxes();
    changed(false);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => changed(false));
}

async function copyLink() {
  history.replaceState(null, "", `#${state.write()}`);
  try {
    await navigator.clipboard.writeText(location.href);
    sliders.say("The link is on the clipboard.");
  } catch {
    sliders.say("The address line of the browser holds the link.");
  }
}

// The page opens on the play with the most outcomes of what exists at the start.
function mostOutcomes() {
  const counts = data.equilibria.map((e) => (e.group >= 0 && state.exists(e) ? e.outcomes.filter((p) => algebra.value(p, state.v) > 0).length : 0));
  return counts.indexOf(Math.max(...counts, 0));
}

state.selected = Math.max(0, mostOutcomes());
if (location.hash.length > 1 && !state.read(location.hash)) {
  sliders.say("The link's values break an assumption; the page starts from its own.");
}
// For the console: what the page knows.
window.explorer = { data, algebra, state, grid, map, panels, redraw, playOut };
group(state.way);
showAbout();
makeAxes();
showAxes();
makeWays();
makeTypes();
listen();
fold();
document.getElementById("map-box").hidden = data.parameters.length < 2;
document.getElementById("legend-box").hidden = data.parameters.length < 2;
document.getElementById("more").hidden = data.parameters.length < 3;
redraw(FINE);
