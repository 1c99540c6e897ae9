/**
 * The chosen device, building, unit or incident.
 *
 * Owns: their facts. Guarantees: ages beside readings; what the site files do not know is left out, not invented.
 * Refuses: acts; those belong to alarms.
 */
import { useDesign } from '../../design/design.tsx';
import { word } from '../../design/locale/words.ts';
import { Symbol } from '../../design/symbol.tsx';
import { symbolForKind, type SymbolName } from '../../design/symbols.ts';
import type { BuildingId, DeviceId, IncidentId, UnitId } from '../../../native-bridge/contract/brand.ts';
import { INCIDENT_STATUSES } from '../../../native-bridge/contract/wire.ts';
import { isOpen } from '../../../native-bridge/contract/records.ts';
import { useCollection, useFengsui, useNow, useRecord, useSiteBook } from '../../store/hooks.ts';
import { CabFacts } from './cab-facts.tsx';
import { Fact, Readings } from './facts.tsx';

const Head = ({ symbol, title, under }: { symbol: SymbolName; title: string; under: string }) => (
  <header className="card-head">
    <Symbol name={symbol} className="card-symbol" />
    <span className="card-title">
      <span className="act cut">{title}</span>
      <span className="cut">{under}</span>
    </span>
  </header>
);
const Gone = () => <p className="quiet">{useDesign().words.selection.gone}</p>;

export const DeviceCard = ({ id }: { id: DeviceId }) => {
  const { words, format } = useDesign();
  const device = useRecord('device', id);
  const now = useNow();
  if (!device) return <Gone />;
  return (
    <>
      <Head
        symbol={symbolForKind(device.kind)}
        title={device.name}
        under={`${words.kind[device.kind]}${device.floor === undefined ? '' : ` · ${words.place.floor(device.floor)}`}`}
      />
      <dl className="facts">
        <Fact name={words.selection.state}>
          {word(words.deviceState, device.state)}
          <span className="fact-age">{format.age(now - device.at)}</span>
        </Fact>
        <CabFacts id={id} now={now} />
        {device.values ? (
          <Readings values={device.values} />
        ) : (
          <Fact name={words.selection.heard}>{words.selection.noReading}</Fact>
        )}
      </dl>
    </>
  );
};

export const BuildingCard = ({ id }: { id: BuildingId }) => {
  const { words, format, locale } = useDesign();
  const building = useSiteBook('buildings')?.find((one) => one.id === id);
  const tower = useSiteBook('towers')?.find((one) => one.buildingId === id);
  const open = [...useCollection('alarm', 500).values()].filter(
    (alarm) => alarm.buildingId === id && isOpen(alarm),
  ).length;
  return (
    <>
      <Head
        symbol="building"
        title={tower?.name[locale] ?? building?.name?.[locale] ?? building?.address ?? id}
        under={building?.address ?? ''}
      />
      <dl className="facts">
        <Fact name={words.selection.openHere}>{open}</Fact>
        {building && <Fact name={words.place.floors}>{building.floors}</Fact>}
        {building && <Fact name={words.place.height}>{format.metres(building.height)}</Fact>}
        {building?.people !== undefined && (
          <Fact name={words.selection.residents}>
            {building.households !== undefined && `${words.linkage.households(format.count(building.households))} `}
            {words.linkage.persons(format.count(building.people))}
          </Fact>
        )}
        {tower && <Fact name={words.place.elevators}>{tower.shafts.length}</Fact>}
      </dl>
    </>
  );
};

export const UnitCard = ({ id }: { id: UnitId }) => {
  const { words, format, locale } = useDesign();
  const unit = useRecord('unit', id);
  const vehicle = useSiteBook('vehicles')?.find((one) => one.id === id);
  const now = useNow();
  if (!unit) return <Gone />;
  return (
    <>
      <Head
        symbol="vehicle"
        title={vehicle?.callsign[locale] ?? id}
        under={vehicle ? `${words.forces.type[vehicle.type]} · ${vehicle.plate}` : words.kind.vehicle}
      />
      <dl className="facts">
        <Fact name={words.selection.state}>
          {word(words.forces.status, unit.status)}
          <span className="fact-age">{format.age(now - unit.at)}</span>
        </Fact>
        <Fact name={words.forces.speed}>{Math.round(unit.speed * 3.6)} km/h</Fact>
        <Fact name={words.forces.heading}>{Math.round(unit.heading)}°</Fact>
      </dl>
    </>
  );
};

export const IncidentFacts = ({ id }: { id: IncidentId }) => {
  const { words, format, locale } = useDesign();
  const incident = useRecord('incident', id);
  const tasks = [...useCollection('task', 500).values()].filter(
    (task) => task.incidentId === id && task.recipient === undefined,
  );
  const { world } = useFengsui();
  if (!incident) return <Gone />;
  const departments = world.site()?.departments ?? [];
  return (
    <>
      <Head symbol="incident" title={incident.title} under={incident.address} />
      <dl className="facts">
        <Fact name={words.incident.scale}>{words.incident.level[incident.level]}</Fact>
        {INCIDENT_STATUSES.filter((status) => incident.reached[status] !== undefined).map((status) => (
          <Fact key={status} name={words.incident.status[status]}>
            {format.clock(incident.reached[status] ?? 0)}
          </Fact>
        ))}
        {tasks.slice(0, 6).map((task) => (
          <Fact key={task.id} name={departments.find((one) => one.id === task.department)?.[locale] ?? task.department}>
            {task.action}
            <span className="fact-age">{words.task[task.status]}</span>
          </Fact>
        ))}
      </dl>
    </>
  );
};
