/**
 * Why alarms stand together: the sum, in words.
 *
 * Owns: the sentence. Guarantees: every term is a count the bridge made; the first alarm is named. Refuses: to guess causes.
 */
import { useDesign } from '../../design/design.tsx';
import { LevelSymbol } from '../../design/symbol.tsx';
import { symbolForAlarm } from '../../design/symbols.ts';
import type { ClusterRecord } from '../../../native-bridge/contract/duty-records.ts';
import { deskOf } from '../../store/desk.ts';
import { useFengsui, useRecord, useView } from '../../store/hooks.ts';

const MOST_TERMS = 5;

export const ClusterReason = ({ cluster, acts = false }: { cluster: ClusterRecord; acts?: boolean }) => {
  const store = useFengsui();
  const { duty, openSelection } = deskOf(store);
  const { words, format } = useDesign();
  const first = useRecord('alarm', cluster.firstOut);
  const selection = useView((view) => view.selection);
  const chosen = useRecord('alarm', selection?.kind === 'alarm' ? selection.id : null);
  const parts = [...cluster.parts].sort((a, b) => a.from - b.from);
  const terms = parts.slice(0, MOST_TERMS).map(({ count, deviceKind, type, floors, from, to }) => {
    const kind = deviceKind === null ? '' : words.kind[deviceKind];
    const where = floors.length > 0 ? words.cluster.floors(floors.join('、')) : '';
    const span = count > 1 && to > from ? ` ${words.cluster.within(format.span(to - from))}` : '';
    return words.cluster.part(count, kind, words.alarm.type[type]) + where + span;
  });
  if (parts.length > MOST_TERMS) terms.push(words.alarm.more(parts.length - MOST_TERMS));
  if (cluster.incidentIds.length > 0) terms.push(words.cluster.report(cluster.incidentIds.length));
  return (
    <section className="reason" aria-label={words.cluster.title} data-testid="cluster" data-cluster-id={cluster.id}>
      <p className="reason-head">
        <LevelSymbol
          level={cluster.level}
          name={symbolForAlarm(first?.type ?? cluster.parts[0]?.type ?? 'fault')}
          hollow={cluster.open === 0}
          flashing={false}
        />
        <span className="value">{words.cluster.kind[cluster.kind]}</span>
        <span>{words.cluster.place[cluster.place]}</span>
        <span>{words.cluster.open(cluster.open, cluster.count)}</span>
      </p>
      <p className="reason-sum" data-testid="reason">
        {terms.join(' + ')}
      </p>
      {first && (
        <p className="reason-first">
          {words.cluster.firstOut}{' '}
          {acts ? (
            <button
              type="button"
              className="duty-button"
              onClick={() => openSelection({ kind: 'alarm', id: first.id })}
            >
              {format.clock(first.at)} {first.deviceName}
            </button>
          ) : (
            <span className="value cut">
              {format.clock(first.at)} {first.deviceName}
            </span>
          )}
          {cluster.warningId !== undefined && <span className="plate outlined">{words.cluster.warning}</span>}
          {cluster.byHand && (
            <span className="quiet">
              {words.cluster[cluster.byHand.act](cluster.byHand.by)} {format.minute(cluster.byHand.at)}
            </span>
          )}
        </p>
      )}
      {acts && chosen?.clusterId === cluster.id && cluster.count > 1 && (
        <p>
          <button type="button" className="duty-button" onClick={() => duty.merging.split(chosen)} data-testid="split">
            {words.cluster.part1}
          </button>
        </p>
      )}
    </section>
  );
};

/** The reason beside a chosen alarm that is not alone. */
export const ChosenReason = () => {
  const selection = useView((view) => view.selection);
  const page = useView((view) => view.page);
  const alarm = useRecord('alarm', selection?.kind === 'alarm' ? selection.id : null);
  const cluster = useRecord('cluster', alarm?.clusterId ?? null);
  if (!cluster || cluster.count < 2 || page === 'incident') return null;
  return (
    <div className="panel chosen-reason">
      <ClusterReason cluster={cluster} />
    </div>
  );
};
