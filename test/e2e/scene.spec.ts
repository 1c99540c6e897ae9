// The city on the wall, as a hand and a failing graphics card meet it: one product, one wall, in that order.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PNG } from 'pngjs';
import type { Page } from '@playwright/test';
import type { BuildingsFile } from '../../native-bridge/contract/site-files.ts';
import { expect, test } from './product.ts';

/**
 * A recovery is over within 5 s where a graphics card draws. Here the processor draws, and others use it: three times that,
 * so that the test fails when a recovery hangs, not when the machine is busy. ms
 */
const RECOVERY = 15_000;
const shots = process.env['FENGSUI_SHOTS'];
/** Pixels count as the same below this difference of a channel. */
const NEAR = 8;

const site = resolve(import.meta.dirname, '../../resources/sites/demo/buildings.json');
const known = new Set((JSON.parse(readFileSync(site, 'utf8')) as BuildingsFile).rows.map(([id]) => id));

const pictureOf = async (page: Page): Promise<PNG> => PNG.sync.read(await page.locator('.scene').screenshot());
/** The share of pixels, 0 to 1, that two pictures of one size have alike. */
const alike = (a: PNG, b: PNG): number => {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  let same = 0;
  for (let i = 0; i < a.data.length; i += 4)
    if ([0, 1, 2].every((c) => Math.abs((a.data[i + c] ?? 0) - (b.data[i + c] ?? 0)) < NEAR)) same += 1;
  return same / (a.data.length / 4);
};
const completions = (page: Page): Promise<number[]> =>
  page.evaluate(() => performance.getEntriesByName('scene:complete').map(({ startTime }) => startTime));
/** On Cesium's canvas, and on the one that shows its pictures when they are finished. */
const opacityOfCity = (page: Page, opacity: string): Promise<void> =>
  page.locator('.scene .cesium-widget canvas, .scene-finished').evaluateAll((all, value) => {
    for (const canvas of all) (canvas as HTMLElement).style.opacity = value;
  }, opacity);
/** Of each picture of the city that the page takes over from now on: whether it was finished by then. */
const watchTaking = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const city = document.querySelector<HTMLCanvasElement>('.scene .cesium-widget canvas');
    const gl = city?.getContext('webgl2');
    const pen = document.querySelector<HTMLCanvasElement>('.scene-finished')?.getContext('2d');
    if (!city || !gl || !pen) throw new Error('the city is not drawn by the processor');
    const taken: boolean[] = [];
    Object.assign(window, { taken });
    const fence = gl.fenceSync.bind(gl);
    let last: WebGLSync | null = null;
    gl.fenceSync = (condition, flags) => {
      last = fence(condition, flags);
      return fence(condition, flags);
    };
    const take = pen.drawImage.bind(pen) as (image: CanvasImageSource, x: number, y: number) => void;
    pen.drawImage = (image: CanvasImageSource, x: number, y: number) => {
      // One that was asked for before anybody watched says nothing.
      if (last) taken.push(gl.getSyncParameter(last, gl.SYNC_STATUS) === gl.SIGNALED);
      take(image, x, y);
    };
  });
