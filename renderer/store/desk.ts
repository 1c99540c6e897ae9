/**
 * The desk: what a key or a button does, for every panel alike.
 *
 * Owns: the acts of the person at this window, and the notices of what could not even be asked.
 * Guarantees: K1 an act goes to the bridge or leaves a notice, never neither; K2 nothing in the world changes here: the
 *   wall shows a result when the bridge answers; K3 without a chosen alarm no alarm is acted on: the first key press
 *   chooses and opens the worst, the second acts.
 * Refuses: to act on the past, and to keep anything.
 */
import { createStore } from 'zustand/vanilla';
import type { AlarmId, BuildingId, CameraId, DetectionId } from '../../native-bridge/contract/brand.ts';
import type { CommandName, Commands, Verdict } from '../../native-bridge/contract/port.ts';
import type { AlarmRecord } from '../../native-bridge/contract/records.ts';
import { rowsOf, unacknowledgedIn, type AlarmRow } from './alarm-list.ts';
import { createDutyDesk } from './duty-desk.ts';
import type { DeskStore } from './hooks.ts';
import { IntentRefused } from './intents.ts';
import { isIn } from './area.ts';
import { createLookDesk } from './look-desk.ts';
import { createModeDesk } from './mode-desk.ts';
import { createPastDesk } from './past-desk.ts';
import { createRowsSeen } from './rows-seen.ts';
import { createSendDesk } from './send-desk.ts';
import { createSketchDesk } from './sketch-desk.ts';
import { createVideoDesk } from './video-desk.ts';
import type { Selection } from './view.ts';
import type { Layer } from './layer-names.ts';
import { switchLayer } from './layers.ts';

/** `code` is `nothing` when there was nothing to act on, else that of the refusal; `text` is the bridge's own sentence. */
export interface Notice {
  id: number;
  at: number;
  command: CommandName | null;
  code: string;
  text: string;
}
/** Notices stand this long. ms */
export const NOTICE_MS = 8000;
export const MUTE_MS = 5 * 60_000;
/** Metres from the eye to a building, a street corner, an incident with its surroundings. */
const RANGE = { building: 320, spot: 500, incident: 900 } as const;

type About = Commands['remind']['args']['about'];
const REMIND: Partial<Record<AlarmRecord['type'], About>> = {
  'e-bike': 'e-bike',
  unattended: 'unattended',
  'low-pressure': 'low-pressure',
  'low-level': 'low-pressure',
};

export type Desk = ReturnType<typeof createDesk>;

