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
  // A pack that came damaged: half of a tile, another one gone, the roads cut off.
  const tiles: string[] = [];
  await page.route('**/tiles/*.glb', async (route) => {
    tiles.push(route.request().url());
    if (tiles.length === 2) return route.fulfill({ status: 404 });
    if (tiles.length !== 1) return route.continue();
    const whole = await (await route.fetch()).body();
    return route.fulfill({ body: whole.subarray(0, whole.length / 2) });
  });
  await page.route('**/roads.json', (route) => route.fulfill({ body: '{"format":' }));
  await page.goto(product.served.url);
  await expect(page.getByTestId('alarm-row').first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByTestId('link-fire-iot')).toHaveAttribute('data-link', 'lost');
  // S23: the rest of the city stands, and the wall says what is missing.
  await expect(page.getByTestId('map-lacks')).toHaveText('地图不完整，缺 道路、建筑瓦片 ×2');
  await expect
    .poll(() => page.evaluate(() => performance.getEntriesByName('scene:complete').length), { timeout: 30_000 })
    .toBeGreaterThan(0);
});
