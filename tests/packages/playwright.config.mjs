// Projects that have the package from its packed file, built by each tool and opened in a real Chromium.
import { defineConfig } from '@playwright/test';
import web from '../web/playwright.config.ts';

export default defineConfig({
  ...web,
  testDir: '.',
  outputDir: '../../test-results/packages',
  globalSetup: './pack.mjs',
  timeout: 600_000,
});
