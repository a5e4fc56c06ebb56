// What the Compare page says.
import { expect, type Page } from '@playwright/test';

export const filled = (page: Page, cells: number) => expect(page.locator('#count')).toHaveText(`${cells} of ${cells} cells`);
