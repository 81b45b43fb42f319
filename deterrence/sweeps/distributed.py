"""Dask arrays in, dask arrays out: a sweep on whatever scheduler the user has.

The sweep is cut where the arrays are cut.  Each block is one task of the graph, which computes all
outputs; the program travels to each worker once.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
import sympy as sp

from deterrence.sweeps.blocks import columns_of
from deterrence.sweeps.columns import Column, from_array, refuse_unfinite
from deterrence.sweeps.dataset import OUTSIDE_COUNT
from deterrence.sweeps.errors import SweepError
from deterrence.sweeps.evaluate import evaluate
from deterrence.sweeps.inputs import Inputs
from deterrence.sweeps.layout import BLOCK, Layout, Slices, blocks
from deterrence.sweeps.planned import Plan
from deterrence.sweeps.task import Task


def lazy_arrays(plan: Plan) -> tuple[dict[str, Any], Any]:
    """The outputs as dask arrays, and how many points lie outside the assumptions as another one."""
    import dask
    import dask.array as da

    inputs, layout = plan.inputs, plan.layout
    cuts = _cuts(inputs)
    rechunked = {
        symbol: array.chunk({d: cuts[str(d)] for d in array.dims}).data.to_delayed()
        for symbol, array in inputs.lazy.items()
    }
    shared = dask.delayed((plan.task, plan.columns), traverse=False)
    run = dask.delayed(_run, pure=False)
    pieces: dict[str, np.ndarray] = {
        name: np.empty([1] * len(o.lead) + [len(cuts[d]) for d in inputs.dims], dtype=object)
        for name, o in layout.outputs.items()
    }
    outside = []
    for index in itertools.product(*(range(len(cuts[d])) for d in inputs.dims)):
        where = _slices(cuts, inputs.dims, index)
        at = dict(zip(inputs.dims, index, strict=True))
        held = {s: chunks[tuple(at[d] for d in inputs.dims_of(s))] for s, chunks in rechunked.items()}
        block = layout.of_block(where)
        result = run(shared, _named(held, inputs), where, block)
        outside.append(da.from_delayed(result[OUTSIDE_COUNT], shape=(), dtype=np.int64))
        for name, output in layout.outputs.items():
            piece = da.from_delayed(result[name], shape=(*output.lead, *block.shape), dtype=output.dtype)
            pieces[name][(*[0] * len(output.lead), *index)] = piece
    return {name: da.block(table.tolist()) for name, table in pieces.items()}, da.stack(outside).sum()


def _named(held: Mapping[sp.Symbol, Any], inputs: Inputs) -> dict[str, tuple[tuple[str, ...], Any]]:
    return {str(s.name): (inputs.dims_of(s), chunk) for s, chunk in held.items()}


def _cuts(inputs: Inputs) -> dict[str, tuple[int, ...]]:
    """Sizes of the pieces along each dimension: as dask has it, else about a block."""
    cuts: dict[str, tuple[int, ...]] = {}
    for array in inputs.lazy.values():
        for dim, sizes in zip(array.dims, array.chunks or (), strict=True):
            if any(np.isnan(n) for n in sizes):
                raise SweepError(
                    subject=f'dimension "{dim}"',
                    wanted="pieces of known size",
                    got="unknown ones",
                    hint="call compute_chunk_sizes() on the dask array",
                )
            known = cuts.get(str(dim))
            if known is None or len(sizes) > len(known):
                cuts[str(dim)] = tuple(map(int, sizes))
    rest = tuple(inputs.sizes[d] for d in inputs.dims if d not in cuts)
    held = max(1, int(np.prod([max(c) for c in cuts.values()] or [1])))
    pieces = blocks(rest, max(1, BLOCK // held))
    for place, dim in enumerate(d for d in inputs.dims if d not in cuts):
        ends = sorted({where[place].stop for where in pieces})
        cuts[dim] = tuple(b - a for a, b in zip([0, *ends[:-1]], ends, strict=True))
    return cuts


def _slices(cuts: Mapping[str, tuple[int, ...]], dims: tuple[str, ...], index: tuple[int, ...]) -> Slices:
    starts = [sum(cuts[d][:k]) for d, k in zip(dims, index, strict=True)]
    return tuple(slice(a, a + cuts[d][k]) for a, d, k in zip(starts, dims, index, strict=True))


def _run(
    shared: tuple[Task, Mapping[str, Column]], held: Mapping[str, Any], where: Slices, layout: Layout
) -> dict[str, Any]:
    """One block, on a worker."""
    task, columns = shared
    known = columns_of(columns, task.dims, where)
    for name, (dims, chunk) in held.items():
        column = from_array(name, dims, np.asarray(chunk))
        refuse_unfinite(name, column.floats)
        known[name] = column
    arrays, tally = evaluate(task, known, layout)
    return {**arrays, OUTSIDE_COUNT: np.int64(tally.outside)}
