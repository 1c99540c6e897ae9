import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { receiveTime } from './contract/brand.ts';
import { loadProfile } from './config.ts';
import { settingsChanged } from './settings-seen.ts';

const data = mkdtempSync(join(tmpdir(), 'fengsui-settings-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));
const profile = loadProfile(resolve(import.meta.dirname, '../resources/sites/demo/site.yaml'));
const look = (changed = profile) => {
  const troubles: string[] = [];
  const list = settingsChanged(changed, data, receiveTime(7), (text) => troubles.push(text));
  return { troubles, list };
};

test('a handover names what is other in the profile than at the last start, each field once with both values', () => {
  expect(look().list).toEqual([]);
  expect(look().list).toEqual([]);
  const [first] = profile.alarms.priority ?? [];
  const other = {
    ...profile,
    targets: { ...profile.targets, alarmsPerHour: 9 },
    alarms: {
      ...profile.alarms,
      priority: first ? [{ ...first, id: 'new-one' }, ...(profile.alarms.priority ?? [])] : [],
    },
  };
  const { list } = look(other);
  expect(list).toContainEqual({ id: 'targets.alarmsPerHour', at: 7, before: '6', now: '9' });
  // One more rule in front is one more rule, not every rule another.
  expect(list.map(({ id }) => id).filter((id) => id.startsWith('alarms') && !id.includes('new-one'))).toEqual([]);
  expect(look(other).list).toEqual([]);
  expect(look().list).toContainEqual({ id: 'targets.alarmsPerHour', at: 7, before: '9', now: '6' });
});
test('the addresses of a drill are no change; a damaged file is told and costs nothing else', () => {
  const drill = { ...profile, drill: true };
  look(drill);
  expect(look({ ...drill, feeds: [] }).list).toEqual([]);
  writeFileSync(join(data, 'settings-seen.json'), '{');
  const { list, troubles } = look(drill);
  expect([list, troubles.length]).toEqual([[], 1]);
  expect(look(drill)).toEqual({ list: [], troubles: [] });
});
