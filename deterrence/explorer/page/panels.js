// What exists at the point: a card for each group, what it takes, and what is not there and why.

class Panels {
  constructor(data, state, algebra, actions) {
    Object.assign(this, { data, state, algebra, actions });
    this.present = [];
    this.absent = document.getElementById("absent");
    this.build();
  }

  // A card for each group, and a line for where it is not.
  build() {
    const box = document.getElementById("cards");
    box.replaceChildren();
    this.absent.replaceChildren();
    this.cards = [...this.data.groups.keys(), -1].map((g) => new Card(this, g, box));
    this.missing = this.data.groups.map(() => {
      const item = document.createElement("li");
      this.absent.append(item);
      return item;
    });
  }

  // What a group is called at this point: the names of those of its members that exist here.
  title(g) {
    const here = this.data.equilibria.filter((e, k) => e.group === g && this.present[k]);
    const names = [...new Set(here.map((e) => e.name).filter(Boolean))];
    if (!names.length) return this.data.groups[g].title;
    return names.length < 3 ? names.join(" / ") : `${names[0]} and ${names.length - 1} more`;
  }

  // Returns how many groups exist here.
  show() {
    const { data, state } = this;
    this.present = data.equilibria.map((e) => state.exists(e));
    if (!this.present[state.selected]) this.actions.fallBack(this.present);
    let count = 0;
    for (const card of this.cards) if (card.show()) count += 1;
    let gone = 0;
    this.missing.forEach((item, g) => {
      const away = !data.equilibria.some((e, k) => e.group === g && this.present[k]);
      item.hidden = !away;
      if (away) {
        gone += 1;
        item.innerHTML = `${badge(data, g)} <b>${escaped(data.groups[g].title)}</b> ${this.why(g)}`;
      }
    });
    document.getElementById("absent-box").hidden = gone === 0;
    return count;
  }

  // The condition that keeps a group away: of its members the one that is nearest to existing.
  why(g) {
    const members = this.data.equilibria.filter((e) => e.group === g);
    const found = members.map((e) => this.algebra.binding(e.condition, this.state.v));
    const nearest = found.reduce((a, b) => (b.distance > a.distance ? b : a));
    return nearest.atom < 0 ? "" : `fails: ${this.relation(nearest.atom)}`;
  }

  // An atom with both sides in numbers.
  relation(atom) {
    const { algebra, data, state } = this;
    const [place, , left, op, right] = data.atoms[atom];
    const [l, r] = [algebra.value(left, state.v), algebra.value(right, state.v)];
    const equal = snapped(data.polynomials[place], state.v) === 0;
    const here = equal ? `here both sides are ${fixed(l, 4)}` : `here ${fixed(l, 4)} ${l > r ? "&gt;" : "&lt;"} ${fixed(r, 4)}`;
    return `<span class="math">${pretty(algebra.text(left))} ${sign(op)} ${pretty(algebra.text(right))}</span> ` +
      `<span class="here">${here}</span>`;
  }

  formula(f) {
    if (typeof f === "boolean") return f ? "always, within the assumptions" : "never";
    if (typeof f === "number") {
      const [, , left, op, right] = this.data.atoms[f];
      return `${pretty(this.algebra.text(left))} ${sign(op)} ${pretty(this.algebra.text(right))}`;
    }
    const inside = (p) => (Array.isArray(p) ? `(${this.formula(p)})` : this.formula(p));
    return f.slice(1).map(inside).join(f[0] === "&" ? " <b>and</b> " : " <b>or</b> ");
  }
}

class Card {
  constructor(panels, group, box) {
    Object.assign(this, { panels, group });
    const { data } = panels;
    this.members = data.equilibria.map((_, k) => k).filter((k) => data.equilibria[k].group === group);
    this.choice = this.members[0];
    this.element = document.createElement("article");
    this.element.className = "card";
    const title = group < 0 ? "On a knife-edge" : data.groups[group].title;
    this.element.innerHTML = `<h3>${group < 0 ? "" : badge(data, group)} <span>${escaped(title)}</span></h3>` +
      `<div class="tools"><label class="variants">Variant <select></select></label><button type="button"></button></div>` +
      `<div class="body"></div><div class="free"></div>`;
    [this.select, this.button, this.body, this.free] = ["select", "button", ".body", ".free"].map((q) => this.element.querySelector(q));
    this.select.addEventListener("change", () => {
      this.choice = Number(this.select.value);
      panels.actions.choose(this.choice);
    });
    this.button.addEventListener("click", () => panels.actions.choose(this.choice));
    box.append(this.element);
  }

