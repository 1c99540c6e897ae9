// Shell and page may not import each other; here their shared words are held together.
import { expect, test } from 'vitest';
import * as shell from '../../electron/words.ts';
import * as page from '../../renderer/link/message-port.ts';

test('H7 shell and page ask for a port in the same words', () => {
  expect(shell.WANT_PORT).toBe(page.WANT_PORT);
  expect(shell.HERE_IS_PORT).toBe(page.HERE_IS_PORT);
});
