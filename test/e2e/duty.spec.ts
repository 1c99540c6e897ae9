// The desk by keyboard alone, on the whole product: one incident from its sound to its closure; another with the link cut in
// the middle, each order delivered once when it returns. No test here touches the mouse.
import { setPerson } from '../../native-bridge/access/people.ts';
import { expect, test } from './product.ts';
import { inOrder, printed } from './paper.ts';
import type { Page } from '@playwright/test';

// A wall's own size; the field laptop's is looked at with the layouts.
test.use({ setup: { scenario: 'test/e2e/duty-night.yaml', speed: 60 }, viewport: { width: 1920, height: 1080 } });
test.describe.configure({ timeout: 150_000 });
const shots = process.env['FENGSUI_SHOTS'];
const shoot = async (page: Page, name: string): Promise<void> => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
};

/** Counts the notes the wall plays: what a person in the room would hear. */
const listen = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number): void {
      const { dataset } = document.documentElement;
      dataset['notes'] = String(Number(dataset['notes'] ?? 0) + 1);
      start.call(this, when);
    };
  });
const answer = async (wall: Page, key: string): Promise<void> => {
  await expect(wall.getByTestId('ask')).toBeVisible();
  await wall.keyboard.press(key);
};
/** Presses the number that stands beside an answer; not every answer is offered at every time. */
const answerWith = async (wall: Page, id: string): Promise<void> => {
  const key = await wall.locator(`[data-testid="ask"] [data-answer="${id}"] kbd`).textContent();
  await wall.keyboard.press((key ?? '').toLowerCase());
};
const lines = (wall: Page, kind: string, what: string) =>
  wall.locator(`[data-testid="incident-log"] li[data-kind="${kind}"][data-what="${what}"]`);
/** Orders to departments; what the console tells by itself stands in the same log. */
const tasked = (wall: Page, what: string) => lines(wall, 'order', what).filter({ hasText: '下达任务' });

/** The place on the list of the first alarm that still stands: what has returned the platform makes no incident of. */
const standing = async (wall: Page, fires = true): Promise<number> => {
  const list = await wall
    .getByTestId('alarm-row')
    .evaluateAll((rows) => rows.map(({ dataset }) => ({ type: dataset['type'], state: dataset['state'] })));
  return 1 + list.findIndex(({ type, state }) => state === 'unacknowledged' && (fires || type !== 'fire'));
};

/**
 * Chooses the first alarm that stands, acknowledges it and makes it an incident; its page stands open after it. Played fast,
 * an alarm may return between two keys and the platform refuses: then the next one that stands is taken, as anyone would.
 */
const openIncident = async (wall: Page): Promise<string> => {
  let id = '';
  await expect(async () => {
    await wall.keyboard.press('Escape');
    await expect.poll(() => standing(wall), { timeout: 15_000 }).toBeGreaterThan(0);
    await wall.keyboard.press(String(await standing(wall)));
    await expect(wall.getByTestId('selection-card')).toHaveAttribute('data-kind', 'alarm', { timeout: 5000 });
    id = (await wall.getByTestId('selection-card').getAttribute('data-id')) ?? '';
    await wall.keyboard.press('a');
    await expect(wall.getByTestId('act-incident')).toBeVisible({ timeout: 5000 });
    await wall.keyboard.press('i');
    // The 110 linkage has taken it: the alarm now belongs to an incident.
    await expect(wall.getByTestId('act-incident')).toHaveCount(0, { timeout: 8000 });
  }).toPass({ timeout: 75_000 });
  await wall.keyboard.press('n');
  return id;
};

