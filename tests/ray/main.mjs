// `npm run test:ray [-- VENV]`: wasm/ray against one process. Ray comes from PyPI into an environment outside of the repository, which
// is made where there is none; the test starts it and ends it.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../wasm/setup/paths.mjs';
import { run, runHere } from '../../wasm/setup/run.mjs';
import { main, say } from '../../wasm/setup/say.mjs';
import { setUp } from '../../wasm/setup/setup.mjs';
import { buildLibrary } from '../../wasm/tasks/library.mjs';

const photos = 200;
const ray = 'ray[data]==2.60.0';

async function environment(folder) {
  const python = join(folder, 'bin/python');
  if (!existsSync(python)) {
    say(`Installing ${ray} into ${folder}`);
    await run('python3', ['-m', 'venv', folder]);
  }
  await run(python, ['-m', 'pip', 'install', '--quiet', ray]);
  return python;
}

/** Of stripes, each number others. */
async function makePhotos(folder) {
  const { default: sharp } = await import('sharp');
  await mkdir(folder);
  for (let i = 0; i < photos; i++) {
    const levels = Uint8Array.from({ length: 40 * 32 * 3 }, (_, index) => (index * (i + 3)) % 256);
    await sharp(levels, { raw: { width: 40, height: 32, channels: 3 } })
      .png()
      .toFile(join(folder, `${i}.png`));
  }
}

await main(async () => {
  await setUp();
  await buildLibrary();
  const python = await environment(process.argv[2] ?? join(tmpdir(), 'smoothgrad-ray-venv'));
  const folder = await mkdtemp(join(tmpdir(), 'smoothgrad-ray-'));
  try {
    await makePhotos(join(folder, 'photos'));
    process.exitCode = await runHere(python, [join(root, 'tests/ray/test_ray.py'), '-v'], {
      cwd: folder,
      env: {
        ...process.env,
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONPATH: join(root, 'wasm/ray'),
        SMOOTHGRAD: join(root, 'dist/smoothgrad/cli.js'),
        SMOOTHGRAD_MODEL: join(root, 'tests/reference/plain/model.onnx'),
      },
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
