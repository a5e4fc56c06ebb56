// `npm run bench:batch [-- --samples 16 --lanes 2 --photos 40 --rounds 5]`: photos a second through `smoothgrad batch` beside pure
// compute (one look and the samples, nothing read), in turns; its memory; and what 50,000 photos at 50 samples would take.
import { parseArgs } from 'node:util';
import { main, say, sayPassing } from '../../../wasm/setup/say.mjs';
import { setUp } from '../../../wasm/setup/setup.mjs';
import { buildLibrary } from '../../../wasm/tasks/library.mjs';
import { pureLanes, warmBatch } from './measure.mjs';
import { plan } from './plan.mjs';

const text = (value) => ({ type: 'string', default: String(value) });
const { values } = parseArgs({ options: { samples: text(16), lanes: text(2), photos: text(40), rounds: text(5) } });
const [samples, lanes, photos, rounds] = ['samples', 'lanes', 'photos', 'rounds'].map((name) => Number(values[name]));

const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const mega = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;

await main(async () => {
  await setUp();
  await buildLibrary();
  say('Measuring; close what else is running');
  const batch = warmBatch({ lanes, samples });
  const pure = await pureLanes({ lanes, samples });
  await batch.ask(4 * lanes);
  const measured = [];
  for (let round = 0; round < rounds; round++) {
    const computed = await pure.ask(photos);
    const { seconds, memory } = await batch.ask(photos);
    measured.push({ computed, seconds, share: computed / seconds, memory });
    sayPassing(`round ${round + 1} of ${rounds}: ${((100 * computed) / seconds).toFixed(1)} % of pure compute`);
  }
  await Promise.all([batch.end(), pure.end()]);
  const least = (key) => Math.min(...measured.map((each) => each[key]));
  const perPhoto = (least('seconds') * lanes) / photos;
  console.log(`${lanes} lanes, ${samples} samples a photo, ${photos} photos a round, ${rounds} rounds in turns`);
  console.log(`pure compute ${(photos / least('computed')).toFixed(2)} photos/s`);
  console.log(`smoothgrad batch ${(photos / least('seconds')).toFixed(2)} photos/s`);
  console.log(
    `share: ${(100 * middle(measured.map(({ share }) => share))).toFixed(1)} % (middle), ${((100 * least('computed')) / least('seconds')).toFixed(1)} % (best against best)`,
  );
  console.log(`memory after each round: ${measured.map(({ memory }) => mega(memory)).join(', ')}`);
  // Look, decoding and the rest are there once a photo; a look is about a third of a sample.
  const perSample = (least('computed') * lanes) / photos / (samples + 1 / 3);
  console.log(`\nAt 50 samples:\n${plan({ secondsPerPhoto: perPhoto + (50 - samples) * perSample })}`);
});
