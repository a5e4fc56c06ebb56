// The site without a network, and how it is kept: on hosts with and without headers, below a path.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { assetOf, siteFolder } from './assets.js';
import { converged } from './fixtures.js';
import { expect, kept, path, storedOf, test, visit } from './kept_site.js';

/** What each page shows once it works. */
const works: Record<string, (page: Page) => Promise<void>> = {
  '?samples=3&photo=coffee': (page) => converged(page, 3),
  'guide.html': (page) => expect(page.locator('#subject')).not.toHaveText('…'),
  'compare.html?samples=2': (page) => expect(page.locator('#count')).toHaveText(/^[1-9]\d* of \d+ cells/),
  'pair.html?samples=10': (page) => expect(page.locator('#count')).toHaveText('10 of 10 samples'),
  'lab.html?samples=2': (page) => expect(page.locator('#count')).toHaveText('2 samples a map'),
  'results.html': (page) => expect(page.locator('#summary-title')).toBeVisible(),
  'docs.html': async (page) => {
    await page.getByRole('searchbox').fill('guided');
    await expect(page.locator('#found a').first()).toBeVisible();
    await expect(page.locator('smooth-grad canvas')).toHaveAttribute('aria-label', /50 of 50 samples/);
  },
  'embed.html': (page) => expect(page.locator('smooth-grad canvas')).toHaveAttribute('aria-label', /50 of 50 samples/),
};

for (const headers of [true, false]) {
  test.describe(headers ? 'a host with headers' : 'a host without headers', () => {
    test.use({ headers });

    test('after one visit every page works without a network', async ({ page, host, wrong }) => {
      await visit(page, host);
      await host.close();
      for (const [address, check] of Object.entries(works)) {
        await page.goto(host.address + address);
        await check(page);
        expect(await page.evaluate(() => crossOriginIsolated), address).toBe(true);
      }
      expect(wrong).toEqual([]);
    });

    test('without isolation too', async ({ page, host, wrong }) => {
      await visit(page, host);
      await host.close();
      await page.goto(`${host.address}?samples=2&isolate=0`);
      await converged(page, 2);
      await expect(page.locator('#threads')).toHaveText('1 thread');
      expect(wrong).toEqual([]);
    });
  });
}

test('a page that only embeds gets no service worker', async ({ page, host }) => {
  await page.goto(`${host.address}embed.html`);
  await expect(page.locator('smooth-grad canvas')).toHaveAttribute('aria-label', /50 of 50 samples/);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
});

for (const fault of ['cut off', 'of another build'] as const) {
  test(`an answer that is ${fault} is not kept`, async ({ page, host }) => {
    const name = 'photos/coffee.webp';
    const copy = await mkdtemp(join(tmpdir(), 'site-'));
    await cp(siteFolder, copy, { recursive: true });
    if (fault === 'cut off') host.cut.add(name);
    else await writeFile(join(copy, name), 'something else');
    host.folder = copy;
    await page.goto(`${host.address}?samples=2`);
    await converged(page, 2);
    await expect.poll(() => host.asked.includes(name)).toBe(true);
    const answered = await page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      const { port1, port2 } = new MessageChannel();
      active?.postMessage('keep', [port2]);
      return new Promise((resolve) => {
        port1.onmessage = ({ data }) => resolve(data);
      });
    });
    expect(answered).toBe(false);
    await expect(page.locator('#offline')).toBeHidden();
    const stored = await storedOf(page);
    expect(stored).toContain(`${host.address}language.js`);
    expect(stored).not.toContain(host.address + name);

    // The host has come to itself: the next visit fetches what is missing, and only that.
    host.cut.clear();
    host.folder = siteFolder;
    host.asked.length = 0;
    await page.goto(`${host.address}results.html`);
    await kept(page);
    expect(await storedOf(page)).toContain(host.address + name);
    await host.close();
    await page.goto(`${host.address}?samples=3&photo=coffee`);
    await converged(page, 3);
    await rm(copy, { recursive: true });
  });
}

for (const serviceWorkers of ['allow', 'block'] as const) {
  test.describe(`service workers: ${serviceWorkers}`, () => {
    test.use({ serviceWorkers });

    test('what is cut off on its way is asked for once more', async ({ page, host }) => {
      // So that the host is asked each time.
      host.cut.add('photos/camera.webp');
      await page.goto(`${host.address}?samples=2`);
      await converged(page, 2);
      const names = [assetOf('efficientnet-lite0.onnx'), 'photos/coffee.webp'];
      for (const name of names) host.cutOnce.add(name);
      // What a page has asked for by itself it cannot ask for again: that is for the service worker.
      if (serviceWorkers === 'allow') host.cutOnce.add('language.js');
      await page.goto(`${host.address}?samples=3&photo=coffee`);
      await converged(page, 3);
      expect([...host.cutOnce]).toEqual([]);
      expect(await page.evaluate(() => Boolean(navigator.serviceWorker?.controller))).toBe(serviceWorkers === 'allow');
    });
  });
}

