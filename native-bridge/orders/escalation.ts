/**
 * Tasks that nobody received, told to the department above by an order of their own.
 *
 * Owns: what that order says. Pure. Guarantees: only when the profile names such a department; never about a task of
 *   that department itself. Refuses: to give it; the pipeline does, like any other command, in the name of the console.
 */
import type { TaskRecord } from '../contract/records.ts';
import type { Profile } from '../contract/site.ts';

/** Who acts when the console does so by itself. */
export const CONSOLE = 'console';

export const escalations = (
  tasks: readonly TaskRecord[],
  { response, linkages }: Pick<Profile, 'response' | 'linkages'>,
): { name: 'task'; args: { incidentId: string; department: string; action: string }; by: string }[] => {
  const { escalateTo } = response;
  if (escalateTo === undefined) return [];
  return tasks
    .filter(({ department }) => department !== escalateTo)
    .map(({ incidentId, department, action }) => {
      const name = linkages.departments.find((one) => one.id === department)?.name.zh ?? department;
      return {
        name: 'task',
        args: { incidentId, department: escalateTo, action: `督办：${name} 未回执「${action}」` },
        by: CONSOLE,
      };
    });
};
