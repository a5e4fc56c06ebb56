#!/usr/bin/env node
// The command line: declares commands and options; what they do is in cli/.
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { number, seed, shape } from './cli/arguments.js';
import { measureNames } from './cli/batch/measures.js';
import { batch } from './cli/batch.js';
import { bench } from './cli/bench.js';
import { classify } from './cli/classify.js';
import { explain } from './cli/explain.js';
import { untilFlag } from './cli/explain_options.js';
import { withOptions } from './cli/flags.js';
import { merge } from './cli/merge.js';
import { modelHelp, shippedModel, withInputSize, withModel, withRandomisation } from './cli/model_flags.js';
import { noise } from './cli/noise.js';
import { plain } from './cli/plain.js';
import { partNames, study } from './cli/study.js';
import { tensor, tensorOptions } from './cli/tensor.js';
import { complain, exitCodeOf, exitCodes } from './cli/terminal.js';
import { writeError } from './cli/whole_file.js';

import { runOptions, untilOptions } from './options/table.js';

const reproducibleHelp = 'the plain SIMD build: the same bytes on every machine';
const photoHelp = 'PNG, JPEG or WebP files';

type Work = (...args: never[]) => Promise<number>;

/** Runs a command and makes its outcome the exit code. */
const action =
  (work: Work) =>
  async (...args: unknown[]) => {
    try {
      process.exitCode = await (work as (...args: unknown[]) => Promise<number>)(...args);
    } catch (error) {
      complain(error);
      process.exitCode = exitCodeOf(error);
    }
  };

const threadsOf = (command: Command) => command.option('--threads <n>', 'lanes; default: the cores, at most 8', number);

const program = new Command('smoothgrad')
  .description('SmoothGrad and its relatives: which pixels a class depends on')
  .version((JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string }).version)
  .configureOutput({
    outputError: (text, out) =>
      out(
        `smoothgrad: ${plain(
          text
            .replace(/^error: /, '')
            .trim()
            .replaceAll('\n', ' '),
        )}\n`,
      ),
  })
  .exitOverride();

const classifying = program
  .command('classify')
  .description('the most probable classes of each photo')
  .argument('<photo...>', photoHelp);
withModel(classifying)
  .option('--top <n>', 'classes to list, at most', number, 5)
  .option('--json', 'a line of JSON for each photo')
  .action(action(classify));

const { view: _, ...drawn } = runOptions;
const explaining = program
  .command('explain')
  .description('the attribution map of each photo, as PNG')
  .argument('<photo...>', photoHelp)
  .option('-o, --output <path>', 'file, folder or pattern with {name}; default: {name}-smoothgrad.png');
withRandomisation(withModel(explaining)).option('--view <name>', 'map, overlay, mask, product, or all in one picture', 'map');
withOptions(explaining, drawn);
withOptions(explaining, untilOptions, untilFlag);
threadsOf(explaining)
  .option('--raw <path>', 'the map as .npy, [H, W]')
  .option('--attribution <path>', 'the attribution as .npy, [1, C, H, W]')
  .option('--denoised <path>', 'the attribution, denoised, as .npy')
  .option('--denoised-variance <path>', 'how uncertain that is, the variance of each element, as .npy')
  .option('--save <path>', 'everything computed, to be merged')
  .option('--merge <path...>', 'add the samples of saved runs')
  .option('--reproducible', reproducibleHelp)
  .option('--json', 'a line of JSON for each photo')
  .action(action(explain));

const batching = program
  .command('batch')
  .description('photos by the thousand: a line of JSON for each, and files as wanted; done again, it does what is missing')
  .argument('[photo...]', 'photos, folders, or patterns in quotes, such as "photos/**/*.jpg"')
  .option('--list <file>', 'a path a line, or {"photo", "target"?, "id"?, ...} as JSON; - is standard input')
  .option('-o, --output <folder>', 'of results.jsonl and of files; without it, lines go to standard output')
  .option('--json', 'lines go to standard output as well')
  .option('--maps', 'the map of each photo, as PNG')
  .option('--attributions [type]', 'the attribution of each as .npy: float32, or float16')
  .option('--parquet', 'the results as a Parquet table, too')
  .option('--measures <names>', `some of ${measureNames.join(',')}`)
  .option('--shard <i/n>', 'the i-th of n shares, told by ids alone')
  .option('--reproducible', reproducibleHelp);
