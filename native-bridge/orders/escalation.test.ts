import { expect, test } from 'vitest';
import type { TaskRecord } from '../contract/records.ts';
import { escalations } from './escalation.ts';

test('O7: an unanswered task goes up once, to the department the profile names, never to itself', () => {
  const task = (department: string): TaskRecord =>
    ({ id: `t-${department}`, incidentId: 'i', department, action: '断电', status: 'sent' }) as TaskRecord;
  const linkages = { departments: [{ id: 'power', name: { zh: '供电', en: 'Power' } }] };
  const tasks = [task('power'), task('emergency')];
  expect(escalations(tasks, { response: {}, linkages, plans: [] })).toEqual([]);
  expect(escalations(tasks, { response: { escalateTo: 'emergency' }, linkages, plans: [] })).toEqual([
    {
      name: 'task',
      by: 'console',
      args: { incidentId: 'i', department: 'emergency', action: '督办：供电 未回执「断电」' },
    },
  ]);
});
