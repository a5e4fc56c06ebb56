// The caller's end of an occlusion map: squares are computed only while somebody asks.

import type { OcclusionProgress, Photo, RawTensor } from '../api/index.js';
import { abortable } from '../rpc/abortable.js';
import type { Connection, OcclusionSettings } from '../rpc/engine_calls.js';

let occlusions = 0;

export async function* occlusion(
  connection: Connection,
  model: number,
  source: Photo | RawTensor,
  settings: OcclusionSettings,
  signal: AbortSignal | undefined,
): AsyncGenerator<OcclusionProgress, void> {
  signal?.throwIfAborted();
  const id = ++occlusions;
  const started = connection.call('occlude', id, model, source, settings);
  try {
    await abortable(started, signal);
    for (let state = 'running'; state !== 'done'; ) {
      const progress = await abortable(connection.call('nextSquares', id), signal);
      state = progress.state;
      yield progress;
    }
  } finally {
    // Also what was given up before it had started.
    started.then(() => connection.call('endOcclusion', id)).catch(() => {});
  }
}
