import { expect, test } from 'vitest';
import { createFormats } from './formats.ts';

const zh = createFormats('zh', 'Asia/Shanghai');
const en = createFormats('en', 'Asia/Shanghai');
const MIN = 60_000;

test('D5: a total that rests on something unheard becomes a bound', () => {
  expect(en.bound({ known: 24, total: 24, unheard: 0, silentFor: null }, 'ever')).toBe('24 / 24');
  expect(en.bound({ known: 18, total: 24, unheard: 6, silentFor: 14 * MIN }, 'ever')).toBe(
    '≥ 18 / 24 (6 unheard for 14 min)',
  );
  expect(zh.bound({ known: 18, total: 24, unheard: 6, silentFor: 14 * MIN }, '')).toBe('≥ 18 / 24（6 失联 14 分钟）');
});

test('ages never say more than two units and never round up', () => {
  expect(zh.age(12_900)).toBe('12 秒前');
  expect(zh.age(3 * MIN + 59_999)).toBe('3 分钟前');
  expect(en.age(59_999)).toBe('59 s ago');
  expect(en.span(65 * MIN)).toBe('1 h 5 min');
  expect(en.span(26 * 60 * MIN)).toBe('1 d 2 h');
  expect(en.span(-5000)).toBe('0 s');
  expect([0, 59_999, 59 * MIN, 128 * MIN, 50 * 60 * MIN].map((ms) => zh.brief(ms))).toEqual([
    '0 秒',
    '59 秒',
    '59 分',
    '2 小时',
    '2 天',
  ]);
});

test('the clock is the district’s, whatever the machine’s', () => {
  const at = Date.UTC(2026, 10, 23, 17, 46, 52);
  expect(zh.clock(at)).toBe('01:46:52');
  expect(zh.date(at)).toBe('2026-11-24');
  expect(zh.weekday(at)).toBe(2);
  expect(zh.hour(at)).toBe(1);
});

test('amounts', () => {
  expect(en.bytes(999)).toBe('999 B');
  expect(en.bytes(1_234)).toBe('1.2 kB');
  expect(en.bytes(16_400_000_000)).toBe('16 GB');
  expect(en.rate(2.44)).toBe('2.4');
  expect(en.rate(308.3)).toBe('308');
  expect(zh.value('pressure', 0.052)).toBe('0.05 MPa');
  expect(zh.value('residualCurrent', 320.4)).toBe('320 mA');
  expect(en.metres(3_240)).toBe('3.2 km');
});