/** What stands written on the map: the overlay's lower canvas alone. */
const writtenOn = async (page: Page): Promise<PNG> => {
  const url = await page.evaluate(() => document.querySelector<HTMLCanvasElement>('.scene-overlay')?.toDataURL() ?? '');
  return PNG.sync.read(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
};

test('the city comes back by itself, is picked by a click, left by Escape and relabelled by a key', async ({
  product,
  wall,
}) => {
  const card = wall.getByTestId('selection-card');
  const district = await pictureOf(wall);

  await test.step('S1: three lost contexts in a row; each time the same city is complete again', async () => {
    await opacityOfCity(wall, '0');
    const empty = alike(district, await pictureOf(wall));
    await opacityOfCity(wall, '');
    // Without the city the picture is another one: the comparison below can fail.
    expect(empty).toBeLessThan(0.7);
    for (let time = 1; time <= 3; time += 1) {
      const before = (await completions(wall)).length;
      const lostAt = await wall.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.scene .cesium-widget canvas');
        const killer = canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context');
        if (!killer) throw new Error('no context to lose');
        killer.loseContext();
        return performance.now();
      });
      await expect
        .poll(async () => (await completions(wall)).length, { timeout: RECOVERY, intervals: [100] })
        .toBeGreaterThan(before);
      const took = ((await completions(wall)).at(-1) ?? 0) - lostAt;
      test.info().annotations.push({ type: 'recovery', description: `${String(Math.round(took))} ms` });
      await expect(wall.locator('.scene')).toHaveAttribute('data-life', String(time));
      await expect(wall.locator('.scene .cesium-widget canvas')).toHaveCount(1);
      await expect(wall.locator('.scene-finished')).toHaveCount(1);
      await expect
        .poll(async () => alike(district, await pictureOf(wall)), { timeout: 5000 })
        .toBeGreaterThan((1 + empty) / 2);
    }
    await expect(wall.locator('html')).toHaveAttribute('data-wall', 'live');
  });

  await test.step('S24: the page fetches no picture of the city that is still being drawn', async () => {
    await expect(wall.locator('.scene .cesium-widget canvas')).toHaveCSS('visibility', 'hidden');
    await watchTaking(wall);
    const box = await wall.locator('.scene').boundingBox();
    if (!box) throw new Error('no scene');
    await wall.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const taken = (): Promise<boolean[]> => wall.evaluate(() => (window as Window & { taken?: boolean[] }).taken ?? []);
    // Where a frame takes a second a turn of the wheel is two of them.
    let turns = 0;
    await expect(async () => {
      turns += 1;
      await wall.mouse.wheel(0, turns % 2 === 0 ? 400 : -400);
      await expect.poll(async () => (await taken()).length, { timeout: 5000 }).toBeGreaterThan(2);
    }).toPass({ timeout: 40_000 });
    expect(await taken()).not.toContain(false);
    if (turns % 2 === 1) await wall.mouse.wheel(0, 400);
  });

  await test.step('S10: a click on a building selects it, a second opens it; Escape returns to the district', async () => {
    const box = await wall.locator('.scene').boundingBox();
    if (!box) throw new Error('no scene');
    let spot: { x: number; y: number } | null = null;
    for (let i = 0; i < 40 && !spot; i += 1) {
      const x = box.x + box.width * (0.3 + 0.4 * ((i * 0.618) % 1));
      const y = box.y + box.height * (0.5 + (0.35 * i) / 40);
      await wall.mouse.click(x, y);
      const kind = (await card.count()) > 0 ? await card.getAttribute('data-kind') : null;
      if (kind === 'building') spot = { x, y };
      // The next click must not count as the second of a double click.
      else await wall.waitForTimeout(60);
    }
    if (!spot) throw new Error('no building met by forty clicks');
    const id = (await card.getAttribute('data-id')) ?? '';
    expect(known.has(id)).toBe(true);
    await wall.waitForTimeout(500);
    await wall.mouse.dblclick(spot.x, spot.y);
    await expect(wall.getByTestId('ribbon')).toBeVisible();
    await expect(card).toHaveAttribute('data-id', id);
    await wall.keyboard.press('Escape');
    await expect(wall.getByTestId('ribbon')).toHaveCount(0);
    await expect(card).toHaveCount(0);
    await expect
      .poll(async () => alike(district, await pictureOf(wall)), { timeout: 20_000, intervals: [500] })
      .toBeGreaterThan(0.8);
  });

  await test.step('the language is one key: the map is written anew, and back again', async () => {
    const chinese = await writtenOn(wall);
    await wall.keyboard.press('e');
    await expect(wall.locator('html')).toHaveAttribute('lang', 'en');
    const english = (): Promise<number> => writtenOn(wall).then((now) => alike(chinese, now));
    await expect.poll(english, { timeout: 10_000 }).toBeLessThan(0.999);
    const apart = await english();
    await wall.keyboard.press('e');
    await expect(wall.locator('html')).toHaveAttribute('lang', 'zh-CN');
    await expect
      .poll(() => writtenOn(wall).then((now) => alike(chinese, now)), { timeout: 10_000 })
      .toBeGreaterThan(apart);
  });

  await test.step('P14: a layer is switched off and on, and the wall says what is hidden', async () => {
    await wall.keyboard.press('`');
    // Stations stand wherever the eye is; the name of a quarter gives way to whatever is more urgent.
    const places = wall.getByTestId('layer-panel').locator('[data-layer="station"]');
    const shown = await writtenOn(wall);
    await places.click();
    await expect(places).toHaveAttribute('aria-checked', 'false');
    await expect(wall.getByTestId('layers-hidden')).toBeVisible();
    await expect.poll(() => writtenOn(wall).then((now) => alike(shown, now)), { timeout: 10_000 }).toBeLessThan(1);
    if (shots) await wall.screenshot({ path: `${shots}/layers.png` });
    await places.press('Enter');
    await expect(places).toHaveAttribute('aria-checked', 'true');
    await wall.keyboard.press('Escape');
    await expect(wall.getByTestId('layer-panel')).toHaveCount(0);
    await expect(wall.getByTestId('layers-hidden')).toHaveCount(0);
  });

  await test.step('H2: with the sources lost every building that rests on them is dark, on the map and in words', async () => {
    await wall.keyboard.press('F9');
    const note = wall.getByTestId('dark-note');
    await expect(note).toBeVisible();
    const wholly = async (): Promise<number> => Number(await note.getAttribute('data-whole'));
    const before = await wholly();
    const heard = await pictureOf(wall);
    product.pauseDrill();
    await expect.poll(wholly, { timeout: 25_000 }).toBeGreaterThan(before + 1000);
    await expect.poll(async () => alike(heard, await pictureOf(wall)), { timeout: 10_000 }).toBeLessThan(0.9);
    if (shots) await wall.screenshot({ path: `${shots}/dark.png` });
    product.resumeDrill();
    await expect.poll(wholly, { timeout: 20_000 }).toBeLessThan(before + 200);
  });
});

test('S27: what lies on the city leaves no hole in it, whoever puts the page together', async ({ page }) => {
  const css = readFileSync(resolve(import.meta.dirname, '../../renderer/scene/scene.css'), 'utf8');
  await page.setContent(
    `<style>body { margin: 0 } ${css}
      .lid { position: absolute; z-index: 1; left: 0; bottom: 0; width: 50%; height: 15%; background: #000; will-change: transform }
    </style><div class="scene"><div class="cesium-widget"><canvas></canvas></div></div><div class="lid"></div>`,
  );
  await page.evaluate(async () => {
    const canvas = document.querySelector('canvas');
    const gl = canvas?.getContext('webgl2', { alpha: false });
    if (!canvas || !gl) throw new Error('no WebGL 2');
    canvas.width = innerWidth;
    canvas.height = innerHeight;
    gl.clearColor(0, 1, 0, 1);
    for (let i = 0; i < 8; i += 1) {
      gl.clear(gl.COLOR_BUFFER_BIT);
      await new Promise((drawn) => requestAnimationFrame(drawn));
    }
  });
  const { data, width } = PNG.sync.read(await page.screenshot());
  // As far from the top as the lid is from the bottom.
  const at = (20 * width + 20) * 4;
  expect([...data.subarray(at, at + 3)]).toEqual([0, 255, 0]);
});
