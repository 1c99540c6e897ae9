import { expect, test } from 'vitest';
import { alarmId, buildingId } from '../contract/brand.ts';
import { tellings } from './telling.ts';

test('O8: a property office is reminded by the order a person would give; everybody else is notified of the alarm', () => {
  const room = { id: alarmId('a'), type: 'unattended', buildingId: buildingId('b') } as const;
  const timber = { id: alarmId('t'), type: 'overload' } as const;
  expect(
    tellings([
      { alarm: room, to: 'property' },
      { alarm: timber, to: 'resident' },
      { alarm: timber, to: 'property' },
    ]),
  ).toEqual([
    { name: 'remind', args: { buildingId: 'b', about: 'unattended' }, by: 'console' },
    { name: 'notify', args: { alarmId: 't', to: 'resident' }, by: 'console' },
    { name: 'notify', args: { alarmId: 't', to: 'property' }, by: 'console' },
  ]);
});
