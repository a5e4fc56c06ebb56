// What tests of "How it works" wait for.
import { expect, type Page } from '@playwright/test';

/** So many copies lie on the pile. */
export const piled = (page: Page, count: number) => expect(page.locator('#pile')).toHaveAttribute('data-count', String(count));
export const drawn = (page: Page, id: string) => expect(page.locator(`#${id}`)).toHaveAttribute('data-drawn', '');
