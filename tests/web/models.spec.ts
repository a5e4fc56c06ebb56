// The first page with the other models that come with it.
import { meansOfChannels, meansWithData } from '../node/support/onnx.mjs';
import { checkAxe, converged, expect, fingerprint, hand, overflowing, test } from './fixtures.js';

test('a digit model: chosen from the menu, with digits to explain, and back', async ({ page, site }) => {
  await site.open('samples=3');
  await converged(page, 3);
  const menu = page.getByRole('combobox', { name: 'Model' });
  await expect(menu).toHaveValue('efficientnet-lite0');
  await menu.selectOption('mnist-noise-20');
  await expect(page.locator('#subject')).toHaveText('4');
  await expect(page).toHaveURL(/model=mnist-noise-20/);
  await expect(menu).toHaveValue('mnist-noise-20');
  await expect(page.locator('#photo-caption')).toHaveText(/28 × 28/);
  await expect(page.locator('#samples button')).toHaveCount(5);
  const four = await fingerprint(page);

  await page.getByRole('button', { name: 'A handwritten seven, white on black' }).click();
  await expect(page.locator('#subject')).toHaveText('7');
  await expect.poll(() => fingerprint(page)).not.toBe(four);
  await page.getByRole('combobox', { name: 'Model' }).selectOption('efficientnet-lite0');
  await expect(page.locator('#subject')).toHaveText(/missile|projectile/);
  await expect(page).not.toHaveURL(/mnist/);
});

test('what is shown of a method suits the size of the model', async ({ page, site }) => {
  await site.open('model=mnist-noise-20&photo=digit-4&method=occlusion');
  await expect(page.locator('#count')).toHaveText(/^(\d+) of \1 squares$|^One map/);
  await expect(page.locator('#notice')).toBeHidden();
  await page.getByText('Method in detail').click();
  await expect(page.locator('#size-value')).toHaveText('28 px');
  await expect(page.locator('#size')).toHaveAttribute('max', '28');
  await page.locator('#size').fill('8');
  await expect(page).toHaveURL(/size=8/);
  await expect(page.locator('#count')).toHaveText(/^(\d+) of \1 squares$/);
  await page.locator('#size').fill('28');
  await expect(page).not.toHaveURL(/size=/);
});

test('an address that names no model says which there are', async ({ page, site }) => {
  await site.open('model=mnist-noise-99');
  await expect(page.locator('#notice-text')).toHaveText(/mnist-noise-99.*efficientnet-lite0, squeezenet, mnist-noise-0/);
});

test('an ONNX file that is dropped is kept in this browser, until it is removed', async ({ page, site }) => {
  await site.open('samples=3');
  await converged(page, 3);
  await hand(page, 'drop', { name: 'my digits.onnx', from: site.asset('mnist-noise-10.onnx') });
  await page.getByRole('button', { name: 'Use this model' }).click();
  const menu = page.getByRole('combobox', { name: 'Model' });
  await expect(menu.locator('option:checked')).toHaveText('MNIST, trained with 10 % noise');
  await expect(page.locator('#subject')).toHaveText('4');
  await expect(page.locator('#link-words')).toHaveText(/Your network is in no link/);
  await page.reload();
  await expect(page.locator('#subject')).toHaveText('4');

  await page.getByRole('button', { name: 'Remove this one from the browser' }).click();
  await expect(menu).toHaveValue('efficientnet-lite0');
  await expect(menu.locator('option')).toHaveCount(6);
});

test('an ONNX file that is none is refused, and the model stays', async ({ page, site }) => {
  await site.open('samples=3');
  await converged(page, 3);
  await hand(page, 'drop', { name: 'broken.onnx', bytes: [1, 2, 3] });
  await expect(page.locator('#notice-text')).toHaveText(/“broken.onnx” could not be opened: .*ONNX.*The model is as it was/);
  await expect(page).not.toHaveURL(/own-/);
  await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue('efficientnet-lite0');
});