  show() {
    const { data, state, present } = this.panels;
    const here = this.members.filter((k) => present[k]);
    this.element.hidden = here.length === 0;
    if (!here.length) return false;
    if (this.group >= 0) this.element.querySelector("h3 > span:last-child").textContent = this.panels.title(this.group);
    if (here.includes(state.selected)) this.choice = state.selected;
    if (!here.includes(this.choice)) this.choice = here[0];
    this.options(here);
    const picked = this.choice === state.selected;
    this.element.classList.toggle("picked", picked);
    this.button.setAttribute("aria-pressed", String(picked));
    this.button.textContent = picked ? "Shown in the tree" : "Show in the tree";
    const e = data.equilibria[this.choice];
    state.enter(e);
    this.body.innerHTML = this.outcomes(e) + this.conditions(e) + this.strategies(e);
    this.families(e);
    return true;
  }

  options(here) {
    const key = here.join();
    this.element.querySelector(".variants").hidden = here.length < 2;
    if (this.listed !== key) {
      this.listed = key;
      this.select.replaceChildren(...here.map((k, j) => new Option(this.variant(k, j, here.length), String(k))));
    }
    this.select.value = String(this.choice);
  }

  variant(k, j, count) {
    const e = this.panels.data.equilibria[k];
    const family = e.free ? ", a family" : "";
    return `${j + 1} of ${count}${e.name ? `: ${e.name}` : ""}${family}`;
  }

  outcomes(e) {
    const { data, algebra, state } = this.panels;
    const rows = data.outcomes.map((name, k) => [name, algebra.value(e.outcomes[k], state.v), algebra.text(e.outcomes[k])]);
    const cells = rows.filter(([, , text]) => text !== "0").map(([name, p, text]) =>
      `<tr><th scope="row">${escaped(name)}</th><td class="number">${fixed(p, 4)}</td>` +
      `<td class="bar" aria-hidden="true"><span style="width:${(100 * Math.max(0, Math.min(1, p))).toFixed(1)}%"></span></td></tr>` +
      (/^[\d/.]+$/.test(text) ? "" : `<tr class="exact"><td colspan="3" class="math">= ${pretty(text)}</td></tr>`));
    return `<table class="outcomes"><caption>Probability of each outcome</caption>${cells.join("")}</table>`;
  }

  conditions(e) {
    const { algebra, state } = this.panels;
    const binding = algebra.binding(e.condition, state.v);
    const edge = algebra.equalities(e.condition, state.v);
    const alone = typeof e.condition === "number";
    const told = alone ? this.panels.relation(e.condition) : `<span class="math">${this.panels.formula(e.condition)}</span>`;
    const lines = [`<p class="condition"><b>Exists if and only if</b> ${told}</p>`];
    if (binding.atom >= 0 && !alone) lines.push(`<p class="binding"><b>Nearest bound</b> ${this.panels.relation(binding.atom)}</p>`);
    if (edge.length) {
      lines.push(`<p class="edge">The point lies on a boundary: both sides agree to within one part in 10<sup>9</sup>.</p>`);
    }
    return lines.join("");
  }

  strategies(e) {
    const { data, algebra, state } = this.panels;
    const labels = new Map();
    data.game.sets.forEach(([player, kind, label, actions], s) => {
      const played = e.strategy[s].flatMap((place, a) => {
        const text = algebra.text(place);
        if (text === "0") return [];
        const p = text === "1" ? "" : ` <span class="number" title="${escaped(text)}">${fixed(algebra.value(place, state.v), 3)}</span>`;
        return [`${escaped(spoken(actions[a]))}${p}`];
      });
      const key = `${player}, ${spoken(label)}`;
      labels.set(key, [...(labels.get(key) ?? []), [kind, played.join(" or ")]]);
    });
    const rows = [...labels].map(([key, types]) => {
      const alike = types.every(([, what]) => what === types[0][1]);
      const told = alike ? [types[0][1] + (types.length > 1 ? " (every type)" : "")] : types.map(([kind, what]) => `${escaped(kind ?? "")}: ${what}`);
      return `<tr><th scope="row">${escaped(key)}</th><td>${told.join("<br>")}</td></tr>`;
    });
    return `<details${this.open ? " open" : ""}><summary>Strategies and payoffs</summary><table class="strategies">${rows.join("")}</table>${this.payoffs(e)}</details>`;
  }

