// The site in Japanese: chosen by the browser, by hand, kept, whole.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { meansOfChannels } from '../node/support/onnx.mjs';
import { checkAxe, expect, hand, overflowing, test } from './fixtures.js';

test.use({ locale: 'ja-JP' });

/** Each page, and what is there once everything on it has been said. */
const pages: Record<string, (page: Page) => Promise<void>> = {
  'guide.html': async (page) => {
    await page.locator('#copies-next').click();
    await expect(page.locator('#copies-words')).toHaveText(/2枚のコピーのうち/);
    await page.locator('#gate').scrollIntoViewIfNeeded();
    await expect(page.locator('#guided-random-words')).toHaveText(/\d/);
    await page.locator('#story-illusion').click();
    await expect(page.locator('#story-say')).toHaveText(/門になります/);
  },
  'lab.html?samples=2': async (page) => {
    await expect(page.locator('#count')).toHaveText('マップ1枚につき2サンプル');
    await page.locator('#train').click();
    await expect(page.locator('#learning-words')).toHaveText(/ステップ中/);
    await page.locator('#train').click();
    await page.locator('#keep').click();
    await expect(page.locator('.row.own')).toBeVisible();
  },
  'pair.html?samples=10': async (page) => {
    await expect(page.locator('#count')).toHaveText('10サンプル中10サンプル');
    await expect(page.locator('#smoothgrad .share strong')).toHaveText(/%/);
    for (const panel of await page.locator('main details.more').all()) await panel.locator('summary').click();
  },
  'index.html?samples=60': async (page) => {
    await expect(page.locator('#count')).toHaveText('60サンプル中60');
    await expect(page.locator('#verdict')).toHaveText(/信頼できます/);
    for (const panel of await page.locator('main details.more').all()) await panel.locator('summary').click();
    await page.locator('#test').click();
    await expect(page.locator('#test-words')).toHaveText(/。$/);
    await page.locator('#paint').click();
    await page.locator('#step').click();
    await expect(page.locator('#one-more')).toBeVisible();
    await page.locator('#play').focus();
    await page.keyboard.press('p');
    await expect(page.locator('#profile-words')).toHaveText(/GFLOP/);
    await page.keyboard.press('Escape');
    const bytes = [...meansOfChannels([[1, 0, 0]], { input: [1, 3, -1, -1] })];
    await hand(page, 'drop', { name: 'モデル.onnx', bytes });
    await expect(page.locator('#sheet-status')).toHaveText(/^1位は「クラス0」/);
    await page.locator('#sheet-labels').selectOption('own');
    await expect(page.locator('#sheet-problem')).toHaveText(/クラス名がまだありません/);
    for (const panel of await page.locator('#sheet details').all()) await panel.locator('summary').click();
  },
  'compare.html?samples=10&columns=noise&column=0+0.1&row=chelsea': async (page) => {
    await expect(page.locator('#count')).toHaveText('2マス中2マス');
    for (const panel of await page.locator('main details.more').all()) await panel.locator('summary').click();
  },
  'results.html': async (page) => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('論文の主張は成り立つのか');
    await expect(page.locator('.overview .verdict').first()).toHaveText(/支持/);
  },
};