test('a photo that another app shares is explained', async ({ page, host }) => {
  await visit(page, host);
  // What the system does for the installed site, by a form of a page that may send one.
  await page.goto(`${host.address}embed.html`);
  await page.evaluate(async () => {
    const photo = await (await fetch('photos/coffee.webp')).blob();
    const data = new DataTransfer();
    data.items.add(new File([photo], 'a cup é.webp', { type: photo.type }));
    const input = Object.assign(document.createElement('input'), { type: 'file', name: 'photo', files: data.files });
    const form = Object.assign(document.createElement('form'), {
      action: 'share',
      method: 'post',
      enctype: 'multipart/form-data',
    });
    form.append(input);
    document.body.append(form);
    form.submit();
  });
  await expect(page).toHaveURL(/photo=own-/);
  expect(page.url()).not.toContain('shared');
  await expect(page.locator('#subject')).toHaveText(/cup|espresso/);
});

test('it can be installed', async ({ page, host }) => {
  await visit(page, host);
  const client = await page.context().newCDPSession(page);
  const { errors, url, data } = await client.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { icons, shortcuts } = JSON.parse(data ?? '') as Record<string, { src: string; url: string; sizes: string }[]>;
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  // Tests run in windows that keep nothing.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  for (const { src, sizes } of icons ?? []) {
    const size = await page.evaluate(async (src) => {
      const image = Object.assign(new Image(), { src });
      await image.decode();
      return image.naturalWidth;
    }, new URL(src, url).href);
    if (sizes !== 'any') expect(`${size}x${size}`).toBe(sizes);
  }
  for (const { url: page } of shortcuts ?? []) expect(host.asked.concat('index.html')).toContain(page);
});

test('links to pages have a picture and a description', async ({ request, host }) => {
  for (const file of [
    '',
    'guide.html',
    'compare.html',
    'pair.html',
    'lab.html',
    'results.html',
    'docs.html',
    'docs-methods.html',
  ]) {
    const html = await (await request.get(host.address + file)).text();
    const content = (property: string) => new RegExp(`<meta property="og:${property}" content="(.*?)">`).exec(html)?.[1] ?? '';
    expect(html).toContain(`>${content('title')}</title>`);
    expect(content('description').length).toBeGreaterThan(50);
    const picture = await request.get(new URL(content('image'), host.address).href);
    expect(picture.headers()['content-type']).toBe('image/png');
  }
});

test('an address that is not there leads to the start, at any depth', async ({ page, host }) => {
  await page.goto(`${host.address}a/b/c.html`);
  await expect(page.getByRole('heading', { name: 'There is no page here' })).toBeVisible();
  await expect(page.locator('main:visible a')).toHaveAttribute('href', path);
});

test.describe('in Japanese', () => {
  test.use({ locale: 'ja-JP' });

  test('an address that is not there says so', async ({ page, host }) => {
    await page.goto(`${host.address}a.html`);
    await expect(page.getByRole('heading')).toHaveText(['ここにページはありません']);
    await page.evaluate(() => localStorage.setItem('language', 'en'));
    await page.reload();
    await expect(page.getByRole('heading')).toHaveText(['There is no page here']);
  });
});

test('a file from elsewhere is never opened as a page, and messages from elsewhere are not heard', async ({
  page,
  host,
  wrong,
}) => {
  await visit(page, host);
  const ask = (tab: Page, data: unknown) =>
    tab.evaluate(
      async ({ start, data }) => {
        const worker = (await navigator.serviceWorker.getRegistration(start))?.active;
        const { port1, port2 } = new MessageChannel();
        return new Promise((resolve) => {
          port1.onmessage = ({ data }) => resolve(data);
          setTimeout(resolve, 1000, 'nothing');
          worker?.postMessage(data, [port2]);
        });
      },
      { start: host.address, data },
    );
  // A page of this origin, outside of the site.
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(new URL('../elsewhere', host.address).href);
  const answers = [
    await ask(elsewhere, 'keep'),
    await ask(page, 'toString'),
    await ask(page, { keep: 1 }),
    await ask(page, 'keep'),
  ];
  expect(answers).toEqual(['nothing', 'nothing', 'nothing', true]);

  await page.goto(`${host.address}embed.html`);
  for (const type of ['text/html', 'image/svg+xml', 'image/webp; x=<b>', 'application/javascript']) {
    const { navigated, fetched } = await page.evaluate(async (type) => {
      const body = new FormData();
      body.append('photo', new File(['<script>document.title = "hit"</script>'], 'page.html', { type }));
      await fetch('share', { method: 'POST', body });
      const frame = document.createElement('iframe');
      frame.src = 'shared';
      document.body.append(frame);
      await new Promise((loaded) => frame.addEventListener('load', loaded));
      const navigated = frame.contentDocument?.title;
      const response = await fetch('shared');
      return { navigated, fetched: [response.status, response.headers.get('Content-Type')] };
    }, type);
    expect(navigated, type).not.toBe('hit');
    expect(fetched, type).toEqual([200, 'application/octet-stream']);
  }
  wrong.length = 0;
});
