// What comes out of the printer, as text: the browser's own PDF, read by poppler.
// Guarantees: words stand in the order in which they are read; a page that cannot be read fails.
import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';

export const printed = async (page: Page): Promise<string> =>
  execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', '-', '-'], {
    input: await page.pdf({ preferCSSPageSize: true }),
    encoding: 'utf8',
  });
/** True when all of them are there, each after the one before. */
export const inOrder = (text: string, words: readonly string[]): boolean => {
  let from = 0;
  return words.every((word) => {
    const at = text.indexOf(word, from);
    from = at + word.length;
    return at >= 0;
  });
};
