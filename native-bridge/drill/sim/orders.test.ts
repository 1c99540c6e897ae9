import { expect, test } from 'vitest';
import { begin, order } from '../tiny-play.ts';

test('D11: orders act', () => {
  const run = begin(`  - { at: '0:01', act: unattended, tower: tower, minutes: 30, camera: room }`, { speed: 10 });
  run.go(25);
  const alarm = run.of('fire-iot.alarm').find((one) => one.type === 'unattended');
  expect(alarm).toMatchObject({ state: 'raised', deviceId: 'room-2' });

  expect(order(run, 'remind', 'b2', { buildingId: 'b2', about: 'unattended' })).toEqual({ accepted: true });
  run.go(15);
  expect(
    run
      .of('fire-iot.alarm')
      .filter((one) => one.id === alarm?.id)
      .at(-1)?.state,
  ).toBe('cleared');
  expect(run.of('fire-iot.reading').findLast((reading) => reading.deviceId === 'room-2')?.values['attended']).toBe(
    true,
  );

  expect(order(run, 'holdDoor', 'lift-2b', { elevatorId: 'lift-2b', hold: true })).toEqual({ accepted: true });
  run.go(10);
  expect(run.of('fire-iot.cab').findLast((cab) => cab.elevatorId === 'lift-2b')?.door).toBe('held');
  order(run, 'holdDoor', 'lift-2b', { elevatorId: 'lift-2b', hold: false });
  run.go(1);
  expect(run.of('fire-iot.cab').findLast((cab) => cab.elevatorId === 'lift-2b')?.door).not.toBe('held');

  expect(order(run, 'fly', 'x', {})).toMatchObject({ accepted: false });
  expect(order(run, 'dispatch', 'nothing', { unitIds: ['veh-1'] })).toMatchObject({ accepted: false });
});

test('D11: an alarm becomes an incident, units and departments are sent to it', () => {
  const run = begin(`  - { at: '0:01', act: overload, block: block, cutAfter: 5 }`, { speed: 10 });
  run.go(10);
  const alarm = run.of('fire-iot.alarm')[0];
  expect(order(run, 'openIncident', alarm?.id ?? '', { alarmId: alarm?.id, title: '老街过载' })).toEqual({
    accepted: true,
  });
  run.go(2);
  const incident = run.of('linkage-110.incident').at(-1);
  expect(incident).toMatchObject({ status: 'accepted', title: '老街过载', buildingId: 'b3' });
  const id = incident?.id ?? '';
  expect(order(run, 'dispatch', id, { incidentId: id, unitIds: ['veh-2', 'veh-3'] })).toEqual({ accepted: true });
  expect(order(run, 'task', id, { incidentId: id, department: 'power', action: '断电' })).toEqual({ accepted: true });
  run.go(60);
  const statuses = run
    .of('linkage-110.incident')
    .filter((one) => one.id === id)
    .map((one) => one.status);
  expect(statuses.slice(0, 4)).toEqual(['reported', 'accepted', 'dispatched', 'arrived']);
  expect(run.of('fire-iot.position').findLast((one) => one.unitId === 'veh-2')?.status).toMatch(/on-scene|en-route/);
  expect(
    run
      .of('linkage-110.task')
      .map((task) => task.status)
      .slice(0, 2),
  ).toEqual(['sent', 'received']);
});

test('D11: units are diverted and called off, people are called, hazards are handed out', () => {
  const run = begin(`  - { at: '0:01', act: overload, block: block, cutAfter: 5 }`, { speed: 10 });
  run.go(10);
  const alarm = run.of('fire-iot.alarm')[0]?.id ?? '';
  order(run, 'openIncident', alarm, { alarmId: alarm });
  run.go(2);
  const id = run.of('linkage-110.incident').at(-1)?.id ?? '';
  const unit = () => run.of('fire-iot.position').findLast((one) => one.unitId === 'veh-2');
  order(run, 'dispatch', id, { incidentId: id, unitIds: ['veh-2'] });
  expect(unit()).toMatchObject({ incidentId: id });
  expect(order(run, 'recall', 'other', { incidentId: 'other', unitIds: ['veh-2'] })).toMatchObject({ accepted: false });
  expect(order(run, 'recall', id, { incidentId: id, unitIds: ['veh-2'] })).toEqual({ accepted: true });
  expect(unit()?.incidentId).toBeUndefined();
  expect(order(run, 'divert', id, { incidentId: id, from: 'gone', unitIds: ['veh-2'] })).toEqual({ accepted: true });
  expect(unit()).toMatchObject({ incidentId: id });
  expect(order(run, 'moveUp', 'veh-3', { unitId: 'veh-3', placeId: 'nowhere' })).toMatchObject({ accepted: false });

  const call = { incidentId: id, department: 'emergency', action: '叫应', recipient: 'chief' };
  expect(order(run, 'task', id, call)).toEqual({ accepted: true });
  const task = run.of('linkage-110.task').at(-1);
  expect(task).toMatchObject({ recipient: 'chief', status: 'sent' });
  expect(order(run, 'receipt', task?.id ?? '', { taskId: task?.id, status: 'received' })).toEqual({ accepted: true });
  expect(run.of('linkage-110.task').at(-1)).toMatchObject({ id: task?.id, status: 'received' });
  expect(order(run, 'receipt', 'nothing', { taskId: 'nothing', status: 'done' })).toMatchObject({ accepted: false });

  const work = { alarmId: alarm, department: 'power', action: '检修线路' };
  expect(order(run, 'workOrder', alarm, work)).toEqual({ accepted: true });
  expect(run.of('linkage-110.task').at(-1)).toMatchObject({ alarmId: alarm, action: '检修线路' });
  expect(run.of('linkage-110.task').at(-1)?.incidentId).toBeUndefined();
  expect(order(run, 'notify', alarm, { alarmId: alarm, to: 'resident' })).toEqual({ accepted: true });
});

test('D11: held doors stay open in the film too', () => {
  const run = begin(`  - { at: '0:00', act: ride, camera: lift, clip: elevator-ebike }`);
  run.go(7.5);
  const cabs = () => run.of('fire-iot.cab').filter((cab) => cab.elevatorId === 'lift-1a');
  expect(cabs().at(-1)?.door).toBe('open');
  order(run, 'holdDoor', 'lift-1a', { hold: true });
  run.go(20);
  expect(cabs().at(-1)).toMatchObject({ door: 'held', floor: 1 });
  order(run, 'holdDoor', 'lift-1a', { hold: false });
  run.go(20);
  expect(cabs().at(-1)?.floor).toBeGreaterThan(1);
});