test('one output behind a Sigmoid is two classes, whose maps are opposites', async ({ page, site }) => {
  const metadata = { 'smoothgrad.std': '255', 'smoothgrad.classes': 'red' };
  const after = [{ op: 'Sigmoid', reads: ['scores'], makes: 'y' }];
  // A map that is the same everywhere is drawn as nothing.
  const before = [{ op: 'MaxPool', reads: ['x'], makes: 'most', kernel_shape: [2, 2], strides: [2, 2] }];
  const bytes = [...meansOfChannels([[3, 1, 1]], { input: [1, 3, 32, 32], metadata, before, reads: 'most', after })];
  await site.open();
  await hand(page, 'drop', { name: 'red.onnx', bytes });
  await page.getByRole('button', { name: 'Use this model' }).click();
  await expect(page).toHaveURL(/own-/);
  await page.goto(`${page.url()}&samples=3&channels=signed-sum`);
  const classes = page.locator('#classes li');
  await expect(classes).toHaveText([/^red[5-9]\d/, /^not red[1-4]?\d\D/]);
  await converged(page, 3);
  const is = await fingerprint(page);
  await classes.getByRole('button').nth(1).click();
  await expect(page.locator('#subject')).toHaveText('not red');
  await expect.poll(() => fingerprint(page)).not.toBe(is);
});

test.describe('a model whose weights are in a file beside it', () => {
  const metadata = { 'smoothgrad.name': 'Two files', 'smoothgrad.std': '255', 'smoothgrad.classes': 'red\nblue' };
  const more = { input: [1, 3, 32, 32], metadata };
  const reddish = [
    [1, 0, 0],
    [0, 0, 1],
  ];
  const { onnx, data } = meansWithData(reddish, 'net.onnx.data', more);
  const both = [
    { name: 'net.onnx.data', bytes: [...data] },
    { name: 'net.onnx', bytes: [...onnx] },
  ];

  test('is opened by a drop of both, and kept with it', async ({ page, site }) => {
    await site.open('samples=3');
    await converged(page, 3);
    await hand(page, 'drop', both.slice(1));
    await expect(page.locator('#notice-text')).toHaveText(
      "“net.onnx” could not be opened: its weights are in another file, 'net.onnx.data': give that file with it. " +
        'Drop or choose all of them together. The model is as it was.',
    );
    await expect(page).not.toHaveURL(/own-/);

    await hand(page, 'drop', both);
    await page.getByRole('button', { name: 'Use this model' }).click();
    const menu = page.getByRole('combobox', { name: 'Model' });
    await expect(menu.locator('option:checked')).toHaveText('Two files');
    await expect(page.locator('#classes li')).toHaveCount(2);
    await page.reload();
    await expect(page.locator('#subject')).toHaveText(/^(red|blue)$/);
    await expect(page.locator('#notice')).toBeHidden();
  });

  test('is opened by a choice of both', async ({ page, site }) => {
    await site.open('samples=3');
    await converged(page, 3);
    const files = both.map(({ name, bytes }) => ({ name, mimeType: '', buffer: Buffer.from(bytes) }));
    await page.locator('#model-file').setInputFiles(files);
    await page.getByRole('button', { name: 'Use this model' }).click();
    await expect(page.locator('#subject')).toHaveText(/^(red|blue)$/);
  });

  test('is read from an address, the file from beside it', async ({ page, site }) => {
    await page.route('**/far/net.onnx', (route) => route.fulfill({ body: Buffer.from(onnx) }));
    await page.route('**/far/net.onnx.data', (route) => route.fulfill({ body: Buffer.from(data) }));
    await site.open(`model=${encodeURIComponent(site.at('far/net.onnx'))}&samples=3`);
    await expect(page.locator('#subject')).toHaveText(/^(red|blue)$/);
  });
});

