// The benchmark's command line.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { library } from '../../wasm/setup/paths.mjs';
import { Problem } from '../../wasm/setup/say.mjs';

const parts = ['samples', 'layers', 'memory', 'mnist', 'page'];

const help = `npm run bench -- [options]
  --browser          in Chromium (CHROMIUM names another one than /usr/bin/chromium) instead of Node
  --rounds N         turns that each contender gets; default 10
  --cold             instead: in Chromium, from opening the first page to its first map on a slow line, and each request
  --site FOLDER      with --cold: another built site; default: this one, built first
  --plain            with --cold: a page with nothing but the tag, beside the package (--package) in the folder that it was built into
  --quick            few short rounds, one thread: does it work?
  --threads N        up to so many; default: the cores, at most 8
  --only PART,...    of ${parts.join(', ')} (page: with --browser, without --package); with --models: names of networks
  --python VENV      in Node: PyTorch and captum, as far as this venv has torch, onnx and captum
  --models FOLDER    instead: every network (*.onnx) in it, in Node on one thread; with --python, which then has to have torchvision
                     and timm, those that are called as there in PyTorch and onnxruntime too
  --export           with --models and --python: a network of each family is written there first
  --peers            with --models: TensorFlow.js and ONNX Runtime Web too, in those whose operators their gradient graphs have
  --beside FOLDER    with --models: a build of the npm package to take turns with
  --package FOLDER   another build of the npm package; default: this one, built first
  --json FILE        everything that was measured
  --markdown FILE    the tables, which are printed in any case`;

const thorough = { rounds: 10, roundMs: 400, warmUpMs: 1500, profilePasses: 40 };
/** Each takes half a minute. */
const coldRounds = 3;
const quick = { rounds: 2, roundMs: 100, warmUpMs: 300, profilePasses: 4 };

function parse(args) {
  const text = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  const names = {
    rounds: text,
    threads: text,
    only: text,
    python: text,
    package: text,
    json: text,
    markdown: text,
    models: text,
    beside: text,
    site: text,
  };
  try {
    const flags = { browser: flag, cold: flag, export: flag, peers: flag, plain: flag, quick: flag, help: flag };
    return parseArgs({ args, options: { ...names, ...flags } }).values;
  } catch (error) {
    throw new Problem(`${error.message.split('. ')[0]}; npm run bench -- --help lists them`);
  }
}

function whole(name, value, otherwise) {
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 1e6)
    throw new Problem(`--${name} must be a whole number from 1, not ${value}`);
  return number;
}

/** -> undefined after --help, else {browser, python, packageFolder, json, markdown, settings}. */
export function readOptions(args) {
  const values = parse(args);
  if (values.help) return console.log(help);
  const only = values.only?.split(',') ?? [];
  const unknown = values.models === undefined && only.find((part) => !parts.includes(part));
  if (unknown) throw new Problem(`--only knows ${parts.join(', ')}, not ${unknown}`);
  if (values.models !== undefined && values.browser) throw new Problem('--models measures in Node, not with --browser');
  if (values.beside !== undefined && values.models === undefined) throw new Problem('--beside goes with --models');
  if (values.peers && values.models === undefined) throw new Problem('--peers goes with --models');
  if (values.export && (values.models === undefined || values.python === undefined))
    throw new Problem('--export goes with --models and --python');
  if (values.site !== undefined && !values.cold) throw new Problem('--site goes with --cold');
  if (values.plain && !values.cold) throw new Problem('--plain goes with --cold');
  const base = values.quick ? quick : thorough;
  const most = whole('threads', values.threads, values.quick ? 1 : Math.min(8, availableParallelism()));
  const threads = [1, 2, 4, 8, 16, 32].filter((count) => count < most).concat(most);
  return {
    browser: values.browser,
    cold: values.cold,
    site: values.site,
    plain: values.plain,
    python: values.python,
    models: values.models,
    beside: values.beside,
    withExport: values.export,
    withPeers: values.peers,
    packageFolder: values.package,
    defaultPackage: library,
    json: values.json,
    markdown: values.markdown,
    settings: { ...base, rounds: whole('rounds', values.rounds, values.cold ? coldRounds : base.rounds), threads, only },
  };
}
