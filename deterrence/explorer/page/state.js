// The point, the axes of the map and what is looked at; kept in the address behind the #.

class State {
  constructor(data, algebra) {
    this.data = data;
    this.algebra = algebra;
    this.v = Float64Array.from([...data.parameters.map((p) => p.value), ...data.free.map(() => 0.5)]);
    const rest = data.parameters.map((_, k) => k).filter((k) => !data.axes.includes(k));
    const order = [...data.axes, ...rest.sort((a, b) => data.parameters[b].probability - data.parameters[a].probability || a - b)];
    this.x = order[0] ?? -1;
    this.y = order[1] ?? -1;
    this.selected = 0;
    this.hidden = new Set();
    this.way = data.ways[0].way;
    this.types = data.game.players.map(() => null);
  }

  // The open interval in which a parameter may move while the others stay.
  bounds(k) {
    let low = -Infinity;
    let high = Infinity;
    for (const [place] of this.data.relations) {
      const terms = this.data.polynomials[place];
      const here = terms.filter((t) => mentions(t, k));
      if (!here.length || here.some((t) => powerOf(t, k) > 1)) continue;
      const a = slope(terms, k, this.v);
      const limit = this.v[k] - polynomial(terms, this.v) / a;
      if (a > 0) low = Math.max(low, limit);
      if (a < 0) high = Math.min(high, limit);
    }
    return [low, high];
  }

  // The nearest value to `wanted` strictly inside the bounds, at a step's distance where there is room.
  nearest(k, wanted) {
    const [low, high] = this.bounds(k);
    const gap = Math.min(this.data.parameters[k].step, (high - low) / 4);
    if (wanted <= low) return round(low + gap);
    if (wanted >= high) return round(high - gap);
    return wanted;
  }

  // Moves a parameter as far towards `wanted` as the assumptions allow; true if it got there.
  set(k, wanted) {
    const before = this.v[k];
    this.v[k] = this.nearest(k, wanted);
    if (!this.inside()) this.v[k] = before;
    return this.v[k] === wanted;
  }

  inside() {
    return this.data.relations.every(([place, op]) => compare(op, snapped(this.data.polynomials[place], this.v)));
  }

  write() {
    const parts = this.data.parameters.map((p, k) => [p.name, this.v[k]]);
    const equilibrium = this.data.equilibria[this.selected];
    (equilibrium?.free ?? []).forEach(([, short], k) => parts.push([`free.${short}`, equilibrium.now?.[k] ?? 0.5]));
    if (this.x >= 0) parts.push(["x", this.data.parameters[this.x].name]);
    if (this.y >= 0) parts.push(["y", this.data.parameters[this.y].name]);
    parts.push(["equilibrium", this.selected + 1]);
    if (this.way !== this.data.ways[0].way) parts.push(["by", this.way]);
    if (this.hidden.size) parts.push(["hide", [...this.hidden].map((g) => this.data.groups[g].letter).join(".")]);
    this.types.forEach((t, k) => {
      if (t !== null) parts.push([`type.${this.data.game.players[k][0]}`, t]);
    });
    return parts.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
  }

