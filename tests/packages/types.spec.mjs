// The package's types: resolved as every kind of project resolves them, and the element's in the templates of frameworks.
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { root } from '../../wasm/setup/paths.mjs';
import { makeProject, packedFiles, runIn } from './project.mjs';

test('are the types wrong', async () => {
  const folder = await makeProject({ name: 'attw', install: { '@arethetypeswrong/cli': '0.18.5' }, overlay: [] });
  for (const file of packedFiles()) {
    const entries = [
      '--exclude-entrypoints',
      './custom-elements.json',
      './worker.js',
      './train_worker.js',
      './efficientnet-lite0.onnx',
      './squeezenet.onnx',
    ];
    await runIn(folder, ['attw', file, '--profile', 'esm-only', '--no-emoji', ...entries]);
  }
});

test('templates of React, Solid, Svelte and Vue', async () => {
  const install = { '@types/react': '19.3.3', react: '19.3.1', 'solid-js': '1.9.20', svelte: '5.57.3', vue: '3.5.45' };
  const folder = await makeProject({ name: 'types', install, overlay: ['types'] });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  expect(await runIn(folder, [process.execPath, tsc, '-p', '.', '--pretty', 'false'])).toMatchObject({ code: 0 });
});
