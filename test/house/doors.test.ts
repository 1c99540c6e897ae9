import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspect, type Doors } from './doors.ts';

const home = resolve(import.meta.dirname, '../..');
const copies: string[] = [];

const copy = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'fengsui-doors-'));
  copies.push(root);
  for (const folder of ['electron', 'native-bridge', 'renderer', 'test']) {
    cpSync(join(home, folder), join(root, folder), { recursive: true });
  }
  cpSync(join(home, 'package.json'), join(root, 'package.json'));
  symlinkSync(join(home, 'node_modules'), join(root, 'node_modules'));
  return root;
};
const write = (root: string, file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

afterAll(() => {
  for (const root of copies) rmSync(root, { recursive: true, force: true });
});

/** What is planted: file, its text, and the rule that must catch it. */
const PLANTED: [file: string, text: string, caught: string][] = [
  ['native-bridge/contract/planted-node.ts', `import 'node:fs';`, 'contract: no Node'],
  ['native-bridge/contract/planted-room.ts', `import '../base/clock.ts';`, 'contract: other rooms'],
  ['native-bridge/base/planted.ts', `import '../feed/machine.ts';`, 'base: other rooms'],
  ['native-bridge/feed/planted.ts', `import '../journal/types.ts';`, 'feed: other rooms'],
  [
    'native-bridge/feed/planted-type.ts',
    `import type { Journal } from '../journal/types.ts';\nexport type P = Journal;`,
    'feed: other rooms',
  ],
  ['native-bridge/decode/planted.ts', `import 'better-sqlite3';`, 'decode: packages'],
  ['native-bridge/journal/planted.ts', `import 'zeromq';`, 'journal: packages'],
  ['native-bridge/picture/planted.ts', `import '../port/planted.ts';`, 'picture: other rooms'],
  ['native-bridge/orders/planted.ts', `import 'ws';`, 'orders: packages'],
  ['native-bridge/video/planted.ts', `import '../feed/machine.ts';`, 'bridge-video: other rooms'],
  ['native-bridge/port/planted.ts', `import '../../renderer/store/world.ts';`, 'port: other rooms'],
  ['native-bridge/city/planted.ts', `import '../drill/main.ts';`, 'city: other rooms'],
  ['native-bridge/city/planted-main.ts', `import '../journal/journal.ts';`, 'city: other rooms (command)'],
  ['native-bridge/base/planted-uses.ts', `import '../../electron/electron-fake.ts';`, 'nothing imports tests'],
  ['native-bridge/drill/planted.ts', `import 'better-sqlite3';`, 'drill: packages'],
  ['native-bridge/platform/planted.ts', `import '../drill/outbox.ts';`, 'platform: other rooms'],
  ['native-bridge/gateway/planted.ts', `import '../drill/outbox.ts';`, 'gateway: other rooms'],
  ['native-bridge/planted.ts', `import '../renderer/store/world.ts';`, 'bridge-wiring: other rooms'],
  ['electron/planted.ts', `import '../native-bridge/base/clock.ts';`, 'electron: other rooms'],
  ['renderer/link/planted.ts', `import '../scene/loop.ts';`, 'link: other rooms'],
  ['renderer/store/planted.ts', `import 'react';`, 'only hooks.ts brings React into the store'],
  ['renderer/store/planted-design.ts', `import '../design/tokens.ts';`, 'store: other rooms'],
  ['renderer/scene/planted.ts', `import 'recharts';`, 'scene: packages'],
  ['renderer/scene/planted-meta.ts', `import 'cesium';`, 'scene: packages'],
  ['renderer/video/planted.ts', `import '../scene/loop.ts';`, 'video: other rooms'],
  ['renderer/panels/alarms/planted.ts', `import '../planted/card.ts';`, 'a panel never imports another'],
  ['renderer/panels/planted/card.ts', `import '../../link/link.ts';`, 'panels: other rooms'],
  ['renderer/design/planted.ts', `import '../store/world.ts';`, 'design: other rooms'],
  ['renderer/planted.ts', `import 'node:path';`, 'renderer-wiring: no Node'],
  ['renderer/planted-wiring.ts', `import '../native-bridge/base/clock.ts';`, 'renderer-wiring: other rooms'],
  [
    'native-bridge/base/planted-loop-a.ts',
    `import type { B } from './planted-loop-b.ts';\nexport type A = B[];`,
    'no cycles',
  ],
  [
    'native-bridge/base/planted-loop-b.ts',
    `import type { A } from './planted-loop-a.ts';\nexport type B = { a: A };`,
    'no cycles',
  ],
  ['native-bridge/base/planted-lost.ts', `import './nowhere.ts';`, 'no unresolved imports'],
  ['native-bridge/base/planted-test.ts', `import '../../test/house/rooms.ts';`, 'nothing imports tests'],
  ['native-bridge/base/planted.test.ts', `import 'esbuild';`, 'base: packages of tests'],
  ['native-bridge/base/index.ts', `export const planted = 1;`, 'name says nothing'],
  ['native-bridge/base/utils/planted.ts', `export const planted = 1;`, 'name says nothing'],
  ['renderer/helpers.ts', `export const planted = 1;`, 'name says nothing'],
  ['native-bridge/base/planted-long.ts', `// line\n`.repeat(301), 'longer than 300 lines'],
  ['native-bridge/strange/planted.ts', `export const planted = 1;`, 'in no room'],
  ['planted.md', 'text', 'does not belong at the top'],
];

describe('H1 every door bites', () => {
  let doors: Doors;
  beforeAll(async () => {
    const root = copy();
    for (const [file, text] of PLANTED) write(root, file, text);
    doors = await inspect(root);
  });

  test.each(PLANTED)('%s: %s', (file, _text, caught) => {
    const found = doors.violations.filter((line) => line.includes(file) && line.startsWith(`${caught}:`));
    expect(found, doors.violations.join('\n')).not.toEqual([]);
  });

  test('H2 the number of modules read is the number of source files', () => {
    expect(doors.sourceFiles).toBeGreaterThan(PLANTED.length + 100);
    expect(doors.modulesRead).toBe(doors.sourceFiles);
  });
});

test('H3 a tree that was not planted in has none of the planted violations', async () => {
  const doors = await inspect(home);
  expect(doors.violations.filter((line) => line.includes('planted'))).toEqual([]);
  expect(doors.modulesRead).toBe(doors.sourceFiles);
});
