// First light in Chromium: the main job, a start with no platform, and nothing that leaves the machine.
import { throughLossAndBack } from './main-job.ts';
import { expect, test } from './product.ts';

test('from live to the e-bike in its tower, through loss and back; no request leaves the machine', async ({
  product,
  asked,
  wall,
}) => {
  await throughLossAndBack(product, wall);
  expect(asked.length).toBeGreaterThan(10);
  const foreign = asked.filter((url) => !/^(https?|ws):\/\/127\.0\.0\.1:/.test(url) && !/^(blob|data):/.test(url));
  expect(foreign).toEqual([]);
});

test('started with no platform at all: the last picture is there from the journal, lost and with its age', async ({
  product,
  page,
}) => {
  await expect
    .poll(async () => (await product.health()).picture.devices, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(20_000);
  // The registry may be whole before the first alarm is heard; what was never heard cannot come back.
  await expect.poll(async () => (await product.health()).picture.openAlarms, { timeout: 30_000 }).toBeGreaterThan(0);
  await product.stopDrill();
  const pid = await product.bridgePid();
  if (pid === undefined) throw new Error('no bridge');
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => ((await product.bridgePid()) ?? pid) !== pid, { timeout: 15_000 }).toBe(true);
  await expect
    .poll(async () => (await product.health().catch(() => null))?.picture.devices ?? 0, { timeout: 5000 })
    .toBeGreaterThanOrEqual(20_000);
  await page.goto(product.served.url);
  await expect(page.getByTestId('alarm-row').first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByTestId('link-fire-iot')).toHaveAttribute('data-link', 'lost');
});
