// The map of two parameters: regions in colours and stripes, letters in them, the point on top.

// Apart in hue for colour-blind readers and in lightness for grey print; letters say the rest.
const PALETTE = ["#8ecae6", "#e58338", "#4a8468", "#e3c9f1", "#fff0a0", "#3d6fa5", "#e58fa8", "#a3a380",
  "#b5543c", "#9bd3b0", "#7a5195", "#d9d9d9", "#4f6d3a", "#ffd6ba", "#60a3a6", "#c2a05b"];
const STRIPE = 7;
const OUTSIDE = [[214, 214, 214], [190, 190, 190]];
const NOTHING = [[255, 255, 255], [255, 255, 255]];

function rgb(hex) {
  return [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16));
}

function pixel([r, g, b]) {
  return (255 << 24) | (b << 16) | (g << 8) | r;
}

class MapView {
  constructor(data, state, grid, canvas, readout) {
    Object.assign(this, { data, state, grid, canvas, readout });
    this.image = document.createElement("canvas");
    this.milliseconds = 0;
    this.slivers = [];
  }

  // The plot area inside the canvas, in CSS pixels.
  area() {
    const width = this.canvas.clientWidth;
    const side = width - 54 - (this.slivers.length ? 34 : 12);
    return { left: 54, top: 10, side, height: side };
  }

  draw(cells) {
    const { x, y, v, hidden } = this.state;
    if (x < 0 || y < 0) return;
    const began = performance.now();
    this.grid.compute(cells, x, y, v);
    this.paint(Math.max(1, Math.round(400 / cells)), hidden);
    this.milliseconds = performance.now() - began;
    this.canvas.dataset.milliseconds = this.milliseconds.toFixed(1);
    this.compose();
  }

  // Cells to pixels: one colour a group, stripes where several exist, a dark line between regions.
  paint(scale, hidden) {
    const { n, cells, combinations } = this.grid;
    const side = n * scale;
    if (this.image.width !== side) this.image.width = this.image.height = side;
    const context = this.image.getContext("2d");
    const picture = context.createImageData(side, side);
    const out = new Uint32Array(picture.data.buffer);
    this.shown = combinations.map((groups) => groups && groups.filter((g) => !hidden.has(g)));
    const colours = this.stripes(2 * side);
    const drawn = this.drawn();
    for (let row = 0, at = 0; row < side; row++) {
      const first = (n - 1 - Math.floor(row / scale)) * n;
      for (let k = 0, t = row; k < n; k++) {
        const colour = colours[cells[first + k]];
        for (let s = 0; s < scale; s++) out[at++] = colour[t++];
      }
    }
    this.edges(out, drawn, scale);
    context.putImageData(picture, 0, 0);
    this.labels = this.places(drawn);
    const unit = (this.canvas.clientWidth - 88) / this.grid.n;
    this.slivers = this.labels
      .map((label) => ({ label, ...this.words(label, unit) }))
      .filter(({ label, lines }) => !lines && label.groups?.length && label.high * unit >= 2)
      .sort((a, b) => b.label.row - a.label.row);
  }

  // The colours of each combination along a diagonal.
  stripes(length) {
    return this.shown.map((groups) => {
      const list = groups === null ? OUTSIDE : groups.length ? groups.map((g) => rgb(PALETTE[g % PALETTE.length])) : NOTHING;
      const pixels = list.map(pixel);
      return Uint32Array.from({ length }, (_, t) => pixels[Math.floor(t / STRIPE) % pixels.length]);
    });
  }

  edges(out, drawn, scale) {
    const { n } = this.grid;
    const side = n * scale;
    const line = pixel([40, 40, 40]);
    for (let r = 0; r < n; r++) {
      const row = (n - 1 - r) * scale;
      const below = Math.min(row + scale, side - 1);
      for (let k = 0; k < n; k++) {
        const at = r * n + k;
        if (k + 1 < n && drawn[at + 1] !== drawn[at]) {
          for (let s = 0; s < scale; s++) out[(row + s) * side + (k + 1) * scale] = line;
        }
        if (r > 0 && drawn[at - n] !== drawn[at]) {
          for (let s = 0; s < scale; s++) out[below * side + k * scale + s] = line;
        }
      }
    }
  }

