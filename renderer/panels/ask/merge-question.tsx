/**
 * What to merge the incident or alarm in view with, or to part from it, by number.
 *
 * Owns: the one step. Guarantees: K5; what was in view when it was asked is merged, whatever is chosen meanwhile; how far away
 *   and how old each is, is said. Refuses: to merge by itself.
 */
import { useState } from 'react';
import { useDesign } from '../../design/design.tsx';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useNow } from '../../store/hooks.ts';
import { mergeOffers, type MergeOffer } from '../../store/merge-desk.ts';
import { incidentInView } from '../../store/send-desk.ts';
import { Menu } from './menu.tsx';

const idOf = (offer: MergeOffer): string =>
  offer.act === 'split' ? 'split' : `${offer.act}/${offer.act === 'gather' ? offer.clusterId : offer.incident.id}`;

export const MergeQuestion = () => {
  const store = useFengsui();
  const { world, view } = store;
  const { duty } = deskOf(store);
  const { words, format } = useDesign();
  const now = useNow();
  const [asked] = useState(() => {
    const { selection } = view.getState();
    return { incidentId: incidentInView(store), alarmId: selection?.kind === 'alarm' ? selection.id : undefined };
  });
  const incidents = useCollection('incident');
  const alarms = useCollection('alarm', 500);
  useCollection('cluster', 500);
  const incident = asked.incidentId === undefined ? undefined : incidents.get(asked.incidentId);
  const alarm = asked.alarmId === undefined ? undefined : alarms.get(asked.alarmId);
  const offers = mergeOffers(world, incident, alarm);
  const about = incident?.title ?? (alarm ? `${words.alarm.type[alarm.type]} · ${alarm.deviceName}` : '');
  const text = (offer: MergeOffer): string => {
    if (offer.act === 'split') return words.ask.merge.split(offer.alarm.deviceName);
    const far = `${format.metres(offer.metres)} · `;
    if (offer.act === 'gather')
      return `${words.ask.merge.gather(`${words.alarm.type[offer.first.type]} ${offer.first.deviceName}`)} · ${far}${format.age(now - offer.first.at)}`;
    const { title, reached, at } = offer.incident;
    const age = format.age(now - (reached.reported ?? at));
    return `${words.ask.merge[offer.act](title)} · ${offer.incident.id === incident?.id ? '' : far}${age}`;
  };
  const choose = (id: string): void => {
    const offer = offers.find((one) => idOf(one) === id);
    if (!offer) return;
    if (offer.act === 'split') duty.merging.split(offer.alarm);
    else if (offer.act === 'part') duty.merging.link(offer.incident.id, null);
    else if (offer.act === 'gather') {
      if (alarm?.clusterId !== undefined) duty.merging.gather(alarm.clusterId, offer.clusterId);
    } else if (incident) duty.merging.join(incident, offer.incident);
    duty.closeAsk();
  };
  return (
    <Menu
      question={words.ask.merge.title}
      about={about}
      answers={offers.map((offer) => ({ id: idOf(offer), text: text(offer) }))}
      choose={choose}
      leave={duty.closeAsk}
    />
  );
};
