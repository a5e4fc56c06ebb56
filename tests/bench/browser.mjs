// `npm run bench -- --browser`: the same harness in Chromium, on a page that is cross-origin isolated, so that all have threads.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { rolldown } from 'rolldown';
import { preview } from 'vite';
import { build } from '../../wasm/setup/paths.mjs';
import { launchOptions } from './chromium.mjs';
import { measureFirstMap } from './first_map.mjs';
import { folder, modelFile, referenceFiles, shape, target } from './inputs.mjs';
import { measureLongestTask } from './longest_task.mjs';

const served = join(build, 'bench');
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const peerAssets = [
  'onnxruntime-web/dist/ort-wasm-simd-threaded.mjs',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm',
];

async function assemble(packageFolder) {
  await rm(served, { recursive: true, force: true });
  await mkdir(join(served, 'peers'), { recursive: true });
  const bundle = await rolldown({
    input: { page: join(folder, 'page.mjs'), worker: join(folder, 'peers/worker.mjs') },
    external: [/^node:/],
    platform: 'browser',
    logLevel: 'silent',
  });
  await bundle.write({ dir: served, format: 'esm', entryFileNames: '[name].js' });
  for (const asset of peerAssets) await cp(join(folder, 'node_modules', asset), join(served, 'peers', asset.split('/').at(-1)));
  await cp(packageFolder, join(served, 'smoothgrad'), { recursive: true });
  await cp(modelFile, join(served, 'model.onnx'));
  for (const [name, file] of Object.entries(referenceFiles)) await cp(file, join(served, `${name}.npy`));
  await writeFile(
    join(served, 'index.html'),
    '<!doctype html><title>Benchmark</title><script type="module" src="page.js"></script>\n',
  );
}

/** withSite: dist/site is there, and its main page is measured too. */
export async function measureInBrowser({ packageFolder, withSite, settings, say }) {
  await assemble(packageFolder);
  const server = await preview({
    configFile: false,
    appType: 'mpa',
    logLevel: 'error',
    build: { outDir: served },
    preview: { port: 0, headers },
  });
  const browser = await chromium.launch(launchOptions);
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => say(`page: ${error.message}`));
    await page.exposeFunction('say', say);
    await page.goto(server.resolvedUrls.local[0]);
    await page.waitForFunction(() => 'bench' in window);
    const description = { machine: cpus()[0].model.trim(), cores: cpus().length, runtime: `Chromium ${browser.version()}` };
    const results = await page.evaluate((task) => window.bench(task), { settings, description, target, shape });
    await page.close();
    if (withSite && (settings.only.length === 0 || settings.only.includes('page'))) {
      say('the first map of a dropped photo');
      results.firstMap = await measureFirstMap(browser, settings);
      say('the longest task of the page');
      results.longestTask = await measureLongestTask(browser, settings);
    }
    return results;
  } finally {
    await browser.close();
    await server.close();
  }
}