test('one incident by keys alone: heard, acknowledged, opened, units and a department sent, closed; the log tells it', async ({
  context,
  page,
  product,
}) => {
  await listen(page);
  await page.goto(product.served.url);
  await expect(page.getByTestId('alarm-row').first()).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('html').getAttribute('data-notes').then(Number)).toBeGreaterThan(0);

  const board = await context.newPage();
  await board.goto(product.served.url.replace('/#', '/?view=board&window=board#'));
  await expect(board.getByTestId('flood-strip')).toBeVisible();
  // F3: nobody chose: the board opens on the worst in hand, and moves no other window.
  await expect(board.locator('.duty-incident')).toBeVisible();
  await expect(page.getByTestId('selection-card')).toHaveCount(0);
  await page.bringToFront();
  await openIncident(page);
  await expect(page.getByTestId('page-incident')).toBeVisible();
  await expect(page.getByTestId('incident-log')).toBeVisible({ timeout: 20_000 });
  // A log longer than its room is turned back to its first line, says that newer ones stand, and is turned forth again.
  const newer = page.getByTestId('log-newest');
  await expect(async () => {
    if ((await lines(page, 'status', 'reported').count()) === 0)
      await page.getByTestId('log-earlier').press('Enter', { timeout: 1000 });
    await expect(lines(page, 'status', 'reported')).toHaveCount(1, { timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  if ((await newer.count()) > 0) await newer.press('Enter');
  await expect(newer).toHaveCount(0);
  // From here on tall enough for the lines that are looked for.
  await page.setViewportSize({ width: 1920, height: 1500 });

  await page.keyboard.press('t');
  await answer(page, '6');
  await answer(page, '1');
  await answer(page, 'Enter');
  await expect(page.getByTestId('task').first()).toBeVisible({ timeout: 20_000 });

  // In hand, the plan worked down, a leader called by name.
  for (const [act, item] of [['own'], ['tick', 'overall/six-where'], ['call', 'duty-leader']] as const) {
    await page.keyboard.press(';');
    await answerWith(page, act);
    if (item !== undefined) await answerWith(page, item);
    if (act === 'tick') await page.keyboard.press('Escape');
    await expect(page.getByTestId('ask')).toHaveCount(0);
  }
  await expect(page.getByTestId('in-hand')).toHaveAttribute('data-owner', /.+/);
  await expect(page.locator('[data-item="six-where"]')).toHaveCount(0);
  await expect(page.locator('[data-recipient="duty-leader"]')).toHaveAttribute('data-status', 'done', {
    timeout: 20_000,
  });

  // A second window of the console: what is chosen here is chosen there, each says who looks, and acts of one are seen in both.
  const incidentId = (await page.locator('.duty-incident').getAttribute('data-incident-id')) ?? '';
  await expect(board.locator(`.duty-incident[data-incident-id="${incidentId}"]`)).toBeVisible();
  for (const window of [page, board]) await expect(window.getByTestId('lookers')).toHaveAttribute('data-count', '2');
  const owner = await page.getByTestId('in-hand').getAttribute('data-owner');
  await expect(board.getByTestId('in-hand')).toHaveAttribute('data-owner', owner ?? '');
  await board.keyboard.press(';');
  await answerWith(board, 'own');
  await expect(page.getByTestId('in-hand')).toHaveAttribute('data-owner', 'board');
  // A road is closed by keys in one and stands closed in the other; undo opens it.
  const first = async (window: Page): Promise<string> => {
    if ((await window.getByTestId('ask').count()) > 0) await window.keyboard.press('Escape');
    await window.keyboard.press(';');
    await answerWith(window, 'road');
    return (await window.locator('[data-testid="ask"] [data-answer] span').first().textContent()) ?? '';
  };
  const open = await first(page);
  await page.keyboard.press('1');
  await answerWith(page, 'closed');
  await expect(page.getByTestId('ask')).toHaveCount(0);
  await expect(async () => {
    expect(await first(board)).toBe(`${open} · 已封闭`);
  }).toPass({ timeout: 15_000 });
  await board.keyboard.press('Escape');
  await page.keyboard.press('u');
  await expect(async () => {
    expect(await first(board)).toBe(open);
  }).toPass({ timeout: 15_000 });
  await board.close();
  await expect(page.getByTestId('lookers')).toHaveAttribute('data-count', '1');

  const send = page.getByTestId('send-card');
  await expect(send.getByTestId('act-dispatch')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('d');
  await expect(send).toHaveAttribute('data-armed', 'true');
  await page.keyboard.press('d');
  await expect(page.locator('[data-step="dispatched"]')).toHaveAttribute('data-reached', 'true', { timeout: 20_000 });
  await shoot(page, 'desk');
  await page.keyboard.press(';');
  await answerWith(page, 'recall');
  await answer(page, '1');
  await expect(lines(page, 'unit', 'recalled')).toHaveCount(1, { timeout: 20_000 });
  await page.keyboard.press('c');
  await expect(page.locator('[data-step="closed"]')).toHaveAttribute('data-reached', 'true', { timeout: 90_000 });
  await expect(lines(page, 'status', 'closed')).toHaveCount(1);
  await shoot(page, 'desk-closed');

  // On paper the whole log stands from the first line to the last, whatever fits the wall.
  const total = Number(await page.getByTestId('incident-log').getAttribute('data-entries'));
  const paper = await printed(page);
  expect(paper).toContain(`处置记录 (${total})`);
  expect(inOrder(paper.slice(paper.indexOf('处置记录')), ['接报', '经办', '派车', '召回', '结案'])).toBe(true);
  expect(paper).toMatch(/区值班领导[^\n]*完成/);
  expect(paper).toContain('演练');

  // A fire that is over and seen stays on the list until somebody says what it was.
  for (let i = 0; i < 2; i++) await page.keyboard.press('Escape');
  const over = page
    .locator('[data-testid="alarm-row"][data-type="fire"][data-state="returned-unacknowledged"]')
    .first();
  await expect(over).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press((await over.locator('.alarm-place').textContent()) ?? '');
  const fire = page.locator(
    `[data-alarm-id="${(await page.getByTestId('selection-card').getAttribute('data-id')) ?? ''}"]`,
  );
  await page.keyboard.press('a');
  await expect(fire).toHaveAttribute('data-state', 'acknowledged');
  await page.keyboard.press('x');
  await expect(fire).toHaveCount(0);
});

test.describe('at its own pace', () => {
  // Tall enough for the whole log of an incident: it shows what fits, the newest first.
  test.use({ setup: { scenario: 'test/e2e/duty-night.yaml', speed: 1 }, viewport: { width: 1920, height: 1700 } });
  test('the link is cut in the middle: what is ordered waits in sight, and is delivered once when it returns', async ({
    page,
    product,
  }) => {
    await page.goto(product.served.url);
    await expect(page.getByTestId('alarm-row').first()).toBeVisible({ timeout: 60_000 });
    await openIncident(page);
    await expect(page.getByTestId('incident-log')).toBeVisible({ timeout: 20_000 });

    product.pauseDrill();
    try {
      await expect(page.getByTestId('link-linkage-110')).toHaveAttribute('data-link', 'lost', { timeout: 15_000 });
      for (const department of ['6', '2']) {
        await page.keyboard.press('t');
        await answer(page, department);
        await answer(page, '1');
        await answer(page, '2');
      }
      await expect(page.locator('.notice[data-order-id]')).toHaveCount(2);
      await expect(tasked(page, 'waiting')).toHaveCount(2);
      await expect(page.getByTestId('task')).toHaveCount(0);
      await shoot(page, 'desk-cut');
    } finally {
      product.resumeDrill();
    }
    await expect(page.getByTestId('link-linkage-110')).toHaveAttribute('data-link', 'live', { timeout: 30_000 });
    await expect(page.getByTestId('task')).toHaveCount(2, { timeout: 30_000 });
    await expect(tasked(page, 'accepted').or(tasked(page, 'duplicate'))).toHaveCount(2);
    await expect(page.locator('[data-testid="task"]')).toHaveCount(2);
  });

  test('shelved with a reason and taken back by U; the palette finds by initials; a shift is handed over; the lock asks who is there', async ({
    page,
    product,
  }) => {
    await page.goto(product.served.url);
    const rows = page.locator('[data-testid="alarm-row"]:not([data-type="fire"])');
    await expect(rows.first()).toBeVisible({ timeout: 60_000 });
    const place = await standing(page, false);
    expect(place).toBeGreaterThan(0);
    await page.keyboard.press(String(place));
    // The alarm that is chosen is the one that is shelved: read from its card, not from the list of a moment before.
    const card = page.getByTestId('selection-card');
    await expect(card).toHaveAttribute('data-kind', 'alarm');
    const id = (await card.getAttribute('data-id')) ?? '';
    await expect(page.locator(`[data-testid="alarm-row"][data-alarm-id="${id}"]`)).toHaveCount(1);
    await page.keyboard.press('z');
    await answer(page, '1');
    await answer(page, '2');
    await expect(page.locator(`[data-testid="alarm-row"][data-alarm-id="${id}"]`)).toHaveCount(0);
    await page.keyboard.press('y');
    await expect(page.getByTestId('aside-shelved')).toHaveAttribute('data-count', '1');
    await shoot(page, 'aside');
    await page.keyboard.press('u');
    await expect(page.getByTestId('aside-shelved')).toHaveAttribute('data-count', '0');
    await expect(page.locator(`[data-testid="alarm-row"][data-alarm-id="${id}"]`)).toHaveCount(1);

    await page.keyboard.press('g');
    await expect(page.getByTestId('page-performance')).toBeVisible();
    await shoot(page, 'performance');
    await page.keyboard.press('/');
    await expect(page.getByTestId('palette')).toBeVisible();
    await page.keyboard.type('jjb');
    await expect(page.locator('[data-found="act/handover"][aria-selected="true"]')).toBeVisible();
    await shoot(page, 'palette');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('page-handover')).toBeVisible();
    for (const name of ['李值班', '王接班']) {
      await page.getByTestId('handover-name').focus();
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('handover-name')).toHaveValue('');
    }
    await expect(page.getByTestId('handover-signed')).toContainText('王接班');
    const paper = await printed(page);
    const open = Number(await page.locator('[data-what="alarms"]').getAttribute('data-count'));
    expect(paper).toMatch(/交班人 李值班[^\n]*接班人 王接班/);
    expect(open).toBeGreaterThan(0);
    // Every alarm by name, not only how many.
    expect(paper).toMatch(/未结报警 \(\d+\)\n[^\n]*\n\s*(危急|紧急|重要|提示) /);
    await expect(page.getByTestId('alarm-row').first()).toBeVisible();
    await shoot(page, 'handover');
    await page.keyboard.press('Escape');

    // X3 X4: from the moment somebody has a PIN acts wait for it; what is asked without is not done and asks who is there.
    await setPerson(product.data, { name: '李值班', role: 'duty', pin: '246810' });
    await expect(page.getByTestId('locked-mark')).toBeVisible();
    await page.keyboard.press('m');
    await answer(page, '1');
    await expect(page.getByTestId('pin')).toBeFocused();
    await page.keyboard.type('246811');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('ask').getByRole('status')).toHaveClass('plate');
    await shoot(page, 'lock');
    await page.keyboard.type('246810');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('signed-in')).toHaveText('李值班');
    await expect(page.getByTestId('ask')).toHaveCount(0);
    await page.keyboard.press('m');
    await expect(page.getByTestId('muted-mark')).toBeVisible();
    await page.keyboard.press('F2');
    await expect(page.getByTestId('locked-mark')).toBeVisible();
  });
});
