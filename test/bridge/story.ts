// The log of an incident, held against what the picture itself says happened.
// Guarantees: names every status, alarm, task and order that is missing, every line that was changed or lost after it had
// been written, and statuses that do not follow each other. Knows nothing of a scenario.
import { isDeepStrictEqual } from 'node:util';
import type { EntryRecord } from '../../native-bridge/contract/duty-records.ts';
import { INCIDENT_STATUSES } from '../../native-bridge/contract/wire.ts';
import type { Viewer } from './viewer.ts';

export class Story {
  readonly #viewer: Viewer;
  readonly #written = new Map<string, EntryRecord>();
  /** Lines that did not stay as they were. */
  readonly altered: string[] = [];

  constructor(viewer: Viewer) {
    this.#viewer = viewer;
  }
  /** As it is read: oldest first. */
  lines(incidentId: string): EntryRecord[] {
    return this.#viewer
      .all('entry')
      .filter((entry) => entry.incidentId === incidentId)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }
  /** Called as often as one likes. */
  look(): void {
    for (const [id, before] of this.#written) {
      const now = this.#viewer.get('entry', id);
      // A closed incident is let go of as a whole after its time.
      if (now ? !isDeepStrictEqual(now, before) : this.#viewer.get('incident', before.incidentId)) {
        this.altered.push(id);
        this.#written.delete(id);
      }
    }
    for (const entry of this.#viewer.all('entry')) this.#written.set(entry.id, structuredClone(entry));
  }
  /** What happened to the incident and is not told, or told in the wrong order. */
  missing(incidentId: string): string[] {
    const incident = this.#viewer.get('incident', incidentId);
    if (!incident) return [`there is no incident ${incidentId}`];
    const lines = this.lines(incidentId);
    const ids = new Set(lines.map(({ id }) => id));
    const wanted = [
      ...Object.keys(incident.reached).map((status) => `status//${status}`),
      ...incident.alarmIds.flatMap((id) => {
        const alarm = this.#viewer.get('alarm', id);
        return alarm ? [`alarm/${id}/${alarm.type}`] : [];
      }),
      ...this.#viewer
        .all('task')
        .filter((task) => task.incidentId === incidentId)
        .flatMap((task) =>
          Object.keys(task.reached ?? {}).map(
            (status) => `${task.recipient === undefined ? 'task' : 'call'}/${task.id}/${status}`,
          ),
        ),
      ...this.#viewer
        .all('order')
        .filter(({ target, answeredAt }) => target === incidentId && answeredAt !== undefined)
        .map(({ id, status }) => `order/${id}/${status}`),
    ];
    const wrong = wanted.filter((fact) => !ids.has(`${incidentId}/${fact}`)).map((fact) => `not told: ${fact}`);
    const told = lines.filter(({ kind }) => kind === 'status').map(({ what }) => what);
    const right = INCIDENT_STATUSES.filter((status) => told.includes(status));
    if (!isDeepStrictEqual(told, right)) wrong.push(`told as ${told.join(', ')}`);
    return wrong;
  }
}
