// How the tests of this folder are run: arguments for Node.
import { join } from 'node:path';
import { root } from '../../wasm/setup/paths.mjs';

/** `word`: of the names of the tests; `@fast` are the most used tools. */
export const playwright = (word = '') => {
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  return [cli, 'test', '--config', 'tests/packages', '--reporter=list', ...(word ? ['--grep', word] : [])];
};
