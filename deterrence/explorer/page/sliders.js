// One row a parameter: a slider, a number field, and how far it may go.

class Sliders {
  constructor(data, state, box, changed) {
    Object.assign(this, { data, state, changed });
    this.rows = data.parameters.map((p, k) => this.row(p, k, box));
    this.message = document.getElementById("message");
  }

  row(p, k, box) {
    const row = document.createElement("div");
    row.className = "parameter";
    row.innerHTML = `<label for="range-${k}">${pretty(p.name)}<span class="about">${escaped(p.about)}</span></label>` +
      `<input type="range" id="range-${k}" min="${p.low}" max="${p.high}" step="${p.step}">` +
      `<input type="text" inputmode="decimal" autocomplete="off" spellcheck="false" id="number-${k}" aria-describedby="bounds-${k}">` +
      `<span class="bounds" id="bounds-${k}"></span>`;
    box.append(row);
    const [range, number] = row.querySelectorAll("input");
    number.setAttribute("aria-label", `${p.name}, as a number`);
    range.addEventListener("input", () => this.wish(k, Number(range.value), true));
    range.addEventListener("change", () => this.changed(false));
    number.addEventListener("change", () => this.typed(k, number));
    return { row, range, number, bounds: row.querySelector(".bounds") };
  }

  // The parameters of the map stand out.
  mark(x, y) {
    this.rows.forEach(({ row }, k) => row.classList.toggle("axis", k === x || k === y));
  }

  typed(k, number) {
    const value = readNumber(number.value);
    if (Number.isNaN(value)) {
      this.say(`${this.data.parameters[k].name}: a number is wanted, such as 0.25 or 1/4.`);
      this.show();
      return;
    }
    this.wish(k, value, false);
  }

  wish(k, value, moving) {
    const reached = this.state.set(k, value);
    this.say(reached ? "" : `${this.data.parameters[k].name} must stay ${boundsText(this.state.bounds(k), " ")}; move the others first.`);
    this.changed(moving);
  }

  say(text) {
    if (this.message.textContent !== text) this.message.textContent = text;
  }

  show() {
    this.rows.forEach(({ range, number, bounds }, k) => {
      const p = this.data.parameters[k];
      const value = this.state.v[k];
      const limits = this.state.bounds(k);
      p.low = Math.min(p.low, value);
      p.high = Math.max(p.high, value);
      if (Number(range.min) !== p.low) range.min = p.low;
      if (Number(range.max) !== p.high) range.max = p.high;
      if (Number(range.value) !== value) range.value = value;
      number.value = String(round(value));
      const text = boundsText(limits, "");
      range.setAttribute("aria-valuetext", `${shortNumber(value)}${text ? `, ${text}` : ""}`);
      bounds.textContent = text;
      const [from, to] = [limits[0], limits[1]].map((b) => `${(100 * Math.min(1, Math.max(0, share01(p, b)))).toFixed(2)}%`);
      range.style.setProperty("--from", from);
      range.style.setProperty("--to", to);
    });
  }
}

function boundsText([low, high]) {
  if (Number.isFinite(low) && Number.isFinite(high)) return `between ${shortNumber(low)} and ${shortNumber(high)}`;
  if (Number.isFinite(low)) return `above ${shortNumber(low)}`;
  return Number.isFinite(high) ? `below ${shortNumber(high)}` : "";
}

// A decimal or a fraction; NaN for anything else.
function readNumber(text) {
  const match = /^\s*([-+\u2212]?[\d.]+(?:e[-+]?\d+)?)\s*(?:\/\s*(\d+))?\s*$/i.exec(text);
  if (!match) return NaN;
  const value = Number(match[1].replace("\u2212", "-")) / Number(match[2] ?? 1);
  return Number.isFinite(value) ? value : NaN;
}
