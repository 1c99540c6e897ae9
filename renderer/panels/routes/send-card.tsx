/**
 * Whom to send to the chosen incident, and when those sent will be there.
 *
 * Owns: the card under what is chosen. Guarantees: P4; a unit that is unheard has no estimate; what stands laid out is what
 * goes with the second press. Refuses: to advise; the bridge does.
 */
import { useEffect, useMemo, useRef, type CSSProperties } from 'react';
import { useDesign } from '../../design/design.tsx';
import { useRowFit } from '../../design/row-fit.ts';
import type { Words } from '../../design/locale/words.ts';
import { word } from '../../design/locale/words.ts';
import type { AdvisedUnit, AdviceRecord } from '../../../native-bridge/contract/forces-records.ts';
import type { DeviceRecord, UnitRecord } from '../../../native-bridge/contract/records.ts';
import { ageOfRecord, limitsOf } from '../../store/ages.ts';
import { deskOf } from '../../store/desk.ts';
import { useCallsigns, useCollection, useFengsui, useNow, useRecord, useView } from '../../store/hooks.ts';
import { incidentInView } from '../../store/send-desk.ts';
import { advisedRows, boundRows, clockOf, isBroken, waterRows, waterState, type BoundRow } from './arrival.ts';
import './routes.css';

/** Of hydrants and intakes the nearest that work. */
const MOST_WATER = 4;
/** Room is kept for so many; a larger turnout is counted in its button. */
const MOST_ROWS = 12;
/** How long the answer to an order stays in sight, ms. */
const ANSWER_MS = 60_000;

const Bound = ({ row, name, words }: { row: BoundRow; name: string; words: Words }) => (
  <li className="send-row" data-state={row.state} data-unit={row.unit.id}>
    <span className="send-mark" data-kind={row.state} />
    <span className="cut value">{name}</span>
    {row.state === 'there' && <span>{words.send.there}</span>}
    {row.state === 'unheard' && <span>{words.send.unheard}</span>}
    {row.state === 'turning-out' && <span className="send-minor">{words.send.turningOut}</span>}
    {row.seconds !== null && (
      <>
        {row.spare !== null && (
          <span className="send-minor" data-late={row.spare <= -1}>
            {row.spare <= -1 ? words.send.over : words.send.left} {clockOf(Math.abs(row.spare))}
          </span>
        )}
        <span className="act send-eta">{clockOf(row.seconds)}</span>
      </>
    )}
  </li>
);

const Advised = ({
  one,
  name,
  per,
  laid,
  toggle,
}: {
  one: AdvisedUnit;
  name: string;
  per: AdviceRecord['per'];
  laid: boolean;
  toggle: () => void;
}) => {
  const { words, format } = useDesign();
  const reasons = one.reasons.map((reason) =>
    reason === 'uncovers'
      ? per === 'addresses'
        ? words.send.uncoversAddresses(format.count(one.uncovers))
        : words.send.uncoversMetres(format.metres(one.uncovers))
      : words.send.reason[reason],
  );
  return (
    <li className="send-row" data-chosen={one.chosen} data-laid={laid} data-unit={one.unitId}>
      <button
        type="button"
        onClick={toggle}
        aria-pressed={laid}
        title={`${word(words.forces.type, one.type)} · ${words.send.crew(one.crew)}`}
      >
        <span className="send-mark" data-kind={laid ? 'laid' : one.chosen ? 'advised' : 'reserve'} />
        <span className="send-name cut value">{name}</span>
        <span className="send-why cut">{reasons.join(' · ')}</span>
        <span className="act send-eta">{clockOf(one.seconds)}</span>
      </button>
    </li>
  );
};

