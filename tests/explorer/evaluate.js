// Runs the page's program without a page: reads {script, data, points, grid} and answers what it finds.
const input = JSON.parse(require("fs").readFileSync(0, "utf8"));
const run = new Function("data", `${input.script}
  return { Algebra, State, Grid, playOut, settleFree, freeRange };`);
const { Algebra, State, Grid, playOut, settleFree, freeRange } = run(input.data);
const algebra = new Algebra(input.data);
const state = new State(input.data, algebra);
const answers = input.points.map((point) => {
  input.data.parameters.forEach((p, k) => {
    state.v[k] = point[p.name];
  });
  return {
    inside: state.inside(),
    found: input.data.equilibria.map((e) => {
      if (!state.exists(e)) return null;
      settleFree(algebra, e, state.v);
      return {
        outcomes: e.outcomes.map((place) => algebra.value(place, state.v)),
        payoffs: playOut(input.data, algebra, e, state.v, null).payoffs,
        free: (e.free ?? []).map(([place]) => [state.v[place], ...freeRange(algebra, e, place, state.v)]),
        equal: algebra.equalities(e.condition, state.v).length,
      };
    }),
  };
});
let map = null;
if (input.grid) {
  const { n, x, y, at } = input.grid;
  input.data.parameters.forEach((p, k) => {
    state.v[k] = at[p.name];
  });
  const grid = new Grid(input.data, algebra);
  const times = [];
  for (let k = 0; k < 15; k++) {
    const began = process.cpuUsage();
    grid.compute(n, x, y, state.v);
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1000);
  }
  map = { cells: [...grid.cells], combinations: grid.combinations, milliseconds: times.sort((a, b) => a - b)[7] };
}
process.stdout.write(JSON.stringify({ answers, map }));