  payoffs(e) {
    const { data, algebra, state } = this.panels;
    const { payoffs } = playOut(data, algebra, e, state.v, null);
    const cells = data.game.players.map(([name], k) => `<tr><th scope="row">${escaped(name)}, expected payoff</th><td class="number">${fixed(payoffs[k], 4)}</td></tr>`);
    return `<table class="strategies">${cells.join("")}</table>`;
  }

  // A slider for each free probability that changes an outcome; the range of the others.
  families(e) {
    const { algebra, state } = this.panels;
    if (this.shownFree !== e) {
      this.shownFree = e;
      this.free.replaceChildren(...(e.free ?? []).map((row) => freeRow(this.panels, e, row)));
      if (e.free) this.free.prepend(paragraph(`A family: ${e.free.length > 1 ? "these probabilities are" : "this probability is"} free.`));
      if (e.free && e.range !== true) this.free.append(paragraph(`where <span class="math">${this.panels.formula(e.range)}</span>`));
    }
    (e.free ?? []).forEach(([place], k) => {
      const row = this.free.querySelectorAll(".free-row")[k];
      const [low, high] = freeRange(algebra, e, place, state.v);
      row.querySelector(".limits").textContent = e.unsettled ? "within a range that has no closed form" : Number.isNaN(low) ? "no value here" : `from ${fixed(low, 4)} to ${fixed(high, 4)}`;
      const range = row.querySelector("input");
      if (range && document.activeElement !== range) range.value = state.v[place];
      const now = row.querySelector("output");
      if (now) now.textContent = fixed(state.v[place], 3);
    });
  }
}

function freeRow(panels, e, [place, short, long, matters]) {
  const row = document.createElement("div");
  row.className = "free-row";
  const id = `free-${e.group}-${place}`;
  row.innerHTML = `<label for="${id}"><span class="math">${pretty(short)}</span> = ${escaped(spoken(long))}</label> <span class="limits"></span>` +
    (matters ? `<input id="${id}" type="range" min="0" max="1" step="0.001"><output for="${id}"></output>` : "");
  if (!matters) row.querySelector("label").outerHTML = `<span><span class="math">${pretty(short)}</span> = ${escaped(spoken(long))}</span>`;
  row.querySelector("input")?.addEventListener("input", (event) => panels.actions.free(e, place, Number(event.target.value)));
  return row;
}

function paragraph(html) {
  const p = document.createElement("p");
  p.innerHTML = html;
  return p;
}

function badge(data, g) {
  return `<span class="badge" style="background:${PALETTE[g % PALETTE.length]}">${data.groups[g].letter}</span>`;
}

const SIGNS = { ">": "&gt;", "<": "&lt;", ">=": "≥", "<=": "≤", "==": "=", "!=": "≠" };

function sign(op) {
  return SIGNS[op];
}

function escaped(text) {
  return String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
}

// Exact text as a reader expects it: subscripts, middle dots, powers.
function pretty(text) {
  return escaped(text)
    .replace(/\//g, "\u2009/\u2009<wbr>")
    .replace(/\*\*\(?(-?\d+)\)?/g, "<sup>$1</sup>")
    .replace(/\*/g, "\u2009")
    .replace(/ - /g, " − ")
    .replace(/(^|[(\s\u2009/])-(?=\S)/g, "$1−")
    .replace(/([A-Za-z]+)_([A-Za-z0-9]+)/g, "<i>$1</i><sub>$2</sub>");
}

function fixed(x, digits) {
  if (!Number.isFinite(x)) return "–";
  const text = x.toFixed(digits);
  return Number(text) === x ? String(Number(text)).replace("-", "−") : text.replace("-", "−");
}

function shortNumber(x) {
  return String(Number(x.toPrecision(4))).replace("-", "−");
}
