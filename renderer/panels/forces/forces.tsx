/**
 * Forces and watchfulness, in honest counts.
 *
 * Owns: units by status, control rooms attended, detectors heard. Guarantees: P3; a count that rests on the unheard is a
 * bound with how many and how long. Refuses: to guess the status of a silent unit.
 */
import { useDesign } from '../../design/design.tsx';
import { word } from '../../design/locale/words.ts';
import { Symbol } from '../../design/symbol.tsx';
import type { SymbolName } from '../../design/symbols.ts';
import { AGE_LIMITS, type AgeKind } from '../../../native-bridge/contract/staleness.ts';
import type { DeviceRecord, UnitRecord } from '../../../native-bridge/contract/records.ts';
import { ageOfRecord, countOf, limitsOf, type Count } from '../../store/ages.ts';
import { useCollection, useFengsui, useNow, useView } from '../../store/hooks.ts';
import './forces.css';

const ORDER = ['available', 'standby', 'in-station', 'dispatched', 'en-route', 'on-scene', 'returning'];
const isAgeKind = (kind: string): kind is AgeKind => Object.hasOwn(AGE_LIMITS, kind);

export const Forces = () => {
  const { world } = useFengsui();
  const { words, format } = useDesign();
  const units = useCollection('unit', 1000);
  const devices = useCollection('device', 2000);
  const feeds = useCollection('feed', 1000);
  const connected = useView((view) => view.connection === 'open');
  const now = useNow(2000);
  const site = world.site();

  const unitLimits = limitsOf(site, 'vehicle');
  const unitAge = (unit: UnitRecord) => ageOfRecord(unit, unitLimits, feeds.get(unit.source), connected, now);
  const all = countOf(units.values(), {
    is: () => true,
    spoke: () => true,
    age: unitAge,
    now,
    heard: (unit) => unit.at,
  });
  const byStatus = new Map<string, number>();
  for (const unit of units.values())
    if (unitAge(unit) !== 'stale') byStatus.set(unit.status, (byStatus.get(unit.status) ?? 0) + 1);
  const rank = (status: string): number => (ORDER.includes(status) ? ORDER.indexOf(status) : ORDER.length);
  const statuses = [...byStatus].sort(([a], [b]) => rank(a) - rank(b));

  const count = (kind: 'control-room' | 'smoke', is: (device: DeviceRecord) => boolean): Count => {
    const limits = limitsOf(site, isAgeKind(kind) ? kind : 'feed');
    const those = [...devices.values()].filter((device) => device.kind === kind && device.state !== 'removed');
    return countOf(those, {
      is,
      spoke: (device) => device.values !== undefined,
      age: (device) => ageOfRecord(device, limits, feeds.get(device.source), connected, now),
      now,
      heard: (device) => device.at,
    });
  };
  const line = (symbol: SymbolName, name: string, bound: Count) => (
    <li>
      <Symbol name={symbol} />
      <span className="cut">{name}</span>
      <span className="value force-count" data-unheard={bound.unheard}>
        {bound.total === 0 ? '—' : format.bound(bound, words.link.never)}
      </span>
    </li>
  );
  return (
    <section className="panel forces" data-testid="forces" aria-label={words.forces.title}>
      <header className="panel-head">
        <h2>{words.forces.title}</h2>
      </header>
      <ul>
        {line('vehicle', words.forces.units, all)}
        {statuses.length > 0 && (
          <li className="force-statuses">
            {statuses.map(([status, n]) => (
              <span key={status}>
                {word(words.forces.status, status)}{' '}
                <span className="value">
                  {all.unheard > 0 ? '≥ ' : ''}
                  {n}
                </span>
              </span>
            ))}
          </li>
        )}
        {line(
          'control-room',
          words.forces.rooms,
          count('control-room', (device) => device.values?.['attended'] === true),
        )}
        {line(
          'smoke',
          words.forces.smokes,
          count('smoke', (device) => device.state !== 'offline'),
        )}
      </ul>
    </section>
  );
};
