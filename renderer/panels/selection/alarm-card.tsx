/**
 * The chosen alarm.
 *
 * Owns: its facts. Guarantees: both clocks are shown; the reading in the alarm and the device's latest are told apart by
 * their ages; the cab says where it is and how old that is. Refuses: to act without the desk.
 */
import { useDesign } from '../../design/design.tsx';
import { pastWords } from '../../design/locale/past.ts';
import { LevelSymbol } from '../../design/symbol.tsx';
import { symbolForAlarm } from '../../design/symbols.ts';
import { videoWords } from '../../design/locale/video.ts';
import { actor, word } from '../../design/locale/words.ts';
import type { AlarmId } from '../../../native-bridge/contract/brand.ts';
import type { AlarmRecord } from '../../../native-bridge/contract/records.ts';
import { isUnacknowledged } from '../../store/alarm-list.ts';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useNow, useRecord } from '../../store/hooks.ts';
import { Acts } from './acts.tsx';
import { CabFacts } from './cab-facts.tsx';
import { Fact, Readings } from './facts.tsx';

/** Who was told of it and to whom it was handed, by a hand or by the console itself. */
const Handed = ({ alarm }: { alarm: AlarmRecord }) => {
  const { words, format, locale } = useDesign();
  const departments = useFengsui().world.site()?.departments ?? [];
  const orders = [...useCollection('order', 500).values()].filter(
    ({ type, target, at }) =>
      (type === 'notify' && target === alarm.id) ||
      (type === 'remind' && target === alarm.buildingId && at >= alarm.at),
  );
  const works = [...useCollection('task', 500).values()].filter((task) => task.alarmId === alarm.id);
  return (
    <>
      {orders.map((order) => (
        <Fact
          key={order.id}
          name={
            order.type === 'remind'
              ? words.order.type.remind
              : `${words.linkage.told} ${word(words.linkage.to, order.detail ?? '')}`
          }
        >
          {actor(words, order.by)} · {words.order.status[order.status]} {format.clock(order.answeredAt ?? order.at)}
        </Fact>
      ))}
      {works.map((task) => (
        <Fact key={task.id} name={words.linkage.work}>
          {departments.find(({ id }) => id === task.department)?.[locale] ?? task.department} · {task.action} ·{' '}
          {words.task[task.status]}
        </Fact>
      ))}
    </>
  );
};

export const AlarmCard = ({ id }: { id: AlarmId }) => {
  const { words, format, locale } = useDesign();
  const alarm = useRecord('alarm', id);
  const device = useRecord('device', alarm?.deviceId ?? null);
  const cab = useRecord('cab', alarm?.deviceId ?? null);
  const now = useNow();
  const store = useFengsui();
  const rules = store.world.site()?.duty?.rules ?? [];
  if (!alarm) return <p className="quiet">{words.selection.gone}</p>;
  const fresh = isUnacknowledged(alarm);
  return (
    <>
      <header className="card-head">
        <LevelSymbol level={alarm.level} name={symbolForAlarm(alarm.type)} hollow={!fresh} flashing={fresh} />
        <span className="card-title">
          <span className="act cut">{words.alarm.type[alarm.type]}</span>
          <span className="card-where">
            <span className="value">{words.alarm.level[alarm.level]}</span> {alarm.deviceName}
            {alarm.floor !== undefined && <span className="card-floor"> · {words.place.floor(alarm.floor)}</span>}
          </span>
        </span>
      </header>
      <dl className="facts">
        <Fact name={words.alarm.scale} minor>
          {words.alarm.level[alarm.level]}
        </Fact>
        {alarm.priority && (
          <Fact name={words.alarm.level[alarm.level]} long>
            {words.cluster.priority(
              rules.find((rule) => rule.id === alarm.priority?.rule)?.reason[locale] ?? alarm.priority.rule,
              words.alarm.level[alarm.priority.from],
            )}
          </Fact>
        )}
        {alarm.state === 'shelved' && (
          <Fact name={words.alarm.state.shelved}>
            {alarm.shelvedReason} · {actor(words, alarm.shelvedBy ?? '')} ·{' '}
            {words.aside.until(format.minute(alarm.shelvedUntil ?? 0))}
          </Fact>
        )}
        <Fact name={words.selection.state}>
          {words.alarm.state[alarm.state]}
          {alarm.state !== 'returned-unacknowledged' && ` · ${alarm.active ? words.alarm.active : words.alarm.cleared}`}
        </Fact>
        <Fact name={words.selection.raised}>
          <button
            type="button"
            className="moment"
            title={pastWords[locale].goThere}
            data-testid="alarm-moment"
            onClick={() => deskOf(store).past.go(alarm.at)}
          >
            {format.clock(alarm.at)}
          </button>
          <span className="fact-age">{format.age(now - alarm.at)}</span>
        </Fact>
        <Fact name={words.selection.heard} minor>
          {format.clock(alarm.heard)}
        </Fact>
        {alarm.test === true && <Fact name={words.alarm.test}>{words.alarm.testOnly}</Fact>}
        {alarm.contactLost && <Fact name={words.link.title}>{words.alarm.contactLost}</Fact>}
        {alarm.acknowledged && (
          <Fact name={words.order.type.acknowledge}>
            {actor(words, alarm.acknowledged.by)} · {format.clock(alarm.acknowledged.at)}
          </Fact>
        )}
        {alarm.confirmed && (
          <Fact name={words.order.type.confirm}>
            {word(words.alarm.verdict, alarm.confirmed.verdict)} · {actor(words, alarm.confirmed.by)}
          </Fact>
        )}
        <Handed alarm={alarm} />
        <CabFacts id={alarm.deviceId} now={now} />
        {/* A cab says where it is now; the floor it was at when the alarm came would only take the acts' room. */}
        {!cab &&
          (alarm.values ? <Readings values={alarm.values} /> : device?.values && <Readings values={device.values} />)}
      </dl>
      {device?.blind && <p className="card-text cut">{videoWords[locale].blind[device.blind.why]}</p>}
      {alarm.text !== undefined && <p className="card-text cut">{alarm.text}</p>}
      <Acts alarm={alarm} />
    </>
  );
};