/** What stays as it is: names, and the data set's names of classes. */
const asTheyAre = [
  /^.*\((CC0|CC BY|Public domain).*$/,
  /D\. Smilkov[^\p{Script=Han}]*/u,
  /Y\. LeCun.*CC BY-SA 3\.0/,
  /SmoothGrad: removing noise by adding noise/,
  /SmoothGrad|Guided BackProp|DeconvNet|Integrated Gradients|JavaScript|English|MNIST|ONNX|EfficientNet-Lite0|SqueezeNet 1\.1|(relaxed|simd)(-threads)?/g,
  /football helmet|bobsled/g,
  /[\d.]+ MB/g,
  /(Seo|Nie|Adebayo) et al\. 2018|npm run results|Node \d+\.\d+\.\d+|AMD EPYC|linux/g,
  /-Squared|VarGrad|Grad-CAM|Occlusion|Viridis|Inferno|Smilkov et al\. 2017|ImageNet|WebAssembly|GFLOP\/s/g,
  /PyTorch|timm|Keras|Caffe|MobileNetV2|VGG|ResNet-50|RGB|BGR|CSV|JSON|synset|opset|SHA-256|KB|mine\.onnx\.data|ResNet/g,
  /^[0-9a-f]{64}$|^\w+ \d+(, \w+ \d+)*$/,
  /PAIR saliency|smooth_grad|captum NoiseTunnel|zennit|tf-keras-vis|Saliency|Shift|Backspace|\.npy|\.json|float32/g,
  /SSIM|Node\b|‖SE‖|SE\b|SG\b|deletion|insertion|efficientnet-lite0|mnist-noise-\d+/g,
];
const classes = readFileSync('models/imagenet_classes.txt', 'utf8')
  .trim()
  .split('\n')
  .sort((a, b) => b.length - a.length);

/** All that the page says, to eyes or to a screen reader. */
const sayings = (page: Page) =>
  page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) =>
        node.parentElement?.closest('script, noscript, math, pre, [lang=en], .uplot, #profile tbody, #layer')
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_ACCEPT,
    });
    const said = new Set([document.title]);
    while (texts.nextNode()) said.add(texts.currentNode.textContent?.trim() ?? '');
    for (const node of document.querySelectorAll('body *:not(#profile *, [lang=en], [lang=en] *)')) {
      for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'])
        said.add(node.getAttribute(name) ?? '');
    }
    return [...said];
  });

function leftInEnglish(saying: string): boolean {
  let rest = saying;
  for (const known of asTheyAre) rest = rest.replaceAll(new RegExp(known, 'gu'), '');
  for (const name of classes) rest = rest.replaceAll(name, '');
  return /[A-Za-z]{2}/.test(rest);
}

for (const [file, settled] of Object.entries(pages)) {
  test(`${file} is Japanese throughout`, async ({ page, site }) => {
    const [name, search] = file.split('?');
    await site.open(search, name);
    await settled(page);
    await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
    await expect(page.locator('link[rel=manifest]')).toHaveAttribute('href', './manifest.ja.webmanifest');
    expect((await sayings(page)).filter(leftInEnglish)).toEqual([]);
    for (const [width, colorScheme] of [
      [1280, 'light'],
      [390, 'dark'],
      [320, 'light'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      // Without transitions a colour is at once what it becomes.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await checkAxe(page);
      expect(await overflowing(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}

test('the language is the browser’s, until another is chosen, which is kept', async ({ page, site }) => {
  await site.open('copy=3&along=0.5#line', 'guide.html');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('ノイズを加えて、ノイズを消す');
  const { href } = new URL(page.url());
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Removing noise by adding noise');
  expect(page.url()).toBe(href);
  await expect(page.locator('#copy-value')).toHaveText('3 of 50');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.locator('#copy-value')).toHaveText('3/50枚目');
});

test('an address can ask for a language; a choice is stronger', async ({ page, site }) => {
  await site.open('lang=en', 'guide.html');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: '日本語' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  expect(new URL(page.url()).searchParams.has('lang')).toBe(false);
});

test.describe('texts that cannot be had', () => {
  test.use({ expected: /404/ });

  test('leave the page in English', async ({ page, site }) => {
    await page.route('**/assets/ja-*.json', (route) => route.fulfill({ status: 404 }));
    await site.open('', 'guide.html');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Removing noise by adding noise');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.locator('#copy-value')).toHaveText('1 of 50');
  });
});

test.describe('a browser that speaks neither', () => {
  test.use({ locale: 'fr-FR' });

  test('gets English, and loads no other texts', async ({ page, site }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await site.open('', 'guide.html');
    await expect(page.locator('#subject')).toHaveText('tripod');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    expect(asked.filter((address) => address.includes('/ja-'))).toEqual([]);
  });
});
