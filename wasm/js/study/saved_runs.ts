// Long runs, computed once and kept between studies.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SmoothGradError } from '../api/errors.js';
import type { Explanation, RunOptions } from '../api/index.js';
import { watch } from '../cli/terminal.js';
import { makeFolder, writeWhole } from '../cli/whole_file.js';
import type { Session, StudyPhoto } from './session.js';

export interface SavedRuns {
  /** undefined where there is none. */
  load(name: string): Promise<Uint8Array | undefined>;
  keep(name: string, bytes: Uint8Array): Promise<void>;
}

export const noSavedRuns: SavedRuns = { load: async () => undefined, keep: async () => {} };

export async function savedRunsIn(folder: string): Promise<SavedRuns> {
  await makeFolder(folder);
  return {
    load: (name) => readFile(join(folder, name)).catch(() => undefined),
    keep: (name, bytes) => writeWhole(join(folder, name), bytes),
  };
}

/** False where the saved run is none, or of another model, photo or noise. */
async function adds(run: Explanation, saved: Uint8Array): Promise<boolean> {
  try {
    await run.merge(saved);
    return true;
  } catch (error) {
    if (error instanceof SmoothGradError && error.code === 'bad-option') return false;
    throw error;
  }
}

/** Samples first to first + count - 1 of a photo; a run has at least one of its own, the others may be there already. */
export async function samplesOf(
  session: Session,
  photo: StudyPhoto,
  settings: RunOptions,
  first: number,
  count: number,
): Promise<Explanation> {
  const explain = (firstSample: number, samples: number) =>
    session.model.explain(photo.prepared, { ...settings, target: photo.target.index, firstSample, samples });
  const label = `${photo.name}, samples ${first} to ${first + count - 1}`;
  const run = explain(first, 1);
  await watch(label, run);
  const name = `${photo.name}-${settings.seed}-${first}-${count}.run`;
  const saved = await session.savedRuns.load(name);
  if (saved && (await adds(run, saved))) return run;
  const others = explain(first + 1, count - 1);
  await watch(label, others);
  const bytes = await others.save();
  others.cancel();
  await session.savedRuns.keep(name, bytes);
  await run.merge(bytes);
  return run;
}