  // Takes over what an address holds; what does not fit is left as it is.
  read(hash) {
    let pairs;
    try {
      pairs = new Map(hash.replace(/^#/, "").split("&").filter(Boolean).map((p) => p.split("=").map(decodeURIComponent)));
    } catch {
      return false;
    }
    const before = this.v.slice();
    const place = (name) => this.data.parameters.findIndex((p) => p.name === name);
    this.data.parameters.forEach((p, k) => {
      const value = Number(pairs.get(p.name) ?? NaN);
      if (Number.isFinite(value)) this.v[k] = value;
    });
    const fits = this.inside();
    if (!fits) this.v.set(before);
    const axes = [place(pairs.get("x")), place(pairs.get("y"))];
    if (axes[0] >= 0 && axes[1] >= 0 && axes[0] !== axes[1]) [this.x, this.y] = axes;
    const chosen = Number(pairs.get("equilibrium")) - 1;
    if (this.data.equilibria[chosen]) this.selected = chosen;
    const e = this.data.equilibria[this.selected];
    const given = (e?.free ?? []).map(([, short]) => Number(pairs.get(`free.${short}`) ?? NaN));
    if (given.length && given.every((value) => value >= 0 && value <= 1)) e.now = given;
    const grouped = this.data.ways.find((w) => w.way === pairs.get("by")) ?? this.data.ways[0];
    this.way = grouped.way;
    const hide = new Set((pairs.get("hide") ?? "").split("."));
    this.hidden = new Set([...grouped.groups.keys()].filter((g) => hide.has(grouped.groups[g].letter)));
    this.types = this.data.game.players.map(([name, types]) => {
      const t = pairs.get(`type.${name}`);
      return t !== undefined && types.includes(t) ? t : null;
    });
    return fits;
  }

  // Puts a family's own free probabilities into the point, moved inside its range where they fell out.
  enter(e) {
    (e.free ?? []).forEach(([place], k) => {
      this.v[place] = e.now?.[k] ?? 0.5;
    });
    settleFree(this.algebra, e, this.v);
    this.keep(e);
  }

  keep(e) {
    e.now = (e.free ?? []).map(([place]) => this.v[place]);
  }

  exists(e) {
    return this.algebra.holdsAt(e.condition, this.v);
  }
}

function mentions(t, place) {
  return powerOf(t, place) > 0;
}

function powerOf(t, place) {
  for (let k = 1; k < t.length; k += 2) if (t[k] === place) return t[k + 1];
  return 0;
}

function round(x) {
  return Number(x.toPrecision(12));
}

// The least and the greatest value of a free probability with which its family's range holds, the
// others as they are: exact where each atom is linear in it, otherwise to 1/1000.
function freeRange(algebra, e, place, v) {
  const cuts = new Set([0, 1]);
  const polynomials = new Set(atomsOf(e.range).map((a) => algebra.data.atoms[a][0]));
  let linear = true;
  for (const p of polynomials) {
    const terms = algebra.data.polynomials[p];
    const powers = terms.map((t) => powerOf(t, place));
    if (Math.max(...powers) === 0) continue;
    if (Math.max(...powers) > 1) linear = false;
    const a = slope(terms, place, v);
    const cut = v[place] - polynomial(terms, v) / a;
    if (Number.isFinite(cut) && cut > 0 && cut < 1) cuts.add(cut);
  }
  if (!linear) for (let k = 1; k < 1000; k++) cuts.add(k / 1000);
  const sorted = [...cuts].sort((a, b) => a - b);
  const trial = v.slice();
  let low = NaN;
  let high = NaN;
  for (let k = 0; k + 1 < sorted.length; k++) {
    trial[place] = (sorted[k] + sorted[k + 1]) / 2;
    if (!algebra.holdsAt(e.range, trial)) continue;
    if (Number.isNaN(low)) low = sorted[k];
    high = sorted[k + 1];
  }
  if (Number.isNaN(low)) {
    for (const cut of sorted) {
      trial[place] = cut;
      if (algebra.holdsAt(e.range, trial)) low = high = cut;
    }
  }
  return [low, high];
}

function atomsOf(formula) {
  if (typeof formula === "boolean") return [];
  return typeof formula === "number" ? [formula] : formula.slice(1).flatMap(atomsOf);
}

// Brings the free probabilities of a family inside its range: first as they are, then one by one to
// the middle of what is left, then a search over simple fractions.
function settleFree(algebra, e, v) {
  if (!e.free || algebra.holdsAt(e.range, v)) return;
  const start = e.free.map(([place]) => v[place]);
  for (const [place] of e.free) {
    const [low, high] = freeRange(algebra, e, place, v);
    if (!Number.isNaN(low)) v[place] = (low + high) / 2;
  }
  if (algebra.holdsAt(e.range, v)) return;
  const simple = [0.5, 0.01, 0.99, 0.25, 0.75, 0.1, 0.9, 0.001, 0.999];
  for (let k = 0; k < Math.min(simple.length ** e.free.length, 20000); k++) {
    let rest = k;
    for (const [place] of e.free) {
      v[place] = simple[rest % simple.length];
      rest = Math.floor(rest / simple.length);
    }
    if (algebra.holdsAt(e.range, v)) return;
  }
  e.free.forEach(([place], k) => {
    v[place] = start[k];
  });
}
