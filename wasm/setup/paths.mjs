// Where things are: the repository, and the set-up folder (SMOOTHGRAD_TOOLS, or .tools in the repository).
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const tools = resolve(process.env.SMOOTHGRAD_TOOLS || join(root, '.tools'));
export const emscripten = join(tools, 'emscripten');
export const lint = join(tools, 'lint');
export const sources = join(tools, 'src');
export const build = join(root, 'build');
export const site = join(root, 'dist/site');
export const library = join(root, 'dist/smoothgrad');
/** Each holds one photo model. */
export const modelLibraries = ['efficientnet-lite0', 'squeezenet'].map((name) => join(root, `dist/smoothgrad-${name}`));