  // For each cell a number that tells apart what looks different once hidden groups are gone.
  drawn() {
    const known = new Map();
    const names = Int32Array.from(this.shown, (groups) => {
      const key = String(groups);
      if (!known.has(key)) known.set(key, known.size);
      return known.get(key);
    });
    return this.grid.cells.map((cell) => names[cell]);
  }

  // Where each region has most room, for a label: the middle of the largest squares inside it.
  places(drawn) {
    const { n, cells } = this.grid;
    const room = new Int16Array(n * n);
    const best = [];
    for (let r = 0; r < n; r++) {
      for (let k = 0; k < n; k++) {
        const at = r * n + k;
        const here = drawn[at];
        const inner = r && k && drawn[at - n] === here && drawn[at - 1] === here && drawn[at - n - 1] === here;
        room[at] = inner ? 1 + Math.min(room[at - n], room[at - 1], room[at - n - 1]) : 1;
        if (!best[here] || room[at] > best[here].room) best[here] = { room: room[at], at, row: 0, column: 0, count: 0 };
      }
    }
    for (let at = 0; at < n * n; at++) {
      const found = best[drawn[at]];
      if (room[at] < 0.9 * found.room) continue;
      found.row += Math.floor(at / n);
      found.column += at % n;
      found.count += 1;
    }
    return best.map(({ room: side, at, row, column, count }) => {
      const middle = Math.round(row / count) * n + Math.round(column / count);
      const chosen = drawn[middle] === drawn[at] && room[middle] >= 0.9 * side ? middle : at;
      const [high, wide] = [side, this.across(drawn, chosen - Math.floor(side / 2) * (n + 1))];
      return { high, wide, row: Math.floor(chosen / n) - side / 2, column: (chosen % n) - side / 2, groups: this.shown[cells[at]] };
    });
  }

  // How many cells a region has to both sides of a cell, twice the lesser number.
  across(drawn, at) {
    const { n } = this.grid;
    const start = at - (at % n);
    let [left, right] = [at, at];
    while (left > start && drawn[left - 1] === drawn[at]) left -= 1;
    while (right + 1 < start + n && drawn[right + 1] === drawn[at]) right += 1;
    return 2 * Math.min(at - left, right - at);
  }

