// What axe finds on the live wall and on every page of the desk: nothing serious, nothing critical.
import { setPerson } from '../../native-bridge/access/people.ts';
import { expect, test } from './product.ts';
import { serious } from './serious.ts';

test.use({ setup: { scenario: 'test/e2e/duty-night.yaml', speed: 10 } });

test('axe finds nothing serious on the wall, on an alarm, on the pages, in the questions the palette and the past, on the displays of one part and at the lock', async ({
  product,
  wall,
}) => {
  expect(await serious(wall)).toEqual([]);
  await wall.keyboard.press('1');
  expect(await serious(wall), 'an alarm').toEqual([]);
  for (const key of ['n', 'y', 'g', 'F8']) {
    await wall.keyboard.press(key);
    await expect(wall.locator('.duty')).toBeVisible();
    expect(await serious(wall), key).toEqual([]);
  }
  await wall.keyboard.press('Escape');
  await wall.keyboard.press('h');
  expect(await serious(wall), 'help').toEqual([]);
  // Every key of the map is in sight, in either language.
  for (const locale of ['zh', 'en']) {
    const cut = wall.getByTestId('help').evaluate((help) => {
      const box = help.getBoundingClientRect();
      const fits = box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
      return { fits, hidden: help.scrollHeight - help.clientHeight > 1 || help.scrollWidth - help.clientWidth > 1 };
    });
    expect(await cut, locale).toEqual({ fits: true, hidden: false });
    await wall.keyboard.press('e');
  }
  await wall.keyboard.press('Escape');
  await wall.keyboard.press('1');
  await wall.keyboard.press("'");
  await expect(wall.getByTestId('ask')).toBeVisible();
  expect(await serious(wall), 'question').toEqual([]);
  await wall.keyboard.press('Escape');
  await wall.keyboard.press('/');
  await expect(wall.getByTestId('palette')).toBeVisible();
  await wall.keyboard.type('bg');
  expect(await serious(wall), 'palette').toEqual([]);
  await wall.keyboard.press('Escape');
  await wall.keyboard.press('Home');
  await expect(wall.getByTestId('past-frame')).toBeVisible({ timeout: 20_000 });
  expect(await serious(wall), 'the past').toEqual([]);

  // The displays of one part, a question there, and the lock.
  for (const view of ['alarms', 'consultation', 'field', 'board']) {
    await wall.goto(product.served.url.replace('/#', `/?view=${view}#`));
    await expect(wall.getByTestId('flood-strip')).toBeVisible();
    const shown = { board: 'incident-card', consultation: 'timeline' }[view] ?? 'alarm-row';
    await expect(wall.getByTestId(shown).first()).toBeVisible();
    if (view === 'field') await wall.keyboard.press('*');
    expect(await serious(wall), view).toEqual([]);
  }
  await wall.getByTestId('incident-card').first().getByRole('button').click();
  await expect(wall.getByTestId('act-merge')).toBeVisible();
  await wall.keyboard.press(';');
  await expect(wall.getByTestId('ask')).toBeVisible();
  expect(await serious(wall), 'incident').toEqual([]);
  await wall.keyboard.press('Escape');
  await setPerson(product.data, { name: '李值班', role: 'duty', pin: '246810' });
  await expect(wall.getByTestId('locked-mark')).toBeVisible();
  await wall.keyboard.press('m');
  await expect(wall.getByTestId('ask')).toBeVisible();
  expect(await serious(wall), 'who is there').toEqual([]);
  await wall.keyboard.press('1');
  await expect(wall.getByTestId('pin')).toBeFocused();
  expect(await serious(wall), 'pin').toEqual([]);
});
