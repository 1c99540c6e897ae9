// A district of its own among hills with an aerial picture of it, from its files through `city build` to the wall.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { PNG } from 'pngjs';
import { fakeDistrict, HEART, writeGcj } from '../../native-bridge/city/import/district-fake.ts';
import { writeMbtiles } from '../../native-bridge/city/import/imagery-fake.ts';
import { cornerOf, tileAt } from '../../native-bridge/contract/imagery.ts';
import { expect, root, startProduct, test } from './product.ts';
import type { Page } from '@playwright/test';

/** Coarse ones to fine ones, and how many tiles around the heart, in each direction. */
const ZOOMS = [11, 12, 13, 14, 15];
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

/** A tile of terrain: rolling hills of up to 170 m, a ridge behind the town. Mapbox Terrain-RGB. */
const hills = (z: number, x: number, y: number): Buffer => {
  const canvas = createCanvas(64, 64);
  const pen = canvas.getContext('2d');
  const picture = pen.createImageData(64, 64);
  for (let i = 0; i < 64 * 64; i++) {
    const [lon, lat] = cornerOf(z, x + ((i % 64) + 0.5) / 64, y + (Math.floor(i / 64) + 0.5) / 64);
    const [east, north] = [(lon - HEART[0]) * 87_000, (lat - HEART[1]) * 111_000];
    const m = 320 + 25 * Math.sin(east / 150) * Math.cos(north / 130) + 120 * Math.exp(-(((north - 600) / 250) ** 2));
    const value = Math.round((m + 10_000) * 10);
    picture.data.set([(value >> 16) & 255, (value >> 8) & 255, value & 255, 255], 4 * i);
  }
  pen.putImageData(picture, 0, 0);
  return canvas.toBuffer('image/png');
};

test('C17 C18 C19 S29 M1: a city stands on its hills, an aerial picture in GCJ-02 lies on them, says whose it is, is whole in every look, and goes by its switch', async ({
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
  const steps = Array.from({ length: 2 * AROUND + 1 }, (_, i) => i - AROUND);
  writeMbtiles(
    join(site, 'air.mbtiles'),
    ZOOMS.flatMap((z) => {
      const [x = 0, y = 0] = tileAt(z, HEART).map(Math.floor);
      return steps.flatMap((dx) => steps.map((dy) => ({ z, x: x + dx, y: y + dy, bytes })));
    }),
  );
  // Of terrain the wall must tell whose it is; the imagery named later lies above.
  writeMbtiles(
    join(site, 'hills.mbtiles'),
    [11, 12, 13].flatMap((z) => {
      const [x = 0, y = 0] = tileAt(z, HEART).map(Math.floor);
      return steps.flatMap((dx) => steps.map((dy) => ({ z, x: x + dx, y: y + dy, bytes: hills(z, x + dx, y + dy) })));
    }),
  );
  appendFileSync(
    join(site, 'city.yaml'),
    'tiles: [{ file: hills.mbtiles, kind: terrain, crs: wgs84, encoding: mapbox }, { file: air.mbtiles, kind: imagery, crs: gcj02, provenance: { date: 2026-05-01, origin: { zh: 测绘院, en: Survey }, licence: 内部使用 } }]\n',
  );
  const out = join(folder, 'out');
  const main = join(root, 'native-bridge/city/main.ts');
  const built = spawnSync(process.execPath, [main, 'build', '--site', site, '--out', out], { encoding: 'utf8' });
  // What takes longer than two seconds tells how far it is.
  expect([built.status, built.stderr.replaceAll(/^city \S+: .*\n/gm, '')]).toEqual([0, '']);

  const product = await startProduct({ profile: join(out, 'site.yaml'), drill: false });
  try {
    await page.goto(product.served.url.replace('/#', '/?view=map#'));
    const complete = () => page.evaluate(() => performance.getEntriesByName('scene:complete').length);
    await expect.poll(complete, { timeout: 60_000 }).toBeGreaterThan(0);
    await expect(page.getByTestId('imagery-credit').first()).toContainText('地形 测试生成');
    await expect(page.getByTestId('imagery-credit').last()).toContainText('影像 测绘院');
    await expect.poll(() => fieldIn(page), { timeout: 20_000 }).toBeGreaterThan(0.1);
    await expect(page.getByTestId('map-lacks')).toHaveCount(0);
    if (process.env['FENGSUI_SHOTS']) await page.screenshot({ path: `${process.env['FENGSUI_SHOTS']}/imagery.png` });
    // No feed moves the wall here: a tile that needed a second frame for its picture would stand blank for good.
    await page.mouse.move(800, 400);
    for (let turn = 0; turn < 10; turn += 1) {
      await page.mouse.wheel(0, 300);
      await page.waitForTimeout(150);
    }
    await page.waitForTimeout(1500);
    const before = await fieldIn(page);
    const times = await complete();
    // Twice at once: the first change is taken back while it is made.
    await page.keyboard.press('F10');
    await page.keyboard.press('F10');
    await expect(page.getByTestId('look-note')).toContainText('白天配色');
    await expect.poll(complete, { timeout: 60_000 }).toBeGreaterThan(times);
    // All that was fetched has come, and nothing else asks for a frame.
    await page.waitForTimeout(2500);
    expect(await fieldIn(page)).toBeGreaterThan(0.97 * before);
    await page.keyboard.press('`');
    await page.locator('[data-layer="imagery"]').press('Enter');
    await page.keyboard.press('`');
    await expect.poll(() => fieldIn(page), { timeout: 20_000 }).toBeLessThan(0.005);
    await expect(page.getByTestId('imagery-credit')).toHaveCount(0);

    // Without its hills the wall goes on, level, and says so.
    await page.route('**/terrain.json', (route) => route.fulfill({ body: '{"format":' }));
    await page.reload();
    await expect(page.getByTestId('map-lacks')).toHaveText('地图不完整，缺 地形（以平地代替）');
    await expect.poll(complete, { timeout: 60_000 }).toBeGreaterThan(0);
  } finally {
    await product.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
