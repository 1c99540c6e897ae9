/**
 * One alarm in the list.
 *
 * Owns: its two lines. Guarantees: P2; the age is that of the event, by the bridge's clock; what was raised before contact
 * was lost says so and does not fade. Refuses: to decide anything.
 */
import { useDesign } from '../../design/design.tsx';
import { LevelSymbol, Symbol } from '../../design/symbol.tsx';
import { symbolForAlarm } from '../../design/symbols.ts';
import { isUnacknowledged, type AlarmRow } from '../../store/alarm-list.ts';

interface Props {
  row: AlarmRow;
  /** The number key that chooses it. */
  place: number | null;
  chosen: boolean;
  now: number;
  open: () => void;
}

/** Below this width, in label sizes, the age stands shortened on the second line and the kind of alarm has the first to itself. */
const ROOM_FOR_AGE = 90;

export const AlarmRowView = ({ row: { alarm, under }, place, chosen, now, open }: Props) => {
  const { words, format, scale } = useDesign();
  const tight = scale.across < ROOM_FOR_AGE;
  const fresh = isUnacknowledged(alarm);
  const marks = [
    alarm.test === true ? words.alarm.test : null,
    alarm.contactLost ? words.alarm.contactLost : null,
    // It latches: over, seen, and nobody has said yet what it was.
    alarm.state === 'acknowledged' && !alarm.active ? words.alarm.cleared : null,
    under.length > 0 ? words.alarm.grouped(under.length) : null,
    alarm.repeats > 0 ? words.alarm.repeats(alarm.repeats) : null,
  ].filter((mark) => mark !== null);
  const age = (
    <time className="alarm-age" dateTime={new Date(alarm.at).toISOString()}>
      {tight ? format.brief(now - alarm.at) : format.age(now - alarm.at)}
    </time>
  );
  const unheard = alarm.contactLost && <Symbol name="offline" />;
  return (
    <li
      className={`alarm-row${chosen ? ' chosen' : ''}${fresh ? ' fresh' : ''}`}
      data-testid="alarm-row"
      data-alarm-id={alarm.id}
      data-type={alarm.type}
      data-level={alarm.level}
      data-state={alarm.state}
      aria-current={chosen}
    >
      <button type="button" onClick={open}>
        <span className="alarm-place quiet">{place}</span>
        <LevelSymbol level={alarm.level} name={symbolForAlarm(alarm.type)} hollow={!fresh} flashing={fresh} />
        <span className="alarm-lines">
          <span className="alarm-first">
            <span className="act cut">{words.alarm.type[alarm.type]}</span>
            {tight ? unheard : age}
          </span>
          <span className="alarm-second">
            <span className="alarm-level">{words.alarm.level[alarm.level]}</span>
            {tight && age}
            {!tight && unheard}
            <span className="cut alarm-where">
              <bdi>{alarm.deviceName}</bdi>
            </span>
            {!tight && (
              <span className="alarm-state quiet">
                {marks[0] ?? (alarm.state === 'unacknowledged' ? '' : words.alarm.state[alarm.state])}
              </span>
            )}
          </span>
        </span>
        <span className="unseen">
          {[words.alarm.scale, words.alarm.level[alarm.level], words.alarm.state[alarm.state], ...marks].join(', ')}
        </span>
      </button>
    </li>
  );
};
