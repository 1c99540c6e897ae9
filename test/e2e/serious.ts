// What axe finds on a page that keeps somebody out. Guarantees: it looked at something.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export const serious = async (page: Page): Promise<string[]> => {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  // It looked at something.
  expect(passes.length).toBeGreaterThan(10);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(', ')}`,
    );
};
