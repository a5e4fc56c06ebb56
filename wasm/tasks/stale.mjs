// Whether what was made is older than what it is made of.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/paths.mjs';

// A folder's own time changes when something in it is added or taken away.
function newest(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return readdirSync(path).reduce((time, name) => Math.max(time, newest(join(path, name))), status.mtimeMs);
}

/** Whether `made` is missing or older than anything at or below `inputs` (paths from the root of the repository). */
export function isStale(made, inputs) {
  const status = statSync(made, { throwIfNoEntry: false });
  return !status || inputs.some((input) => newest(join(root, input)) > status.mtimeMs);
}
