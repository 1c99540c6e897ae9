/**
 * Tasks that nobody received, told to the department above by an order of their own.
 *
 * Owns: what that order says. Pure. Guarantees: only when the profile names such a department; never about a task of
 *   that department itself. Refuses: to give it; the pipeline does, like any other command, in the name of the console.
 */
import type { TaskRecord } from '../contract/records.ts';
import type { Profile } from '../contract/site.ts';

const CONSOLE = 'console';

export const escalations = (
  tasks: readonly TaskRecord[],
  { response, linkages, plans }: Pick<Profile, 'response' | 'linkages' | 'plans'>,
): { name: 'task'; args: { incidentId: string; department: string; action: string }; by: string }[] => {
  const { escalateTo } = response;
  if (escalateTo === undefined) return [];
  return tasks.flatMap(({ incidentId, department, action, recipient }) => {
    if (incidentId === undefined || (department === escalateTo && recipient === undefined)) return [];
    const person = plans.flatMap((plan) => plan.recipients ?? []).find((one) => one.id === recipient);
    const name = person
      ? `${person.role.zh} ${person.name}`
      : linkages.departments.find((one) => one.id === department)?.name.zh;
    return {
      name: 'task' as const,
      args: {
        incidentId,
        department: escalateTo,
        action: `督办：${name ?? department} 未${recipient === undefined ? '回执' : '应答'}「${action}」`,
      },
      by: CONSOLE,
    };
  });
};
