// Forces on the whole product: an incident is chosen, what is advised is sent by keys alone, and the wall says when they come.
import type { Page } from '@playwright/test';
import { fewVehicles } from './few-vehicles.ts';
import { expect, test } from './product.ts';
import { serious } from './serious.ts';

test.describe.configure({ timeout: 240_000 });

/** Presses the number that stands beside an answer. */
const answerWith = async (wall: Page, id: string): Promise<void> => {
  const key = await wall.locator(`[data-testid="ask"] [data-answer="${id}"] kbd`).textContent();
  await wall.keyboard.press((key ?? '').toLowerCase());
};
test.describe('three vehicles a station', () => {
  test.use({ setup: { profile: fewVehicles() } });
  test('two presses of D send what is advised; those sent have a time of arrival; a station left empty is moved up to; a unit is diverted and sent home by keys', async ({
    wall,
  }) => {
    // An incident of this moment's making: to an older one the platform may have sent enough by itself.
    await wall.keyboard.press('1');
    await expect(wall.getByTestId('act-incident')).toBeVisible();
    await wall.keyboard.press('i');
    await expect(wall.getByTestId('act-incident')).toHaveCount(0);
    const send = wall.getByTestId('send-card');
    await expect(send).toBeVisible();
    const act = send.getByTestId('act-dispatch');
    await expect(act).toBeVisible({ timeout: 60_000 });
    await wall.keyboard.press('d');
    await expect(send).toHaveAttribute('data-armed', 'true');
    const laid = await send.locator('[data-laid="true"]').first().getAttribute('data-unit');
    // Taken back, nothing goes.
    await wall.keyboard.press('Escape');
    await expect(send).toHaveAttribute('data-armed', 'false');
    await wall.keyboard.press('d');
    await wall.keyboard.press('d');
    await expect(send).toHaveAttribute('data-armed', 'false');
    const row = send.locator(`[data-unit="${laid ?? ''}"][data-state]`);
    await expect(row).toBeVisible({ timeout: 30_000 });
    await expect(row.locator('.send-eta')).toHaveText(/^\d+:\d\d$/);

    // What it leaves uncovered is told, with who could move up; the same key that has all acts of an incident moves it.
    await expect(wall.getByTestId('cover-note')).toContainText('补位', { timeout: 30_000 });
    await wall.keyboard.press(';');
    await answerWith(wall, 'moveUp');
    await expect(wall.locator('.notice').filter({ hasText: '补位' })).toContainText('已接受', { timeout: 20_000 });

    // A unit on its way elsewhere is diverted here; sent home it is off the incident.
    await wall.keyboard.press(';');
    await answerWith(wall, 'divert');
    const id = (await wall.locator('[data-testid="ask"] [data-answer]').first().getAttribute('data-answer')) ?? '';
    await wall.keyboard.press('1');
    await expect(wall.getByTestId('ask')).toHaveCount(0);
    await expect(async () => {
      if ((await wall.getByTestId('ask').count()) > 0) await wall.keyboard.press('Escape');
      await wall.keyboard.press(';');
      await answerWith(wall, 'recall');
      await expect(wall.locator(`[data-testid="ask"] [data-answer="${id}"]`)).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 30_000 });
    await answerWith(wall, id);
    await wall.keyboard.press('n');
    await expect(wall.locator('[data-testid="incident-log"] li[data-kind="unit"][data-what="recalled"]')).toHaveCount(
      1,
      {
        timeout: 20_000,
      },
    );
  });
});

test('F7 merges two incidents and U parts them; consultation is drawn on, field counts its line; O shows the rescue circle with its shares; when the source falls silent it is a bound that names the unheard', async ({
  product,
  wall,
}) => {
  await wall.keyboard.press('n');
  await expect(wall.getByTestId('page-incident')).toBeVisible();
  await wall.keyboard.press('F7');
  const join = wall.locator('[data-testid="ask"] [data-answer^="join/"]').first();
  await expect(join).toBeVisible();
  expect(await serious(wall)).toEqual([]);
  await wall.keyboard.press(((await join.locator('kbd').textContent()) ?? '').toLowerCase());
  await expect(wall.getByTestId('repeats')).toBeVisible();
  await wall.keyboard.press('u');
  await expect(wall.getByTestId('repeats')).toHaveCount(0);
  await wall.keyboard.press('Escape');
  await wall.keyboard.press('Escape');

  // Consultation: one incident, drawn on by hand; what is drawn bears who drew it, and is taken back.
  // F3: opened from an alarm that belongs to no incident it still opens on one.
  await wall.keyboard.press('1');
  await wall.keyboard.press('F1');
  await expect(wall.getByTestId('consultation')).toBeVisible();
  await expect(wall.getByTestId('timeline')).toBeVisible();
  await wall.getByTestId('draw-point').click();
  // Another layout draws the city anew: a hand that comes before it touches nothing.
  await expect(async () => {
    const city = await wall.locator('.scene').boundingBox();
    await wall.mouse.click((city?.x ?? 0) + (city?.width ?? 0) / 2, (city?.y ?? 0) + (city?.height ?? 0) * 0.6);
    await expect(wall.getByTestId('draw-finish')).toBeEnabled({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
  await wall.getByTestId('draw-finish').click();
  await expect(wall.getByTestId('drawings')).toHaveAttribute('data-count', '1');
  await expect(wall.getByTestId('drawings')).toContainText('值班员');
  await wall.keyboard.press('u');
  await expect(wall.getByTestId('drawings')).toHaveCount(0);
  // Field: around the incident, in sunlight, on a narrow line that says what it carries.
  await wall.keyboard.press('~');
  await expect(wall.getByTestId('field')).toBeVisible();
  await wall.keyboard.press('_');
  await expect(wall.getByTestId('field-area')).toHaveAttribute('data-area', 'around');
  await expect(wall.getByTestId('alarm-elsewhere')).toBeVisible();
  await wall.keyboard.press('*');
  await expect(wall.locator('html')).toHaveAttribute('data-theme', 'sunlight');
  await expect(wall.getByTestId('net-carried')).toHaveText(/^[1-9]\d* kbit\/s$|Mbit\/s$/);
  for (let i = 0; i < 7; i++) await wall.keyboard.press('-');
  await expect(wall.getByTestId('net')).toHaveAttribute('data-budget', '32');
  for (const key of ['-', '*', '_', '~']) await wall.keyboard.press(key);
  await expect(wall.getByTestId('field')).toHaveCount(0);
  await wall.keyboard.press('Escape');

  await wall.keyboard.press('o');
  const note = wall.getByTestId('cover-note');
  await expect(note).toHaveAttribute('data-on', 'true');
  await expect(note).toContainText(/\d\s?%/, { timeout: 60_000 });
  await expect(note).not.toContainText('≥');
  product.pauseDrill();
  try {
    await expect(note).toContainText('≥', { timeout: 60_000 });
    await expect(note).toContainText('失联');
  } finally {
    product.resumeDrill();
  }
  await expect(note).not.toContainText('≥', { timeout: 60_000 });
  await wall.keyboard.press('o');
  await expect(wall.locator('[data-testid="cover-note"][data-on="true"]')).toHaveCount(0);
});