  compose() {
    const ratio = window.devicePixelRatio || 1;
    const { left, top, side } = this.area();
    const [width, height] = [this.canvas.clientWidth, top + side + 48];
    this.canvas.style.height = `${height}px`;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    const c = this.canvas.getContext("2d");
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, width, height);
    c.imageSmoothingEnabled = true;
    c.drawImage(this.image, left, top, side, side);
    const style = getComputedStyle(this.canvas);
    this.axes(c, style.color);
    this.letters(c);
    this.margin(c);
    this.point(c);
  }

  axes(c, ink) {
    const { left, top, side } = this.area();
    const [px, py] = [this.data.parameters[this.state.x], this.data.parameters[this.state.y]];
    c.strokeStyle = c.fillStyle = ink;
    c.lineWidth = 1;
    c.strokeRect(left + 0.5, top + 0.5, side - 1, side - 1);
    c.font = "12px system-ui, sans-serif";
    for (const value of ticks(px)) {
      const at = share01(px, value);
      c.textAlign = at > 0.96 ? "right" : at < 0.04 ? "left" : "center";
      c.textBaseline = "top";
      c.fillText(shortNumber(value), left + at * side, top + side + 6);
      c.fillRect(left + at * side, top + side, 1, 4);
    }
    for (const value of ticks(py)) {
      const at = share01(py, value);
      c.textAlign = "right";
      c.textBaseline = at > 0.96 ? "top" : at < 0.04 ? "bottom" : "middle";
      c.fillText(shortNumber(value), left - 7, top + (1 - at) * side);
      c.fillRect(left - 4, top + (1 - at) * side, 4, 1);
    }
    c.font = "italic 15px Georgia, serif";
    c.textAlign = "center";
    c.textBaseline = "top";
    c.fillText(px.name, left + side / 2, top + side + 26);
    c.save();
    c.translate(14, top + side / 2);
    c.rotate(-Math.PI / 2);
    c.textBaseline = "middle";
    c.fillText(py.name, 0, 0);
    c.restore();
  }

  // What a region says: the letters of what exists there, in lines that fit; null if they do not.
  words({ high, wide, groups }, unit) {
    const letters = groups === null ? ["outside"] : groups.length ? groups.map((g) => this.data.groups[g].letter) : ["none"];
    return { letters, lines: fitted(letters, (wide * unit) / 10, (high * unit) / 16) };
  }

  // Regions too small for their letters have them in the margin, at the end of a line.
  margin(c) {
    const { left, top, side } = this.area();
    const unit = side / this.grid.n;
    let lowest = top - 6;
    c.font = "bold 11px system-ui, sans-serif";
    c.textAlign = "left";
    c.textBaseline = "middle";
    c.lineWidth = 1;
    c.fillStyle = c.strokeStyle = getComputedStyle(this.canvas).color;
    for (const { label, letters } of this.slivers) {
      const [x, y] = [left + (label.column + 0.5) * unit, top + side - (label.row + 0.5) * unit];
      lowest = Math.max(lowest + 13, Math.min(y, top + side - 6));
      c.beginPath();
      c.arc(x, y, 2, 0, 2 * Math.PI);
      c.moveTo(x, y);
      c.lineTo(left + side + 4, lowest);
      c.stroke();
      c.fillText(letters.join(""), left + side + 6, lowest, 28);
    }
  }

  letters(c) {
    const { left, top, side } = this.area();
    const unit = side / this.grid.n;
    const at = this.pointAt();
    for (const label of this.labels) {
      const { high, column, row, groups } = label;
      const { lines } = this.words(label, unit);
      if (!lines) continue;
      c.font = groups === null ? "12px system-ui, sans-serif" : "bold 15px system-ui, sans-serif";
      c.textAlign = "center";
      c.textBaseline = "middle";
      c.lineWidth = 4;
      c.lineJoin = "round";
      c.strokeStyle = "rgba(255,255,255,.9)";
      c.fillStyle = "#111";
      const x = left + (column + 0.5) * unit;
      const middle = top + side - (row + 0.5) * unit;
      const near = Math.abs(x - at.x) < 32 && Math.abs(middle - at.y) < 12 + 9 * lines.length;
      const lift = near && high * unit > 70 ? at.y - middle - 14 - 9 * lines.length : 0;
      lines.forEach((line, k) => {
        const y = middle + lift + (k - (lines.length - 1) / 2) * 17;
        c.strokeText(line, x, y);
        c.fillText(line, x, y);
      });
    }
  }

  pointAt() {
    const { left, top, side } = this.area();
    const at = (k) => share01(this.data.parameters[k], this.state.v[k]);
    return { x: left + at(this.state.x) * side, y: top + (1 - at(this.state.y)) * side };
  }

  point(c) {
    const { x, y } = this.pointAt();
    for (const [radius, width, colour] of [[8, 5, "#fff"], [8, 2.5, "#000"], [2, 4, "#fff"], [1.5, 3, "#000"]]) {
      c.beginPath();
      c.arc(x, y, radius, 0, 2 * Math.PI);
      c.lineWidth = width;
      c.strokeStyle = colour;
      c.stroke();
    }
  }

  // The values of both parameters under a pointer.
  under(event) {
    const { left, top, side } = this.area();
    const box = this.canvas.getBoundingClientRect();
    const unit = (t) => Math.min(1, Math.max(0, t));
    const value = (k, t) => {
      const p = this.data.parameters[k];
      return round(Math.round((p.low + unit(t) * (p.high - p.low)) / p.step) * p.step);
    };
    return [
      value(this.state.x, (event.clientX - box.left - left) / side),
      value(this.state.y, 1 - (event.clientY - box.top - top) / side),
    ];
  }
}

function share01(parameter, value) {
  return (value - parameter.low) / (parameter.high - parameter.low);
}

// Round numbers along an axis, a quarter of it apart or a little more.
function ticks({ low, high }) {
  const raw = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor((high - first * step) / step + 1e-9) + 1;
  return Array.from({ length: count }, (_, k) => round((first + k) * step));
}

// Words in as few lines as fit into so many characters and lines; null if they do not fit.
function fitted(words, width, height) {
  for (let lines = 1; lines <= Math.min(words.length, height); lines++) {
    const each = Math.ceil(words.length / lines);
    const rows = Array.from({ length: lines }, (_, k) => words.slice(k * each, (k + 1) * each).join(" "));
    if (Math.max(...rows.map((r) => r.length)) <= width) return rows.filter(Boolean);
  }
  return null;
}
