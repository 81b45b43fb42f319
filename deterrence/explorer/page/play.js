// What happens when a strategy is played: how much passes each node of the tree, and what players get.

// Probabilities of each action at each information set.
function strategyAt(algebra, equilibrium, v) {
  return equilibrium.strategy.map((row) => row.map((place) => algebra.value(place, v)));
}

function share(data, algebra, node, profile, strategy, v) {
  const parent = data.game.nodes[node.parent];
  if (parent.kind === "chance") return algebra.value(parent.events[node.by], v);
  const place = data.game.players.findIndex(([name]) => name === parent.player);
  const set = parent.sets[profile[place] ?? ""];
  return strategy[set][data.game.sets[set][3].indexOf(node.by)];
}

// `only` fixes the types of some players: an array with a type, or null for all, by player.
function playOut(data, algebra, equilibrium, v, only) {
  const { nodes, players, profiles } = data.game;
  const strategy = strategyAt(algebra, equilibrium, v);
  const flow = new Float64Array(nodes.length);
  const payoffs = players.map(() => 0);
  const chosen = nodes.map(() => false);
  let total = 0;
  profiles.forEach(([types, prior], column) => {
    if (only && types.some((t, k) => only[k] !== null && only[k] !== t)) return;
    const weight = algebra.value(prior, v);
    total += weight;
    const reach = new Float64Array(nodes.length);
    nodes.forEach((node, k) => {
      const part = node.parent < 0 ? 1 : share(data, algebra, node, types, strategy, v);
      reach[k] = node.parent < 0 ? weight : reach[node.parent] * part;
      flow[k] += reach[k];
      if (part > 0) chosen[k] = true;
      if (node.kind === "outcome") {
        players.forEach((_, p) => {
          payoffs[p] += reach[k] * algebra.value(node.payoffs[p][column], v);
        });
      }
    });
  });
  return { strategy, chosen, flow: flow.map((f) => f / total), payoffs: payoffs.map((u) => u / total) };
}
