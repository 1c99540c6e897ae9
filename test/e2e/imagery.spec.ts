// A district of its own with an aerial picture of it, from its files through `city build` to the wall.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { PNG } from 'pngjs';
import { fakeDistrict, HEART, writeGcj } from '../../native-bridge/city/import/district-fake.ts';
import { writeMbtiles } from '../../native-bridge/city/import/imagery-fake.ts';
import { tileAt } from '../../native-bridge/contract/imagery.ts';
import { expect, root, startProduct, test } from './product.ts';
import type { Page } from '@playwright/test';

const ZOOM = 15;
/** Tiles around the heart, in each direction. */
const AROUND = 2;
/** Nothing that the wall draws by itself is a green like this, dimmed or not. */
const FIELD = '#2f9e2f';

const isField = (data: Buffer, at: number): boolean => {
  const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
  return g > 30 && g > 1.5 * r && g > 1.5 * b;
};
/** Share of the map that shows the field. */
const fieldIn = async (page: Page): Promise<number> => {
  const { data, width, height } = PNG.sync.read(await page.locator('.scene').screenshot());
  let found = 0;
  for (let at = 0; at < data.length; at += 4) if (isField(data, at)) found += 1;
  return found / (width * height);
};

test('C17 M1: an aerial picture in GCJ-02 lies under the city, says whose it is, and is put out by its switch', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'fengsui-imagery-'));
  const site = join(folder, 'town');
  writeGcj(site, fakeDistrict(4));
  const canvas = createCanvas(256, 256);
  const pen = canvas.getContext('2d');
  pen.fillStyle = FIELD;
  pen.fillRect(0, 0, 256, 256);
  const bytes = canvas.toBuffer('image/png');
  const [x = 0, y = 0] = tileAt(ZOOM, HEART).map(Math.floor);
  const steps = Array.from({ length: 2 * AROUND + 1 }, (_, i) => i - AROUND);
  writeMbtiles(
    join(site, 'air.mbtiles'),
    steps.flatMap((dx) => steps.map((dy) => ({ z: ZOOM, x: x + dx, y: y + dy, bytes }))),
  );
  appendFileSync(
    join(site, 'city.yaml'),
    'tiles: [{ file: air.mbtiles, kind: imagery, crs: gcj02, provenance: { date: 2026-05-01, origin: { zh: 测绘院, en: Survey }, licence: 内部使用 } }]\n',
  );
  const out = join(folder, 'out');
  const main = join(root, 'native-bridge/city/main.ts');
  const built = spawnSync(process.execPath, [main, 'build', '--site', site, '--out', out], { encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);

  const product = await startProduct({ profile: join(out, 'site.yaml'), drill: false });
  try {
    await page.goto(product.served.url.replace('/#', '/?view=map#'));
    await expect
      .poll(() => page.evaluate(() => performance.getEntriesByName('scene:complete').length), { timeout: 60_000 })
      .toBeGreaterThan(0);
    await expect(page.getByTestId('imagery-credit')).toContainText('测绘院');
    await expect.poll(() => fieldIn(page), { timeout: 20_000 }).toBeGreaterThan(0.1);
    if (process.env['FENGSUI_SHOTS']) await page.screenshot({ path: `${process.env['FENGSUI_SHOTS']}/imagery.png` });
    await page.keyboard.press('`');
    await page.locator('[data-layer="imagery"]').press('Enter');
    await page.keyboard.press('`');
    await expect.poll(() => fieldIn(page), { timeout: 20_000 }).toBeLessThan(0.005);
    await expect(page.getByTestId('imagery-credit')).toHaveCount(0);
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
