import type { Browser, Page } from '@playwright/test';

export const longestMs: number;
export function longestWhere(yardstick: number): number;
export function mainThread(
  browser: Browser,
  page: Page,
  use: () => Promise<void>,
): Promise<{ tasks: number[]; yardstick: number }>;
