import { expect, test } from 'vitest';
import { search, type Findable } from './search.ts';

const thing = (id: string, text: string, ...also: string[]): Findable => ({ id, text, also });
const THINGS = [
  thing('shelve', '搁置 / 取消搁置', 'Shelve / unshelve'),
  thing('handover', '交接班', 'Shift handover'),
  thing('tower', '鸿雁大厦', 'Hongyan Tower', '王充路 88 号'),
  thing('garden', '曹娥江畔花园 3 幢'),
  thing('bank', '江畔银行', 'Riverside Bank'),
];
const found = (typed: string): string[] => search(THINGS, typed, 9).map(({ id }) => id);

test('P8: initials, whole pinyin, characters and English find the same thing', () => {
  for (const typed of ['hydx', 'hongyan', '鸿雁', 'tower', 'hongyan tow', '王充路', 'wcl'])
    expect(found(typed), typed).toEqual(['tower']);
  for (const typed of ['jjb', 'jiaojieban', '交接', 'shift', 'sh']) expect(found(typed), typed).toContain('handover');
});
test('P8: what begins with it comes before what holds it inside; all words must be found', () => {
  expect(found('江畔')).toEqual(['bank', 'garden']);
  expect(found('jp')).toEqual(['bank', 'garden']);
  expect(found('花园 3')).toEqual(['garden']);
  expect(found('花园 银行')).toEqual([]);
  expect(found('zzz')).toEqual([]);
});
test('P8: a house comes before what bears its name', () => {
  const house = [
    thing('lift', '蓝天雅苑1幢1号梯轿厢'),
    thing('room', '蓝天雅苑1幢消控室'),
    thing('house', '蓝天雅苑1幢'),
  ];
  expect(search(house, '蓝天雅苑', 9).map(({ id }) => id)).toEqual(['house', 'lift', 'room']);
});
test('P8: ten thousand names are searched between two key presses', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => thing(`b${i}`, `百官街道 ${i} 号楼`));
  search(many.slice(0, 10), 'bg', 9);
  const began = performance.now();
  expect(search(many, 'bgjd', 9)).toHaveLength(9);
  expect(performance.now() - began).toBeLessThan(1500);
});