export const SendCard = () => {
  const store = useFengsui();
  const { world } = store;
  const { words, format, locale } = useDesign();
  useView((view) => view.selection);
  const armed = useView((view) => view.armed);
  const connected = useView((view) => view.connection === 'open');
  const units = useCollection('unit', 500);
  const ways = useCollection('way', 500);
  const devices = useCollection('device', 5000);
  const feeds = useCollection('feed', 1000);
  const now = useNow();
  const incidentId = incidentInView(store) ?? null;
  const incident = useRecord('incident', incidentId);
  const advice = useRecord('advice', incidentId);
  const orders = useCollection('order', 500);
  const callsign = useCallsigns();
  const { list, fit } = useRowFit(4, advice === undefined);
  const sendButton = useRef<HTMLButtonElement | null>(null);
  // Enter presses what has the focus: what lies laid out must not be somewhere else.
  const isLaid = armed !== null;
  useEffect(() => {
    if (isLaid) sendButton.current?.focus({ preventScroll: true });
  }, [isLaid]);
  const buildingId = incident?.buildingId;
  // Found again when devices come or go: what it says is read with each look.
  const known = devices.size;
  const tankId = useMemo(() => {
    for (const device of known > 0 && buildingId !== undefined ? world.all('device').values() : [])
      if (device.kind === 'water-tank' && device.buildingId === buildingId) return device.id;
    return null;
  }, [world, known, buildingId]);
  const tank = tankId === null ? undefined : devices.get(tankId);
  const desk = deskOf(store);
  if (!incident || incident.status === 'closed') return null;

  const site = world.site();
  const silent = (kind: 'vehicle' | 'hydrant') => (record: UnitRecord | DeviceRecord) =>
    ageOfRecord(record, limitsOf(site, kind), feeds.get(record.source), connected, now) === 'stale';
  const bound = boundRows(units.values(), ways, incident.id, incident.unitIds, silent('vehicle'), now);
  const chosen = advice?.units.filter((one) => one.chosen).length ?? 0;
  // Those bound come first, but never so many that nothing of the advice is in sight.
  const boundShown = bound.slice(0, Math.max(1, fit - Math.min(2, chosen)));
  const rows = advisedRows(advice, fit - boundShown.length);
  const asked = [...orders.values()]
    .filter((order) => order.type === 'dispatch' && order.target === incident.id)
    .filter((order) => order.status !== 'accepted' && order.status !== 'duplicate')
    .filter((order) => order.answeredAt === undefined || now - order.answeredAt < ANSWER_MS);
  const laid = armed?.incidentId === incident.id ? armed.unitIds : null;
  const name = (id: string): string => callsign(id)?.[locale] ?? id;
  const water = waterRows(advice?.water ?? [], (id) => waterState(devices.get(id), silent('hydrant')));
  const share = (part: number): string => format.percent(advice ? part / Math.max(1, advice.total) : 0);
  const short = advice?.needs.filter((need) => need.short > 0) ?? [];
  return (
    <section
      className="panel send"
      data-testid="send-card"
      data-armed={laid !== null}
      data-still={!advice || bound.length + advice.units.length === 0}
      style={
        { '--send-rows': Math.min(MOST_ROWS, bound.length + Math.max(chosen, laid?.length ?? 0)) } as CSSProperties
      }
      aria-label={words.send.title}
    >
      <header className="panel-head">
        <h2>{words.send.title}</h2>
        {chosen > 0 || laid ? (
          <span className="acts push">
            {laid && (
              <button type="button" onClick={desk.back} data-testid="act-cancel-dispatch" title={words.send.cancel}>
                <kbd>Esc</kbd>
              </button>
            )}
            <button
              ref={sendButton}
              type="button"
              onClick={desk.dispatch}
              data-testid="act-dispatch"
              data-armed={laid !== null}
            >
              <kbd>D</kbd>
              {laid
                ? words.send.again(laid.length)
                : bound.length > 0
                  ? words.send.more(chosen)
                  : words.send.advised(chosen)}
            </button>
          </span>
        ) : (
          <span className="push cut">
            {!advice ? words.send.waiting : short.length > 0 ? words.send.none : words.send.enough}
          </span>
        )}
      </header>
      {asked.map((order) => (
        <p key={order.id} className="send-line value" data-testid="send-order" data-status={order.status}>
          {words.order.type.dispatch} {words.order.status[order.status]}
          {order.reason !== undefined && ` · ${order.reason}`}
        </p>
      ))}
      <ol ref={list}>
        {boundShown.map((row) => (
          <Bound key={row.unit.id} row={row} name={name(row.unit.id)} words={words} />
        ))}
        {rows.map((one) => (
          <Advised
            key={one.unitId}
            one={one}
            name={name(one.unitId)}
            per={advice?.per ?? 'addresses'}
            laid={laid?.includes(one.unitId) ?? false}
            toggle={() => desk.toggleUnit(one.unitId)}
          />
        ))}
      </ol>
      {short.length > 0 && (
        <p className="send-line value">
          {short.map((need) => words.send.short(word(words.forces.type, need.types[0] ?? ''), need.short)).join(' · ')}
        </p>
      )}
      {advice && chosen > 0 && (
        <p className="send-line" data-loses={advice.circleAfter < advice.circle}>
          {words.send.circle(Math.round((site ? circleMinutes(site.thresholds['targets']) : 15) || 15))}{' '}
          <span className="value">{share(advice.circle)}</span>
          {' → '}
          {words.send.after} <span className="value">{share(advice.circleAfter)}</span>
        </p>
      )}
      {advice && (
        <p className="send-line cut" data-testid="water">
          {tank && (
            <span className="send-water" data-broken={isBroken(waterState(tank, silent('hydrant')))}>
              {words.linkage.tank} <span className="value">{tankText(tank, silent('hydrant'), words)}</span>
            </span>
          )}
          {water.length === 0 ? words.send.noWater : words.send.water}{' '}
          {water.slice(0, MOST_WATER).map(({ near, state }) => (
            <span key={near.placeId} className="send-water" data-broken={isBroken(state)}>
              {words.send[near.kind]} <span className="value">{format.metres(near.metres)}</span>
              {near.kind === 'hydrant' &&
                state !== 'ok' &&
                ` ${state === null ? words.value.unknown : word(words.deviceState, state)}`}
            </span>
          ))}
        </p>
      )}
    </section>
  );
};

/** Level and pressure when they were heard within their limit; otherwise what the platform says, or nothing. */
const tankText = (tank: DeviceRecord, isUnheard: (device: DeviceRecord) => boolean, words: Words): string => {
  const state = waterState(tank, isUnheard);
  if (state === null) return words.value.unknown;
  const { level, pressure } = tank.values ?? {};
  const said = [typeof level === 'number' && `${level} m`, typeof pressure === 'number' && `${pressure} MPa`];
  return said.filter((one) => one !== false).join(' ') || word(words.deviceState, state);
};

const circleMinutes = (targets: unknown): number =>
  typeof targets === 'object' &&
  targets !== null &&
  'rescueCircleMin' in targets &&
  typeof targets.rescueCircleMin === 'number'
    ? targets.rescueCircleMin
    : 15;
