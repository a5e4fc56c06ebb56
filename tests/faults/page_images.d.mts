import type { Page } from '@playwright/test';

/** See page_images.mjs. */
export function handIn(page: Page, name: string, bytes: Uint8Array): Promise<{ refused: string | undefined; ms: number }>;
