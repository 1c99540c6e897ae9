// The main job, as a duty officer does it: see live, choose the e-bike alarm, see the tower open and the box on the e-bike,
// lose the platform, see it said, get it back and see it catch up. One product, one wall, in that order, in any shell.
import { expect, test, type Page } from '@playwright/test';
import type { Standing } from './product.ts';
import { burnedNumber, grab, outlined, trueBox, type Grabbed } from './seen.ts';

const SOURCES = ['fire-iot', 'linkage-110', 'video', 'situation'];
const shots = process.env['FENGSUI_SHOTS'];
const shoot = async (page: Page, name: string): Promise<void> => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
};

/** A picture of the camera with an e-bike on it, its number read from its pixels. */
const eBikePicture = async (page: Page, camera: string): Promise<{ picture: Grabbed; frame: number }> => {
  let found: { picture: Grabbed; frame: number } | null = null;
  await expect
    .poll(
      async () => {
        const picture = await grab(page, camera);
        const frame = picture && burnedNumber(picture);
        if (picture && frame !== null && trueBox('elevator-ebike', frame)) found = { picture, frame };
        return found !== null;
      },
      { timeout: 10_000, intervals: [50] },
    )
    .toBe(true);
  if (!found) throw new Error('no picture with an e-bike');
  return found;
};