withRandomisation(withModel(batching));
withOptions(batching, runOptions);
withOptions(batching, untilOptions, untilFlag);
batching.option('--threads <n>', 'photos at once; default: the cores', number).action(action(batch));

program
  .command('merge')
  .description('results of shares as one file, the one that a single run would have written')
  .argument('<results...>', 'files that smoothgrad batch --shard wrote')
  .requiredOption('-o, --output <file>', 'lines of JSON, or a table where it ends in .parquet')
  .action(action(merge));

const tensors = program
  .command('tensor')
  .description('logits, gradients and attributions of raw .npy tensors (float32, NCHW)')
  .argument('<model>', modelHelp)
  .requiredOption('--input <x.npy>', 'the normalised input')
  .option('--output <y.npy>', 'write the logits')
  .option('--gradient <g.npy>', "write the gradient of the target's logit, or the attribution of --method");
withOptions(tensors, tensorOptions);
threadsOf(withInputSize(tensors)).action(action(tensor));

program
  .command('noise')
  .description('the standard-normal noise of one sample, as .npy')
  .requiredOption('--shape <sizes>', 'such as 1,3,224,224', shape)
  .option('--seed <n>', 'of the noise', seed, 0)
  .option('--sample <k>', 'number of the sample: 0, 1, ...', number, 0)
  .requiredOption('-o, --output <path>', '.npy file')
  .action(action(noise));

program
  .command('study')
  .description("the paper's questions, measured on photos, as JSON: noise, convergence, discrimination, combinations")
  .argument('[photo...]', `${photoHelp}; with --dataset also folders and patterns`)
  .option('-o, --output <path>', 'JSON file; default: study.json, of a data set dataset.json')
  .option('--only <parts>', `some of ${partNames.join(',')}; default: all`)
  .option('--merge-into <study.json>', 'replace those parts in this file')
  .option('--quick', 'few samples: to see that it works')
  .option('--pictures <folder>', 'write example maps there, as WebP')
  .option('--further <photos...>', 'photos on which the denoised map is measured, too')
  .option('--saved-runs <folder>', 'keep the longest runs there, and take those that are there already')
  .option(
    '--dataset <folder>',
    'RQ1 to RQ4 on photos by the thousand: figures of each are kept there, and become means with intervals',
  )
  .option('--list <file>', 'of a data set: a path a line, or {"photo", "group"?, "beside"?, ...} as JSON')
  .option('--shard <i/n>', 'of a data set: the i-th of n shares, told by ids alone')
  .option('--reproducible', `of a data set: ${reproducibleHelp}`)
  .option('--model <model>', modelHelp, shippedModel)
  .option('--seed <n>', 'of the noise', number, 0)
  .option('--threads <n>', 'lanes; default: the cores, at most 8', number)
  .action(action(study));

program
  .command('bench')
  .description('samples a second at 1 to T threads')
  .option('--model <model>', modelHelp, shippedModel)
  .option('--samples <n>', 'to measure', number, 50)
  .option('--threads <n>', 'most lanes to try', number)
  .option('--build <name>', 'simd, simd-threads, relaxed or relaxed-threads')
  .option('--json', 'one line of JSON')
  .action(action(bench));

// Whoever reads may have seen enough: `| head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') complain(writeError('standard output', error));
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed);
});
// Nobody is left to be told: the exit code does.
process.stderr.on('error', () => {});

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said what was wrong; asking for help is not wrong.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  else {
    complain(error);
    process.exitCode = exitCodeOf(error);
  }
}
