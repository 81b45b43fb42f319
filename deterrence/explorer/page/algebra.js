// Conditions and values at one point, from the tables of exact polynomials.
//
// Coefficients are exact; the arithmetic is in doubles.  A polynomial counts as 0 where its value is
// at most TOLERANCE times the sum of the absolute values of its terms: such a point is "on a boundary".

const TOLERANCE = 1e-9;

function term(t, v) {
  let product = t[0];
  for (let k = 1; k < t.length; k += 2) {
    for (let power = t[k + 1]; power > 0; power--) product *= v[t[k]];
  }
  return product;
}

function polynomial(terms, v) {
  let sum = 0;
  for (const t of terms) sum += term(t, v);
  return sum;
}

function size(terms, v) {
  let sum = 0;
  for (const t of terms) sum += Math.abs(term(t, v));
  return sum;
}

// The value, 0 where it is within the tolerance.
function snapped(terms, v) {
  const value = polynomial(terms, v);
  return Math.abs(value) <= TOLERANCE * size(terms, v) ? 0 : value;
}

function slope(terms, place, v) {
  let sum = 0;
  for (const t of terms) {
    for (let k = 1; k < t.length; k += 2) {
      if (t[k] !== place) continue;
      const lowered = t.slice();
      lowered[k + 1] -= 1;
      sum += t[k + 1] * term(lowered, v);
    }
  }
  return sum;
}

function compare(op, value) {
  if (op === ">") return value > 0;
  if (op === ">=") return value >= 0;
  return (value === 0) === (op === "==");
}

class Algebra {
  constructor(data) {
    this.data = data;
    this.widths = data.parameters.map((p) => p.high - p.low).concat(data.free.map(() => 1));
  }

  // The value at a place of the table of values.
  value(place, v) {
    return this.expression(this.data.values[place][0], v);
  }

  text(place) {
    return this.data.values[place][1];
  }

  expression(e, v) {
    if (typeof e === "number") return e;
    const [sign, ...parts] = e;
    if (sign === "*") {
      let product = parts[0];
      for (let k = 1; k < parts.length; k += 2) {
        product *= Math.pow(polynomial(this.data.polynomials[parts[k]], v), parts[k + 1]);
      }
      return product;
    }
    if (sign === "s") return v[parts[0]];
    const values = parts.map((p) => this.expression(p, v));
    if (sign === "sum") return values.reduce((a, b) => a + b, 0);
    if (sign === "product") return values.reduce((a, b) => a * b, 1);
    return sign === "abs" ? Math.abs(values[0]) : Math.pow(values[0], values[1]);
  }

  // Whether a formula holds; `sign` gives the sign of a polynomial by its place.
  holds(formula, sign) {
    if (typeof formula === "boolean") return formula;
    if (typeof formula === "number") {
      const [place, op] = this.data.atoms[formula];
      return compare(op, sign(place));
    }
    const parts = formula.slice(1);
    return formula[0] === "&" ? parts.every((p) => this.holds(p, sign)) : parts.some((p) => this.holds(p, sign));
  }

  holdsAt(formula, v) {
    return this.holds(formula, (place) => snapped(this.data.polynomials[place], v));
  }

  // The atom that binds, with the signed distance to where it turns, to first order and as a share of
  // the sliders' widths: of what must hold together the least, of alternatives the greatest.
  binding(formula, v) {
    if (typeof formula === "boolean") return { distance: formula ? Infinity : -Infinity, atom: -1 };
    if (typeof formula === "number") return { distance: this.distance(formula, v), atom: formula };
    const parts = formula.slice(1).map((p) => this.binding(p, v));
    const better = formula[0] === "&" ? (a, b) => b.distance < a.distance : (a, b) => b.distance > a.distance;
    return parts.reduce((a, b) => (better(a, b) ? b : a));
  }

  distance(atom, v) {
    const [place, op] = this.data.atoms[atom];
    const terms = this.data.polynomials[place];
    const value = snapped(terms, v);
    let squares = 0;
    this.widths.forEach((width, k) => {
      squares += (slope(terms, k, v) * width) ** 2;
    });
    const length = squares > 0 ? Math.abs(value) / Math.sqrt(squares) : Math.abs(value);
    return compare(op, value) ? length : -length;
  }

  // The atoms of a formula that are met with equality.
  equalities(formula, v) {
    if (typeof formula === "boolean") return [];
    if (typeof formula === "number") {
      const [place, op] = this.data.atoms[formula];
      return op !== "!=" && snapped(this.data.polynomials[place], v) === 0 ? [formula] : [];
    }
    return formula.slice(1).flatMap((p) => this.equalities(p, v));
  }
}