/** `by` names the position that acts: the audit keeps it. */
export const createDesk = ({ world, view, intents }: DeskStore, by: string) => {
  const notices = createStore<{ list: readonly Notice[] }>()(() => ({ list: [] }));
  let next = 1;
  const notice = (command: CommandName | null, code: string, text = ''): void => {
    const id = next++;
    notices.setState(({ list }) => ({ list: [...list.slice(-3), { id, at: world.now(), command, code, text }] }));
    setTimeout(() => notices.setState(({ list }) => ({ list: list.filter((one) => one.id !== id) })), NOTICE_MS);
  };
  const ask = <N extends CommandName>(
    name: N,
    args: Commands[N]['args'],
    done?: (result: Commands[N]['result']) => void,
    refused?: () => void,
  ): void => {
    intents.send(name, args, by).then(done, (error: unknown) => {
      refused?.();
      const code = error instanceof IntentRefused ? error.code : 'failed';
      if (code === 'locked') view.setState({ ask: 'unlock' });
      notice(name, code, error instanceof Error ? error.message : String(error));
    });
  };

  const sending = createSendDesk(
    { world, view, intents },
    (incidentId, unitIds) => ask('dispatch', { incidentId, unitIds }),
    () => notice('dispatch', 'nothing'),
  );
  const video = createVideoDesk(view, world.now);
  const look = createLookDesk({ world, view }, () => notice(null, 'nothing'));
  const past = createPastDesk({ world, view, intents }, () => notice(null, 'nothing'));
  const seen = createRowsSeen(() => performance.now());
  const rows = (): readonly AlarmRow[] => {
    const { area } = view.getState();
    const all = rowsOf(world);
    if (area === null) return all;
    const here = isIn(area, world);
    return all.filter(({ alarm }) => here(alarm));
  };
  const chosenAlarm = (): AlarmRecord | undefined => {
    const { selection } = view.getState();
    return selection?.kind === 'alarm' ? world.get('alarm', selection.id) : undefined;
  };
  const flyTo = (place: { lon: number; lat: number; h?: number }, range: number): void =>
    view.setState({ flyTo: { lon: place.lon, lat: place.lat, h: place.h ?? 0, range } });

  /** Chooses, goes there, and opens the building it is in. */
  const openSelection = (selection: Selection): void => {
    view.setState({ selection });
    if (!selection) return;
    if (selection.kind === 'alarm' || selection.kind === 'device') {
      const record = selection.kind === 'alarm' ? world.get('alarm', selection.id) : world.get('device', selection.id);
      if (!record) return;
      const inside = record.buildingId !== undefined;
      view.setState({ openBuilding: record.buildingId ?? null, openFloor: inside ? (record.floor ?? null) : null });
      flyTo(record, inside ? RANGE.building : RANGE.spot);
    } else if (selection.kind === 'incident') {
      const incident = world.get('incident', selection.id);
      if (incident) flyTo(incident, RANGE.incident);
    } else if (selection.kind === 'unit') {
      const unit = world.get('unit', selection.id);
      if (unit) flyTo(unit, RANGE.spot);
    } else view.setState({ openBuilding: selection.id, openFloor: null });
  };
  /** The chosen alarm, or nothing after having chosen and opened the worst one (K3). */
  const target = (): AlarmRecord | undefined => {
    const alarm = chosenAlarm();
    if (alarm) return alarm;
    const first = rows()[0];
    if (first) openSelection({ kind: 'alarm', id: first.alarm.id });
    else notice(null, 'nothing');
    return undefined;
  };
  const duty = createDutyDesk(
    { world, view, intents },
    ask,
    target,
    (command, why = 'nothing') => notice(command, why),
    by,
  );
  const sketch = createSketchDesk({ world, view, intents }, ask, duty.canUndo, () => notice('draw', 'nothing'));
  const mode = createModeDesk({ world, view, intents }, () => notice(null, 'nothing'));
  /** The detection that an alarm speaks of: the newest of that label on its camera, else what rides in its cab. */
  const seenBy = (alarm: AlarmRecord): { cameraId: CameraId; detectionId: DetectionId } | undefined => {
    let newest: { cameraId: CameraId; detectionId: DetectionId; at: number } | undefined;
    for (const seen of world.all('detection').values()) {
      const here =
        seen.cameraId === alarm.cameraId ||
        (seen.elevatorId !== undefined && String(seen.elevatorId) === String(alarm.deviceId));
      if (here && seen.label === 'e-bike' && seen.at > (newest?.at ?? 0)) newest = seen;
    }
    return newest ?? world.get('cab', alarm.deviceId)?.riders.find((rider) => rider.label === 'e-bike');
  };

  return {
    notices,
    by,
    openSelection,
    /** Nobody chose: this window shows it, the others stay where they are. */
    showByItself: (selection: Selection): void => {
      view.setState({ ownChoice: selection });
      openSelection(selection);
    },
    select: (selection: Selection): void => view.setState({ selection }),

    acknowledge(): void {
      const alarm = target();
      if (!alarm) return;
      const row = rows().find((one) => one.alarm.id === alarm.id || one.under.some((hidden) => hidden.id === alarm.id));
      const alarmIds: AlarmId[] = row && row.alarm.id === alarm.id ? unacknowledgedIn(row) : [alarm.id];
      if (alarmIds.length > 0) ask('acknowledge', { alarmIds });
      else notice('acknowledge', 'nothing');
    },
    open(): void {
      if (sending.confirm() || sketch.finish()) return;
      const { selection } = view.getState();
      if (selection) openSelection(selection);
      else target();
    },
    move(step: 1 | -1): void {
      const all = rows();
      const chosen = chosenAlarm();
      const at = chosen ? all.findIndex((row) => row.alarm.id === chosen.id) : -1;
      const row = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
      if (row) view.setState({ selection: { kind: 'alarm', id: row.alarm.id } });
    },
    /** What the wall has drawn; `choose` means it. */
    rowsDrawn: seen.drawn,
    /** `n` counts from 1 down the list as the person saw it (A4). */
    choose(n: number): void {
      if (video.layoutNumber(n) || look.number(n)) return;
      const drawn = seen.at(n);
      const id = drawn === null ? rows()[n - 1]?.alarm.id : drawn;
      if (id !== undefined && world.get('alarm', id)) openSelection({ kind: 'alarm', id });
      else notice(null, 'nothing');
    },
    back(): void {
      const { help, layerPanel, pinnedCamera, measured } = view.getState();
      if (help || layerPanel) return view.setState({ help: false, layerPanel: false });
      if (duty.close() || look.close()) return;
      if (sending.cancel() || sketch.cancel()) return;
      if (measured !== null) return view.setState({ measured: null });
      if (pinnedCamera !== null) return view.setState({ pinnedCamera: null });
      const { selection, openBuilding, past: looksBack } = view.getState();
      if (looksBack !== null && selection === null && openBuilding === null) return past.now();
      view.setState(({ home }) => ({ selection: null, openBuilding: null, openFloor: null, home: home + 1 }));
    },
    /** A look at what the camera saw. For any other alarm than an e-bike's only its truth can be told. */
    verdict(is: Verdict): void {
      const alarm = target();
      if (!alarm) return;
      const seen = alarm.type === 'e-bike' ? seenBy(alarm) : undefined;
      const { id: alarmId } = alarm;
      if (seen) {
        const { cameraId, detectionId } = seen;
        // What was said by mistake is corrected, not forgotten: the other word goes the same way.
        const other = is === 'e-bike' ? 'none' : 'e-bike';
        ask('verdict', { cameraId, detectionId, is }, () =>
          duty.canUndo(() => ask('verdict', { cameraId, detectionId, is: other })),
        );
      } else if (is === 'e-bike')
        ask('confirm', { alarmId, verdict: 'true' }, () =>
          duty.canUndo(() => ask('confirm', { alarmId, verdict: 'false' })),
        );
      else if (alarm.type === 'e-bike') ask('confirm', { alarmId: alarm.id, verdict: 'false', text: is });
      else notice('verdict', 'nothing');
    },
    falseAlarm(): void {
      const alarm = target();
      if (!alarm) return;
      const { id: alarmId } = alarm;
      ask('confirm', { alarmId, verdict: 'false' }, () =>
        duty.canUndo(() => ask('confirm', { alarmId, verdict: 'true' })),
      );
    },
    remind(): void {
      const alarm = target();
      if (!alarm) return;
      const held = world.get('cab', alarm.deviceId)?.door === 'held';
      const about = REMIND[alarm.type] ?? (held ? 'door-held' : undefined);
      if (about && alarm.buildingId !== undefined) ask('remind', { buildingId: alarm.buildingId, about });
      else notice('remind', 'nothing');
    },
    incident(): void {
      const alarm = target();
      if (alarm) ask('openIncident', { alarmId: alarm.id });
    },
    fly(): void {
      openSelection(view.getState().selection);
    },
    video(): void {
      const { pinnedCamera, shownCameras } = view.getState();
      if (pinnedCamera !== null) return view.setState({ pinnedCamera: null });
      const camera = chosenAlarm()?.cameraId ?? shownCameras[0]?.id;
      if (camera) view.setState({ pinnedCamera: camera });
      else notice(null, 'nothing');
    },
    openBuilding: (id: BuildingId): void => openSelection({ kind: 'building', id }),
    layout: video.layout,
    patrol: video.patrol,
    numbers: video.numbers,
    budget: (): void => (view.getState().mode === 'field' ? mode.network() : video.budget()),
    mode,
    sketch,
    mute(): void {
      const now = world.now();
      const muting = view.getState().mutedUntil <= now;
      // Silence is an act: whoever asks for it has to have signed in. Sound is given back to anybody.
      if (muting && duty.isLocked()) return duty.toggleLock();
      view.setState({ mutedUntil: muting ? now + MUTE_MS : 0 });
      if (muting) duty.canUndo(() => view.setState({ mutedUntil: 0 }));
    },
    follow: (): void => view.setState(({ follow }) => ({ follow: !follow })),
    language: (): void => view.setState(({ locale }) => ({ locale: locale === 'zh' ? 'en' : 'zh' })),
    look,
    past,
    duty,
    dispatch: sending.dispatch,
    toggleUnit: sending.toggle,
    /** Begins a line, at what is chosen when that has a place; a second press puts it away. */
    measure(): void {
      const { measured, selection } = view.getState();
      const kinds = ['alarm', 'incident', 'device', 'unit'] as const;
      const kind = kinds.find((one) => one === selection?.kind);
      const place = kind && selection ? world.get(kind, selection.id) : undefined;
      view.setState({ measured: measured ? null : place ? [[place.lon, place.lat]] : [] });
    },
    cover: (): void => switchLayer(view, 'cover'),
    dark: (): void => switchLayer(view, 'dark'),
    layer: (layer: Layer): void => switchLayer(view, layer),
    layers: (): void => view.setState(({ layerPanel }) => ({ layerPanel: !layerPanel, help: false })),
    help: (): void => view.setState(({ help }) => ({ help: !help, layerPanel: false })),
  };
};

const desks = new WeakMap<DeskStore, Desk>();
/** The one desk of this store; `by` counts the first time only. */
export const deskOf = (store: DeskStore, by = 'duty'): Desk => {
  const known = desks.get(store);
  if (known) return known;
  const desk = createDesk(store, by);
  desks.set(store, desk);
  return desk;
};
