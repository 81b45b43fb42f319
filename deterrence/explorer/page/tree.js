// The tree as SVG: what is played is drawn as wide as it is probable.

const ROW = 58;
const CHARACTER = 6.7;

function layout(data) {
  const { nodes } = data.game;
  const children = nodes.map(() => []);
  nodes.forEach((node, k) => node.parent >= 0 && children[node.parent].push(k));
  const depth = nodes.map(() => 0);
  nodes.forEach((node, k) => {
    if (node.parent >= 0) depth[k] = depth[node.parent] + 1;
  });
  const widths = [];
  nodes.forEach((node, k) => {
    const own = Math.max(spoken(node.by).length + 5, k && node.kind !== "outcome" ? Math.max(spoken(node.label).length, (node.player ?? "Nature").length) - 3 : 0);
    widths[depth[k]] = Math.max(widths[depth[k]] ?? 0, own * CHARACTER + 26);
  });
  const root = nodes[0];
  widths[0] = root.kind === "outcome" ? 10 : 10 + Math.max(spoken(root.label).length, (root.player ?? "Nature").length) * CHARACTER;
  const x = [];
  const y = [];
  let row = 0;
  const place = (k) => {
    x[k] = widths.slice(0, depth[k] + 1).reduce((a, b) => a + b, 0);
    children[k].forEach(place);
    if (!children[k].length) y[k] = 22 + ROW * row++;
    else y[k] = (y[children[k][0]] + y[children[k][children[k].length - 1]]) / 2;
  };
  place(0);
  const names = Math.max(...nodes.filter((n) => n.kind === "outcome").map((n) => n.label.length));
  const width = Math.max(...x) + 20 + names * 7.6;
  return { x, y, width, height: ROW * row - 6 };
}

function drawTree(data, svg, run, places) {
  const { nodes } = data.game;
  const { x, y, width, height } = places;
  const parts = [];
  const order = nodes.map((_, k) => k).slice(1).sort((a, b) => run.flow[a] - run.flow[b]);
  for (const k of order) parts.push(branch(nodes[k], k, x, y, run));
  parts.push(...informationSets(nodes, x, y));
  nodes.forEach((node, k) => parts.push(node.kind === "outcome" ? leaf(node, k, x, y, run) : decision(node, k, x, y)));
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const room = svg.parentElement.clientWidth;
  const scale = Math.max(0.7, Math.min(1, room / width));
  document.getElementById("sideways").hidden = scale * width <= room + 1;
  svg.setAttribute("width", scale * width);
  svg.setAttribute("height", scale * height);
  svg.innerHTML = `<title>Game tree with the played path</title><desc>${escaped(described(nodes, run))}</desc>${parts.join("")}`;
}

function branch(node, k, x, y, run) {
  const from = node.parent;
  const flow = run.flow[k];
  const kind = flow > 1e-12 ? "lit" : run.chosen[k] ? "off" : "unused";
  const wide = flow > 1e-12 ? 1.5 + 8.5 * flow : 1.2;
  const bend = x[from] + 18;
  const path = `M${x[from]} ${y[from]}H${bend}V${y[k]}H${x[k]}`;
  const label = `${escaped(spoken(node.by))}${flow > 1e-12 ? ` <tspan class="number">${fixed(flow, 2)}</tspan>` : ""}`;
  return `<path class="${kind}" d="${path}" style="stroke-width:${wide.toFixed(2)}" fill="none"/>` +
    `<text class="action ${kind}" x="${bend + 6}" y="${(y[k] - 5 - wide / 2).toFixed(1)}">${label}</text>`;
}

function decision(node, k, x, y) {
  const anchor = "end";
  const right = x[k] + 8;
  const who = node.player ?? "Nature";
  return `<circle class="node ${node.kind}" cx="${x[k]}" cy="${y[k]}" r="5.5"/>` +
    `<text class="player" text-anchor="${anchor}" x="${right}" y="${y[k] + 21}">${escaped(who)}</text>` +
    `<text class="label" text-anchor="${anchor}" x="${right}" y="${y[k] + 35}">${escaped(spoken(node.label))}</text>`;
}

function leaf(node, k, x, y, run) {
  const flow = run.flow[k];
  const kind = flow > 1e-12 ? "lit" : "unused";
  return `<circle class="leaf ${kind}" cx="${x[k]}" cy="${y[k]}" r="3.5"/>` +
    `<text class="outcome ${kind}" x="${x[k] + 10}" y="${y[k] + 4}">${escaped(node.label)}</text>`;
}

// Nodes at one level with the same player and label, joined by a dashed line.
function informationSets(nodes, x, y) {
  const sets = new Map();
  nodes.forEach((node, k) => {
    if (node.kind !== "move") return;
    const key = JSON.stringify([node.player, node.label]);
    sets.set(key, [...(sets.get(key) ?? []), k]);
  });
  return [...sets.values()].flatMap((members) =>
    members.slice(1).map((k, j) => {
      const before = members[j];
      const bow = Math.max(x[k], x[before]) - 26;
      return `<path class="set" fill="none" d="M${x[before]} ${y[before]}Q${bow} ${(y[before] + y[k]) / 2} ${x[k]} ${y[k]}"/>`;
    }),
  );
}

function described(nodes, run) {
  const ends = nodes.map((n, k) => [n, run.flow[k]]).filter(([n, f]) => n.kind === "outcome" && f > 1e-12);
  return `Played: ${ends.map(([n, f]) => `${n.label} with probability ${fixed(f, 2)}`).join(", ")}.`;
}

function spoken(name) {
  return name.replaceAll("_", " ");
}