test('an address of a model at another site is not asked for, whoever sends such a link', async ({ page, site }) => {
  await site.open(`model=${encodeURIComponent('https://elsewhere.example/net.onnx')}&samples=3`);
  await converged(page, 3);
  await expect(page.getByRole('combobox', { name: 'Model' }).locator('option:checked')).toHaveText(/EfficientNet/);
});

test('what is known of a model is below its menu, and why a map is empty below the map', async ({ page, site }) => {
  await site.open('samples=9');
  await converged(page, 9);
  await expect(page.locator('#model-notes')).toBeHidden();
  const blind = [
    [1, 0, 0],
    [0, 0, 0],
  ];
  const metadata = { 'smoothgrad.classes': 'red\nblind\none too many' };
  const bytes = [...meansOfChannels(blind, { input: [-1, 3, -1, -1], metadata })];
  await hand(page, 'drop', { name: 'open.onnx', bytes });
  await page.getByRole('button', { name: 'Use this model' }).click();
  const notes = page.locator('#model-notes li');
  const words = [/224 x 224 is used/, /names 3 classes, the network has 2/, /does not say how its photos/];
  await expect(notes).toHaveText(words);
  await expect(page.locator('#subject')).toHaveText('class 0');
  await expect(page.locator('#classes li')).toHaveCount(2);
  await expect(page.locator('#map-note')).toBeHidden();
  await page.locator('#classes button').nth(1).click();
  await expect(page.locator('#map-note')).toHaveText(/^The gradient is zero everywhere: the class has no weights of its own/);
  await checkAxe(page);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await overflowing(page)).toEqual([]);
  await page.locator('#classes button').nth(0).click();
  await expect(page.locator('#map-note')).toBeHidden();

  const { searchParams } = new URL(page.url());
  for (const other of ['compare.html', 'pair.html']) {
    await site.open(`model=${searchParams.get('model')}&samples=1`, other);
    await expect(notes).toHaveText(words);
    await checkAxe(page);
    expect(await overflowing(page)).toEqual([]);
  }
});

test('a network that is not kept here says so', async ({ page, site }) => {
  await site.open('model=own-12345678');
  await expect(page.locator('#notice-text')).toHaveText(/not kept in this browser/);
});

/** A seven in dark ink on paper that is darker towards the right, drawn small, off the middle. */
const sevenOnPaper = () => {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 600, height: 800 });
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const paper = context.createLinearGradient(0, 0, 600, 0);
  paper.addColorStop(0, '#e8e4da');
  paper.addColorStop(1, '#c9c2b4');
  context.fillStyle = paper;
  context.fillRect(0, 0, 600, 800);
  context.strokeStyle = '#22304a';
  context.lineWidth = 18;
  context.lineJoin = context.lineCap = 'round';
  context.stroke(new Path2D('M140 180 L300 172 L215 430'));
  return new Promise<number[]>((resolve) => {
    canvas.toBlob(async (blob) => resolve([...new Uint8Array((await blob?.arrayBuffer()) ?? [])]), 'image/jpeg');
  });
};

for (const model of ['mnist-noise-0', 'mnist-noise-20']) {
  test(`a photo of a digit on paper is read by ${model}`, async ({ page, site }) => {
    await site.open(`model=${model}&photo=digit-4&samples=3`);
    await converged(page, 3);
    await hand(page, 'drop', { name: 'seven.jpg', bytes: await page.evaluate(sevenOnPaper) });
    await expect(page.locator('#subject')).toHaveText('7');
    // White on black, as it learnt.
    const corner = await page.locator('#photo').evaluate((canvas) => {
      const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 28, 28).data;
      return data && [...data.subarray(0, 3), Math.max(...data.filter((_, i) => i % 4 === 0))];
    });
    expect(corner?.slice(0, 3)).toEqual([0, 0, 0]);
    expect(corner?.[3]).toBeGreaterThan(220);
  });
}
