// Photos of the user's on their way in: several at once, large ones, and addresses of pictures.
import type { Page } from '@playwright/test';
import { converged, expect, hand, hold, test } from './fixtures.js';

const several = [
  { name: 'cup.webp', from: 'photos/coffee.webp' },
  { name: 'broken.jpg', bytes: [1, 2, 3] },
  { name: 'cat.webp', from: 'photos/chelsea.webp' },
  { name: 'scan.tiff', bytes: [...'II*\0'].map((letter) => letter.charCodeAt(0)) },
  { name: 'rocket.jpg', from: 'photos/rocket.jpg' },
];
const strip = (page: Page) => page.getByRole('toolbar', { name: 'Your photos' });

/** Data without files, dropped or pasted. */
const handText = (page: Page, how: 'drop' | 'paste', data: Record<string, string>, on = 'body') =>
  page.evaluate(
    ({ how, data, on }) => {
      const transfer = new DataTransfer();
      for (const [type, text] of Object.entries(data)) transfer.setData(type, text);
      const all = { bubbles: true, cancelable: true };
      const event =
        how === 'drop'
          ? new DragEvent('drop', { ...all, dataTransfer: transfer })
          : new ClipboardEvent('paste', { ...all, clipboardData: transfer });
      document.querySelector(on)?.dispatchEvent(event);
    },
    { how, data, on },
  );

test('several photos become a strip to choose from; what is no picture is named', async ({ page, site }) => {
  await site.open('samples=2');
  await converged(page, 2);
  await hand(page, 'drop', several);
  await expect(page.locator('#notice-text')).toHaveText(
    /^“broken.jpg” is not a picture that this browser can read. “scan.tiff” is a TIFF picture.* The other 3 are here.$/,
  );
  await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
  const photos = strip(page).getByRole('button');
  await expect(photos).toHaveCount(3);
  const cup = photos.and(page.getByRole('button', { name: 'Your photo cup.webp' }));
  const rocket = photos.and(page.getByRole('button', { name: 'Your photo rocket.jpg' }));
  await expect(cup).toHaveAttribute('aria-pressed', 'true');

  // The latest is the first; one stop of the Tab key, and arrows.
  await cup.focus();
  await page.keyboard.press('Home');
  await expect(rocket).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(photos.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#subject')).toHaveText(/cat|tabby/);
  await expect(photos.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect(photos.nth(0)).toHaveAttribute('tabindex', '-1');

  await converged(page, 2);
  await page.reload();
  await expect(photos).toHaveCount(3);
  await expect(page.locator('#subject')).toHaveText(/cat|tabby/);
});

test('two photos at once are the two halves', async ({ page, site }) => {
  await site.open('samples=10', 'pair.html');
  await hand(
    page,
    'drop',
    [several[4], several[0]].filter((photo) => photo !== undefined),
    '.half[data-side=right]',
  );
  await expect(page.locator('#right-subject')).toHaveText(/missile|projectile/);
  await expect(page.locator('#left-subject')).toHaveText(/espresso|cup/);
});

test('several photos are all rows of a grid of photos', async ({ page, site }) => {
  await site.open('rows=photo&columns=samples&row=coffee&column=1', 'compare.html');
  await expect(page.locator('#grid tbody tr')).toHaveCount(1);
  await hand(page, 'drop', several.slice(0, 3));
  await expect(page.locator('#grid tbody tr')).toHaveCount(3);
});

test('a photo that is being read is said so at once', async ({ page, site }) => {
  const release = await hold(page, '**/*.onnx');
  await site.open('samples=2');
  await expect(page.locator('#map').getByRole('presentation')).toHaveAttribute('src', /^blob:/);
  const words = await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(24e6)], 'large.jpg', { type: 'image/jpeg' }));
    dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    const line = document.querySelector<HTMLElement>('#photo-reading');
    return line?.checkVisibility() && line.textContent;
  });
  expect(words).toBe('Reading “large.jpg”, 24 MB');
  release();
  await expect(page.locator('#notice-text')).toContainText('“large.jpg” is not a picture');
  await expect(page.locator('#photo-reading')).toBeHidden();
});

test('a picture by its address is taken where it is here, else it is said what to do', async ({ page, site }) => {
  await site.open('samples=2');
  await converged(page, 2);
  const notice = page.locator('#notice-text');
  // Any request to another site fails this test.
  await handText(page, 'paste', { 'text/plain': 'https://example.org/pictures/a%20cat.jpg?size=2' });
  await expect(notice).toContainText('“a cat.jpg” is on example.org, and this page reaches no other site');
  await expect(notice).toContainText('paste it here, or save it and choose the file');

  await handText(page, 'drop', { 'text/uri-list': site.at('photos/coffee.webp') });
  await expect(page.locator('#subject')).toHaveText(/espresso|cup/);
  await expect(strip(page).getByRole('button')).toHaveAccessibleName('Your photo coffee.webp');
  await expect(page.locator('#notice')).toBeHidden();

  // A link around a picture: the picture counts.
  const link = `<a href="https://example.org/page"><img src="${site.at('photos/chelsea.webp')}"></a>`;
  await handText(page, 'drop', { 'text/html': link, 'text/uri-list': 'https://example.org/page' });
  await expect(page.locator('#subject')).toHaveText(/cat|tabby/);

  const data = await page.evaluate(async () => {
    const photo = await (await fetch('photos/rocket.jpg')).blob();
    return new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result as string);
      reader.readAsDataURL(photo);
    });
  });
  await handText(page, 'paste', { 'text/plain': data });
  await expect(page.locator('#subject')).toHaveText(/missile|projectile/);

  await handText(page, 'paste', { 'text/plain': site.at('compare.html') });
  await expect(notice).toContainText('“compare.html” is not a picture');
});
