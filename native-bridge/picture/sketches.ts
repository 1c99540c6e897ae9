/**
 * Drawings on the map of an incident.
 *
 * Owns: `sketch` records. Guarantees: each act stands in the incident's log; a drawing goes with its incident. Refuses: shapes
 *   with too few or too many corners, and more drawings than a map can be read through.
 */
import type { ReceiveTime } from '../contract/brand.ts';
import { SKETCH_POINTS, type SketchCommands } from '../contract/sketch.ts';
import type { Desk } from './desk.ts';
import type { Entries } from './entries.ts';
import { Refused } from './refused.ts';

/** House rule: of one incident. */
const MOST = 100;

export interface Sketches {
  /** Answers the id of the drawing. */
  readonly draw: (args: SketchCommands['draw']['args'], by: string, now: ReceiveTime) => string;
  readonly erase: (id: string, by: string, now: ReceiveTime) => void;
}

export const createSketches = ({ log }: Pick<Desk, 'log'>, entries: Entries): Sketches => ({
  draw: ({ incidentId, shape, points, text }, by, now) => {
    if (!log.get('incident', incidentId)) throw new Refused('unknown-incident', `there is no incident ${incidentId}`);
    const [least, most] = SKETCH_POINTS[shape];
    if (points.length < least || points.length > most)
      throw new Refused('bad-args', `points: ${points.length} of ${shape}; would be right: ${least} to ${most}`);
    const here = [...log.all('sketch')].filter((one) => one.incidentId === incidentId);
    if (here.length >= MOST) throw new Refused('too-many', `${MOST} drawings stand on this map; erase some first`);
    let id = `${incidentId}/${now}`;
    for (let n = 2; log.get('sketch', id); n++) id = `${incidentId}/${now}/${n}`;
    const said = text === undefined || text.trim() === '' ? {} : { text: text.trim() };
    log.put('sketch', { id, incidentId, shape, points, by, at: now, ...said });
    entries.note(incidentId, { kind: 'act', what: 'drawn', ref: id, at: now, heard: now, by, ...said });
    return id;
  },
  erase: (id, by, now) => {
    const sketch = log.get('sketch', id);
    if (!sketch) return;
    log.remove('sketch', id);
    const said = sketch.text === undefined ? {} : { text: sketch.text };
    entries.note(sketch.incidentId, {
      ...{ kind: 'act', what: 'erased', ref: `${id}/${now}`, at: now, heard: now, by, ...said },
    });
  },
});
