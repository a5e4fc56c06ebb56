// The built site in a real browser: Debian's Chromium, or the one that CHROMIUM names.
import { defineConfig } from '@playwright/test';

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/web',
  // The engine takes all cores, but opening pages and looking at them does not; what measures is marked @alone.
  workers: 2,
  timeout: 180_000,
  // A browser that a busy machine starves now and then says nothing of the page; what fails twice does. How many there were is said.
  retries: 1,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...args, ...quiet] },
    viewport: { width: 1280, height: 900 },
    colorScheme: 'light',
    // It would keep the whole site in each test; offline.spec.ts is about it.
    serviceWorkers: 'block',
  },
});
