// Which groups of equilibria exist at each cell of a grid over two parameters.
//
// Each polynomial becomes a small table of coefficients in the two axes; cells are then parted by its
// sign, polynomial by polynomial, so that every formula is evaluated once a combination of signs.

function axisTable(terms, x, y, v) {
  const rows = [];
  let degree = 0;
  for (const t of terms) {
    let c = t[0];
    let i = 0;
    let j = 0;
    for (let k = 1; k < t.length; k += 2) {
      if (t[k] === x) i = t[k + 1];
      else if (t[k] === y) j = t[k + 1];
      else c *= Math.pow(v[t[k]], t[k + 1]);
    }
    while (rows.length <= i) rows.push([]);
    while (rows[i].length <= j) rows[i].push(0);
    rows[i][j] += c;
    degree = Math.max(degree, i + j);
  }
  return { rows, degree };
}

function horner(coefficients, t) {
  let value = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) value = value * t + coefficients[k];
  return value;
}

class Grid {
  constructor(data, algebra) {
    this.data = data;
    this.algebra = algebra;
    const generic = data.equilibria.filter((e) => e.group >= 0);
    const atoms = [...new Set(generic.flatMap((e) => atomsOf(e.condition)))];
    this.conditions = data.groups.map((_, g) => [
      ...new Map(generic.filter((e) => e.group === g).map((e) => [JSON.stringify(e.condition), e.condition])).values(),
    ]);
    this.polynomials = [...new Set([...data.relations.map((r) => r[0]), ...atoms.map((a) => data.atoms[a][0])])];
    this.cells = new Int32Array(0);
  }

  // Sets `cells` (a place in `combinations` for each cell, rows from the bottom up) and `combinations`.
  compute(n, x, y, v) {
    if (this.cells.length !== n * n) this.cells = new Int32Array(n * n);
    this.cells.fill(0);
    this.n = n;
    const [xs, ys] = [x, y].map((axis) => centres(this.data.parameters[axis], n));
    let parts = [[]];
    for (const place of this.polynomials) {
      const terms = this.data.polynomials[place];
      const { rows, degree } = axisTable(terms, x, y, v);
      if (degree === 0) {
        const sign = Math.sign(snapped(terms, v));
        parts = parts.map((signs) => [...signs, sign]);
      } else {
        parts = this.part(parts, rows, xs, ys);
      }
    }
    this.combine(parts);
  }

  part(parts, rows, xs, ys) {
    const next = [];
    const seen = new Int32Array(parts.length * 3).fill(-1);
    const n = xs.length;
    const linear = rows.length <= 2;
    for (let r = 0; r < n; r++) {
      const c = rows.map((row) => horner(row, ys[r]));
      const [c0, c1] = [c[0], c[1] ?? 0];
      for (let k = 0; k < n; k++) {
        const value = linear ? c0 + c1 * xs[k] : horner(c, xs[k]);
        const key = this.cells[r * n + k] * 3 + (value > 0 ? 2 : value < 0 ? 0 : 1);
        let part = seen[key];
        if (part < 0) {
          part = seen[key] = next.length;
          next.push([...parts[Math.floor(key / 3)], (key % 3) - 1]);
        }
        this.cells[r * n + k] = part;
      }
    }
    return next;
  }

  // From combinations of signs to combinations of groups.
  combine(parts) {
    const places = new Map(this.polynomials.map((p, k) => [p, k]));
    const known = new Map();
    this.combinations = [];
    const image = Int32Array.from(parts, (signs) => {
      const sign = (place) => signs[places.get(place)];
      const inside = this.data.relations.every(([place, op]) => compare(op, sign(place)));
      const groups = !inside ? null : this.conditions.flatMap((c, g) => (c.some((f) => this.algebra.holds(f, sign)) ? [g] : []));
      const key = String(groups);
      if (!known.has(key)) {
        known.set(key, this.combinations.length);
        this.combinations.push(groups);
      }
      return known.get(key);
    });
    for (let k = 0; k < this.cells.length; k++) this.cells[k] = image[this.cells[k]];
  }
}

function centres(parameter, n) {
  return Float64Array.from({ length: n }, (_, k) => parameter.low + ((k + 0.5) / n) * (parameter.high - parameter.low));
}
