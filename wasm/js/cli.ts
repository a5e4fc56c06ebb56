#!/usr/bin/env node
// The command line: declares commands and options; what they do is in commands/.
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { number, seed, shape } from './cli/arguments.js';
import { bench } from './cli/bench.js';
import { classify } from './cli/classify.js';
import { explain } from './cli/explain.js';
import { noise } from './cli/noise.js';
import { partNames, study } from './cli/study.js';
import { tensor } from './cli/tensor.js';
import { complain, exitCodeOf, exitCodes } from './cli/terminal.js';

const shippedModel = 'efficientnet-lite0';
const photoHelp = 'PNG, JPEG or WebP files';
const modelHelp = "a shipped model's name or an ONNX file";
const classHelp = "a class's number or name";

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

/** Options that draw samples, the same for `explain` and `tensor`. */
const withSampling = (command: Command) =>
  command
    .option('--rule <rule>', "gradient, guided or deconvnet, instead of the method's own")
    .option('--times-input', 'multiply the attribution by the input')
    .option('--noise <level>', 'sigma as a fraction of max(x) - min(x); default: 0.15', number)
    .option('--sigma <level>', 'sigma itself, instead of --noise', number)
    .option('--samples <n>', 'noisy samples; default: 50', number)
    .option('--seed <n>', 'of the noise; default: 0', seed)
    .option('--first-sample <k>', 'number of the first sample; default: 0', number)
    .option('--antithetic', 'noise in pairs e, -e')
    .option('--clean-last', 'the last sample has no noise')
    .option('--steps <n>', 'of the line of Integrated Gradients; default: 32', number)
    .option('--baseline <name>', 'where that line begins: zero (default), black, blurred')
    .option('--reduction <name>', "mean, mean-square, variance or mean-absolute of the samples; default: the method's")
    .option('--threads <n>', 'lanes; default: the cores, at most 8', number);

const program = new Command('smoothgrad')
  .description('SmoothGrad and its relatives: which pixels a class depends on')
  .version((JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { version: string }).version)
  .configureOutput({
    outputError: (text, out) =>
      out(
        `smoothgrad: ${text
          .replace(/^error: /, '')
          .trim()
          .replaceAll('\n', ' ')}\n`,
      ),
  })
  .exitOverride();

program
  .command('classify')
  .description('the most probable classes of each photo')
  .argument('<photo...>', photoHelp)
  .option('--model <model>', modelHelp, shippedModel)
  .option('--top <n>', 'classes to list', number, 5)
  .option('--json', 'a line of JSON for each photo')
  .action(action(classify));

withSampling(
  program
    .command('explain')
    .description('the attribution map of each photo, as PNG')
    .argument('<photo...>', photoHelp)
    .option('-o, --output <path>', 'file, folder or pattern with {name}; default: {name}-smoothgrad.png')
    .option('--model <model>', modelHelp, shippedModel)
    .option('--method <name>', 'default: smoothgrad; also grad-cam, occlusion; see the list that a wrong name prints')
    .option('--layer <name>', 'of grad-cam; default: the last; see the list that a wrong name prints')
    .option('--size <pixels>', 'of the square of occlusion; default: 32', number)
    .option('--stride <pixels>', 'from one square to the next; default: half its size', number)
    .option('--randomised-layers <n>', 'give the last n layers random weights: the map must change', number)
    .option('--randomisation-seed <n>', 'of those weights; default: 0', seed)
    .option('--convention <name>', "another tool's defaults: paper, pair, captum, zennit, tf-keras-vis")
    .option('--target <class>', `${classHelp}; default: the most probable`)
    .option('--versus <class>', `${classHelp}; explains the difference of the two`)
    .option('--difference <name>', 'gradient (default; of the two scores) or scaled (the two maps, each from 0 to 1)')
    .option('--until-error <e>', 'stop at this relative error', number)
    .option('--until-ms <t>', 'stop after this running time, in milliseconds', number)
    .option('--view <view>', 'map, overlay, mask, product, or all in one picture', 'map')
    .option('--colours <name>', 'grey (default), viridis, inferno, diverging (default for a map with signs)')
    .option('--channels <name>', 'sum-abs (default), max-abs, signed-sum')
    .option('--magnitude <name>', 'plain (default), corrected for noise, or significance')
    .option('--window <pixels>', 'pool the squared map over this many pixels; default: 0', number)
    .option('--percentile <p>', 'of the map that is drawn brightest; default: 99', number)
    .option('--raw <path>', 'the map as .npy, [H, W]')
    .option('--attribution <path>', 'the attribution as .npy, [1, C, H, W]')
    .option('--save <path>', 'everything computed, to be merged')
    .option('--merge <path...>', 'add the samples of saved runs')
    .option('--json', 'a line of JSON for each photo'),
).action(action(explain));

withSampling(
  program
    .command('tensor')
    .description('logits, gradients and attributions of raw .npy tensors (float32, NCHW)')
    .argument('<model>', modelHelp)
    .requiredOption('--input <x.npy>', 'the normalised input')
    .option('--output <y.npy>', 'write the logits')
    .option('--target <class>', classHelp)
    .option('--versus <class>', `${classHelp}; of the difference of the two`)
    .option('--difference <name>', "gradient (default; of the two scores); explain's scaled is of maps, not of tensors")
    .option('--gradient <g.npy>', "write the gradient of the target's logit")
    .option('--method <name>', "write this method's attribution as --gradient"),
).action(action(tensor));

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
  .argument('<photo...>', photoHelp)
  .option('-o, --output <path>', 'JSON file; default: study.json')
  .option('--only <parts>', `some of ${partNames.join(',')}; default: all`)
  .option('--merge-into <study.json>', 'replace those parts in this file')
  .option('--quick', 'few samples: to see that it works')
  .option('--pictures <folder>', 'write example maps there, as WebP')
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
  if (error.code !== 'EPIPE') complain(error);
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed);
});

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