/** The whole of it on one wall; `product` holds the platform and the bridge behind it. */
export const throughLossAndBack = async (product: Standing, wall: Page): Promise<void> => {
  test.setTimeout(300_000);

  await test.step('live: every source says so, alarms and the city are there, received adds up', async () => {
    for (const source of SOURCES) await expect(wall.getByTestId(`link-${source}`)).toHaveAttribute('data-link', 'live');
    await expect(wall.getByTestId('link-video')).toContainText(/[1-9]\d* 帧\/秒/);
    await expect(wall.getByTestId('alarm-row')).not.toHaveCount(0);
    await expect(wall.getByTestId('flood-strip')).toHaveAttribute('data-adds-up', 'true');
    await expect(wall.getByTestId('drill-mark')).toBeVisible();
    const health = await product.health();
    expect(health.picture.devices).toBeGreaterThanOrEqual(20_000);
    for (const feed of health.feeds) expect(feed).toMatchObject({ link: 'live', encrypted: true, quarantined: 0 });
    await shoot(wall, '1-live');
  });

  await test.step('the e-bike alarm, chosen, opens its tower and shows its cab, boxed on the very frame', async () => {
    const row = wall.locator('[data-testid="alarm-row"][data-type="e-bike"]').first();
    await expect(row).toBeVisible({ timeout: 60_000 });
    await row.locator('button').click();
    await expect(wall.getByTestId('selection-card')).toHaveAttribute('data-kind', 'alarm');
    await expect(wall.getByTestId('ribbon')).toBeVisible();
    const boxed = wall.locator('[data-camera][data-ebike="true"]').first();
    const shares: number[] = [];
    // A ride that ends between two looks has too few pictures; another one comes.
    await expect(async () => {
      await expect(boxed).toBeVisible({ timeout: 60_000 });
      const camera = (await boxed.getAttribute('data-camera')) ?? '';
      shares.length = 0;
      for (let i = 0; i < 6; i += 1) {
        const { picture, frame } = await eBikePicture(wall, camera);
        const box = trueBox('elevator-ebike', frame);
        if (box) shares.push(outlined(picture, box));
      }
    }).toPass({ timeout: 180_000 });
    shares.sort((a, b) => a - b);
    // Most pictures carry their box at its true place; one may come before its detection did.
    expect(shares[Math.floor(shares.length / 2)], `outlines ${shares.join(' ')}`).toBeGreaterThan(0.8);
    await shoot(wall, '2-tower');
  });

  await test.step('an acknowledgement is an order: kept, delivered, answered', async () => {
    const id = await wall.getByTestId('selection-card').getAttribute('data-id');
    await wall.keyboard.press('a');
    await expect.poll(async () => (await product.health()).orders.answered, { timeout: 15_000 }).toBeGreaterThan(0);
    const row = wall.locator(`[data-testid="alarm-row"][data-alarm-id="${id ?? ''}"]`);
    // It may have returned to normal meanwhile and left the list; acknowledged or gone, never unacknowledged.
    await expect
      .poll(() =>
        row.filter({ visible: true }).evaluateAll((rows) => rows.map((r) => (r as HTMLElement).dataset['state'])),
      )
      .not.toContain('unacknowledged');
  });

  const before = await wall.getByTestId('alarm-row').count();
  /** When the loss was seen, and when the platform was let speak again. ms */
  const silence = { from: 0, to: 0 };
  await test.step('the platform goes silent: within 3 s each source says lost, ages run, the picture stays', async () => {
    product.pauseDrill();
    for (const source of SOURCES)
      await expect(wall.getByTestId(`link-${source}`)).toHaveAttribute('data-link', 'lost', { timeout: 4500 });
    const age = async (): Promise<string> => (await wall.getByTestId('link-fire-iot').textContent()) ?? '';
    const first = await age();
    await expect.poll(age, { timeout: 5000 }).not.toBe(first);
    silence.from = Date.now();
    expect(await wall.getByTestId('alarm-row').count()).toBeGreaterThanOrEqual(Math.min(before, 1));
    await expect(wall.locator('[data-camera][data-state="live"]')).toHaveCount(0, { timeout: 10_000 });
    await shoot(wall, '3-lost');
  });

  await test.step('the page reloads while nothing is heard: the same picture, still lost', async () => {
    await wall.reload();
    await expect(wall.getByTestId('alarm-row').first()).toBeVisible({ timeout: 30_000 });
    await expect(wall.getByTestId('link-fire-iot')).toHaveAttribute('data-link', 'lost');
  });

  await test.step('the platform speaks again: caught up, nothing missing, nothing double', async () => {
    // A point of the line of time is four seconds wide here: the silence must be longer than that.
    await expect.poll(() => Date.now() - silence.from, { timeout: 15_000 }).toBeGreaterThan(10_000);
    silence.to = Date.now();
    product.resumeDrill();
    for (const source of SOURCES)
      await expect(wall.getByTestId(`link-${source}`)).toHaveAttribute('data-link', 'live', { timeout: 30_000 });
    await expect
      .poll(
        async () => {
          const { feeds } = await product.health();
          return feeds.every((feed) => feed.source === 'video' || feed.journaled >= feed.lastSeq - 2000);
        },
        { timeout: 30_000 },
      )
      .toBe(true);
  });

  await test.step('the past: the wall of the silence comes back, marked; no act leaves it; one key goes back to now', async () => {
    const { orders } = await product.health();
    await wall.keyboard.press('Home');
    await expect(wall.getByTestId('past-frame')).toBeVisible({ timeout: 20_000 });
    await expect(wall.getByTestId('past-mark')).toBeVisible();
    await expect(wall.locator('html')).toHaveAttribute('data-wall', 'drawn');
    const link = wall.getByTestId('link-fire-iot');
    const track = wall.getByTestId('past-track');
    const [least, most] = await Promise.all(
      ['aria-valuemin', 'aria-valuemax'].map(async (name) => Number(await track.getAttribute(name))),
    );
    const box = await track.boundingBox();
    if (!box || least === undefined || most === undefined) throw new Error('no line of time');
    const amid = (silence.from + silence.to) / 2;
    const share = (amid / 1000 - least) / (most - least);
    await wall.mouse.click(box.x + share * box.width, box.y + box.height / 3);
    await expect
      .poll(async () => Math.abs(Number(await wall.getByTestId('past-time').getAttribute('data-at')) - amid))
      .toBeLessThan(4000);
    await expect(link).toHaveAttribute('data-link', 'lost');
    await shoot(wall, '4-past');
    await expect(wall.getByTestId('alarm-row').first()).toBeVisible();
    // The first press chooses, the second would act.
    await wall.keyboard.press('i');
    await wall.keyboard.press('i');
    await expect(wall.getByTestId('notices').locator('[data-status="refused"]')).toBeVisible();
    expect((await product.health()).orders).toEqual(orders);
    await wall.keyboard.press('End');
    await expect(wall.getByTestId('past-frame')).toHaveCount(0);
    await expect(wall.locator('html')).toHaveAttribute('data-wall', 'live', { timeout: 5000 });
    await expect(link).toHaveAttribute('data-link', 'live');
    await wall.keyboard.press('Escape');
  });

  await test.step('the bridge is killed: it is revived and the wall comes back by itself', async () => {
    const pid = await product.bridgePid();
    if (pid === undefined) throw new Error('no bridge');
    // Watched in the page: a bridge may be back before the next look from outside.
    const said = wall.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const look = (): void => {
            if (document.querySelector('[data-testid="connection"]')) resolve(true);
          };
          new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
          look();
          setTimeout(resolve, 5000, false);
        }),
    );
    process.kill(pid, 'SIGKILL');
    expect(await said).toBe(true);
    await expect(wall.getByTestId('connection')).toHaveCount(0, { timeout: 30_000 });
    await expect(wall.getByTestId('link-fire-iot')).toHaveAttribute('data-link', 'live');
    expect(await product.bridgePid()).not.toBe(pid);
  });
};
