/**
 * Merging and parting by hand: reports of one incident, and alarms of one happening.
 *
 * Owns: what of the incident or alarm in view could be merged or parted, nearest first, and how each is taken back.
 * Guarantees: K8 the later report joins the earlier one, whichever is in view; what joins brings its own repeats along; undo
 *   leaves everything as it was before. Refuses: to judge what belongs together; the bridge proposes, a person decides.
 */
import type { AlarmId, IncidentId } from '../../native-bridge/contract/brand.ts';
import type { AlarmRecord, IncidentRecord } from '../../native-bridge/contract/records.ts';
import { metresBetween } from '../../native-bridge/contract/site-read.ts';
import type { DeskStore } from './hooks.ts';
import type { AskBridge } from './intents.ts';
import { incidentInView } from './send-desk.ts';
import type { World } from './world.ts';

/** As many as can be read before a decision; what lies nearest comes first. */
const MOST_JOINED = 8;
const MOST_GATHERED = 4;
const MOST_PARTED = 6;
/** House rule: so many alarms are parted again one by one when a merging of happenings is taken back. */
const MOST_REGATHERED = 40;

/** `join`: this incident and another become one; `part`: a report is taken out; `gather`, `split`: the same of alarms. */
export type MergeOffer =
  | { act: 'join' | 'part'; incident: IncidentRecord; metres: number }
  | { act: 'gather'; clusterId: string; first: AlarmRecord; metres: number }
  | { act: 'split'; alarm: AlarmRecord };

type Place = readonly [number, number];
const between = (a: Place, b: { lon: number; lat: number }): number => metresBetween(a, [b.lon, b.lat]);
const reportedAt = (incident: IncidentRecord): number => incident.reached.reported ?? incident.at;

export const mergeOffers = (
  world: World,
  incident: IncidentRecord | undefined,
  alarm: AlarmRecord | undefined,
): MergeOffer[] => {
  const place = incident ?? alarm;
  if (!place) return [];
  const here: Place = [place.lon, place.lat];
  const offers: MergeOffer[] = [];
  const own = alarm?.clusterId === undefined ? undefined : world.get('cluster', alarm.clusterId);
  const others = [...world.all('incident').values()].filter(({ id }) => incident !== undefined && id !== incident.id);
  const offer = (act: 'join' | 'part') => (one: IncidentRecord) => ({ act, incident: one, metres: between(here, one) });
  const nearest = <T extends { metres: number }>(all: T[], most: number): T[] =>
    all.sort((a, b) => a.metres - b.metres).slice(0, most);
  if (incident?.repeatOf !== undefined) offers.push({ act: 'part', incident, metres: 0 });
  offers.push(
    ...others
      .filter(({ repeatOf }) => repeatOf === incident?.id)
      .slice(0, MOST_PARTED)
      .map(offer('part')),
  );
  if (alarm && own && own.count > 1) offers.push({ act: 'split', alarm });
  offers.push(
    ...nearest(
      others
        .filter(
          ({ id, status, repeatOf }) => status !== 'closed' && repeatOf === undefined && id !== incident?.repeatOf,
        )
        .map(offer('join')),
      MOST_JOINED,
    ),
  );
  if (own) {
    const happenings = [...world.all('cluster').values()].flatMap(({ id, open, firstOut }) => {
      const first = id === own.id || open === 0 ? undefined : world.get('alarm', firstOut);
      return first ? [{ act: 'gather' as const, clusterId: id, first, metres: between(here, first) }] : [];
    });
    offers.push(...nearest(happenings, MOST_GATHERED));
  }
  return offers;
};

export const createMergeDesk = (
  { world, view }: DeskStore,
  ask: AskBridge,
  canUndo: (back: () => void) => void,
  nothing: () => void,
) => {
  const link = (incidentId: IncidentId, repeatOf: IncidentId | null): void => {
    const before = world.get('incident', incidentId)?.repeatOf ?? null;
    const brought = [...world.all('incident').values()].filter((one) => one.repeatOf === incidentId);
    ask('linkReport', { incidentId, repeatOf }, () =>
      canUndo(() => {
        ask('linkReport', { incidentId, repeatOf: before });
        if (repeatOf !== null)
          for (const { id } of brought) ask('linkReport', { incidentId: id, repeatOf: incidentId });
      }),
    );
  };
  const gather = (into: string, from: string): void => {
    const members: AlarmId[] = [];
    for (const { id, clusterId } of world.all('alarm').values()) if (clusterId === from) members.push(id);
    ask('merge', { into, from }, () => {
      if (members.length === 0 || members.length > MOST_REGATHERED) return;
      canUndo(() => {
        let whole: string | null = null;
        for (const alarmId of members)
          ask('split', { alarmId }, ({ clusterId }) => {
            if (whole === null) whole = clusterId;
            else ask('merge', { into: whole, from: clusterId });
          });
      });
    });
  };
  return {
    link,
    gather,
    split: ({ id, clusterId: before }: AlarmRecord): void =>
      ask('split', { alarmId: id }, ({ clusterId }) => {
        if (before !== undefined) canUndo(() => ask('merge', { into: before, from: clusterId }));
      }),
    /** The later report joins the earlier one, which is in view after it. */
    join(one: IncidentRecord, other: IncidentRecord): void {
      const [first, later] = reportedAt(one) <= reportedAt(other) ? [one, other] : [other, one];
      link(later.id, first.id);
      const { selection } = view.getState();
      if (selection?.kind === 'incident' && selection.id === later.id)
        view.setState({ selection: { kind: 'incident', id: first.id } });
    },
    /** What is in view and could be merged or parted; asks when there is any. */
    ask(incidentId: IncidentId | undefined): void {
      const { selection } = view.getState();
      const alarm = selection?.kind === 'alarm' ? world.get('alarm', selection.id) : undefined;
      const incident = incidentId === undefined ? undefined : world.get('incident', incidentId);
      if (mergeOffers(world, incident, alarm).length === 0) nothing();
      else view.setState({ ask: 'merge' });
    },
    inView: (): IncidentId | undefined => incidentInView({ world, view }),
  };
};
