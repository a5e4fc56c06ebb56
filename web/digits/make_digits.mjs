// Makes train.bin and test.bin of MNIST: `node web/digits/make_digits.mjs`. Classes take turns, each with its digits in the order
// of the original; a file is gzip of n label bytes and then n x 784 pixel bytes. The same bytes for the same zlib.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import { installMnist } from '../../models/mnist/install.mjs';
import { main, say } from '../../wasm/setup/say.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const pixels = 784;
const classes = 10;

/** `count` digits, digit i of class i % 10. */
function take(images, labels, count) {
  const numbers = Array.from({ length: classes }, () => []);
  labels.forEach((label, i) => {
    numbers[label].push(i);
  });
  const chosen = Array.from({ length: count }, (_, i) => numbers[i % classes][Math.floor(i / classes)]);
  return Buffer.concat([
    Buffer.from(chosen.map((i) => labels[i])),
    ...chosen.map((i) => images.subarray(i * pixels, (i + 1) * pixels)),
  ]);
}

await main(async () => {
  const data = await installMnist();
  for (const [name, part, count] of [
    ['train', 'train', 10_000],
    ['test', 't10k', 1_000],
  ]) {
    const images = (await readFile(join(data, `${part}-images-idx3-ubyte`))).subarray(16);
    const labels = (await readFile(join(data, `${part}-labels-idx1-ubyte`))).subarray(8);
    const bytes = gzipSync(take(images, labels, count), { level: constants.Z_BEST_COMPRESSION });
    await writeFile(join(folder, `${name}.bin`), bytes);
    say(`${name}.bin: ${count} digits, ${bytes.length} bytes`);
  }
});
