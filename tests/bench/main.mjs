// `npm run bench`: the engine against its peers and against the machine's peak. See options.mjs for what can be asked.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { site } from '../../wasm/setup/paths.mjs';
import { main, say, sayPassing } from '../../wasm/setup/say.mjs';
import { setUp } from '../../wasm/setup/setup.mjs';
import { buildLibrary } from '../../wasm/tasks/library.mjs';
import { buildSite } from '../../wasm/tasks/site.mjs';
import { coldMarkdown } from './cold_report.mjs';
import { readNpy } from './graph/npy.mjs';
import { modelFile, referenceFiles, shape, target } from './inputs.mjs';
import { installPeers } from './install.mjs';
import { networksMarkdown } from './networks_report.mjs';
import { readOptions } from './options.mjs';
import { markdown } from './report.mjs';

async function measureInNode({ packageFolder, python, settings }) {
  const { measure } = await import('./harness.mjs');
  const { nodeEnvironment } = await import('./node.mjs');
  const [onnx, input, gradient] = await Promise.all(
    [modelFile, referenceFiles.input, referenceFiles.gradient].map((file) => readFile(file)),
  );
  const network = { name: 'efficientnet-lite0', onnx: new Uint8Array(onnx), input: readNpy(input), shape, target };
  return measure(await nodeEnvironment({ packageFolder, python }), network, readNpy(gradient), settings, sayPassing);
}

async function measureInChromium({ packageFolder, withSite, settings }) {
  const { measureInBrowser } = await import('./browser.mjs');
  return measureInBrowser({ packageFolder, withSite, settings, say: sayPassing });
}

async function measureModels({ packageFolder, models, beside, python, withExport, withPeers, settings }) {
  const { measureNetworks } = await import('./networks.mjs');
  const { nodeEnvironment } = await import('./node.mjs');
  const folders = beside ? [beside, packageFolder] : [packageFolder];
  const environments = [];
  for (const folder of folders) {
    const environment = await nodeEnvironment({ packageFolder: folder });
    environments.push({ ...environment, peers: withPeers ? environment.peers : [] });
  }
  return measureNetworks(environments, { folder: models, python, withExport }, settings, sayPassing);
}

async function measureCold({ site, plain, packageFolder, settings }) {
  const what = plain ? { folder: dirname(packageFolder), page: 'plain.html' } : { folder: site };
  const { measureColdStart } = await import('./cold_start.mjs');
  const { coldStart, ...environment } = await measureColdStart(what, settings, sayPassing);
  return { environment, settings, coldStart };
}

const ways = { models: measureModels, browser: measureInChromium, node: measureInNode, cold: measureCold };

const reports = { models: networksMarkdown, cold: coldMarkdown };

function wayOf({ models, browser, cold }) {
  if (models) return 'models';
  if (cold) return 'cold';
  return browser ? 'browser' : 'node';
}

await main(async () => {
  const options = readOptions(process.argv.slice(2));
  if (!options) return;
  const here = process.env.INIT_CWD ?? process.cwd();
  const way = wayOf(options);
  const inChromium = options.browser || options.cold;
  if (!options.packageFolder && !options.site) {
    await setUp();
    await (inChromium ? buildSite() : buildLibrary());
  }
  if (['browser', 'node'].includes(way) || options.withPeers) await installPeers();
  say(`Measuring ${inChromium ? 'in Chromium' : 'in Node'}; close what else is running`);
  const packageFolder = options.packageFolder ? resolve(here, options.packageFolder) : options.defaultPackage;
  const python = options.python && resolve(here, options.python);
  const [models, beside] = [options.models, options.beside].map((folder) => folder && resolve(here, folder));
  const task = {
    ...options,
    packageFolder,
    site: options.site ? resolve(here, options.site) : site,
    withSite: !options.packageFolder,
    python,
    models,
    beside,
  };
  const date = new Date().toISOString();
  const results = { date, ...(await ways[way](task)) };
  const text = (reports[way] ?? markdown)(results, date);
  console.log(text);
  if (options.markdown) await writeFile(resolve(here, options.markdown), text);
  if (options.json) await writeFile(resolve(here, options.json), `${JSON.stringify(results, null, 1)}\n`);
  process.exit(); // peers leave threads behind
});
