/**
 * Acts on the incident in view, by number: in hand, calls by name, plan, units back and elsewhere, roads.
 *
 * Owns: their steps. Guarantees: K5, K7; the act goes to the incident that was asked about, whatever is chosen meanwhile;
 *   what cannot be done now is not offered. Refuses: free text.
 */
import { useEffect, useState } from 'react';
import { useDesign } from '../../design/design.tsx';
import { word } from '../../design/locale/words.ts';
import type { RoadGraph } from '../../../native-bridge/contract/site-files.ts';
import { TASK_STATUSES } from '../../../native-bridge/contract/wire.ts';
import { deskOf } from '../../store/desk.ts';
import { useCallsigns, useCollection, useFengsui, useRecord } from '../../store/hooks.ts';
import {
  answerable,
  boundTo,
  divertible,
  plansOf,
  recipientsOf,
  roadsNear,
  type NearRoad,
} from '../../store/linkage-desk.ts';
import { incidentInView } from '../../store/send-desk.ts';
import { siteLibrary } from '../../store/site-library.ts';
import { Menu, type Answer } from './menu.tsx';

/** As many as there are keys. */
const MOST = 20;
/** How slow a road may be said to be. */
const SLOW = [2, 4] as const;
type Step = 'what' | 'call' | 'receipt' | 'tick' | 'recall' | 'divert' | 'road';

export const LinkageQuestion = () => {
  const store = useFengsui();
  const { world } = store;
  const { duty } = deskOf(store);
  const { linkage } = duty;
  const { words, locale } = useDesign();
  const [incidentId] = useState(() => incidentInView(store));
  const [step, setStep] = useState<Step>('what');
  const [part, setPart] = useState<string | null>(null);
  const [roads, setRoads] = useState<RoadGraph | null>(null);
  const callsign = useCallsigns();
  const incident = useRecord('incident', incidentId ?? null);
  useCollection('task', 500);
  const ticks = useCollection('tick');
  useEffect(() => {
    let wanted = true;
    siteLibrary(world)
      .read('roads')
      .then(
        (read) => wanted && setRoads(read),
        () => undefined,
      );
    return () => {
      wanted = false;
    };
  }, [world]);
  if (!incident || incidentId === undefined) return null;

  const name = (id: string): string => callsign(id)?.[locale] ?? id;
  const unit = (one: { id: string; status: string }): Answer => ({
    id: one.id,
    text: `${name(one.id)} · ${word(words.forces.status, one.status)}`,
  });
  const plans = plansOf(world, incident);
  const people = recipientsOf(plans);
  const called = (id: string): boolean =>
    [...world.all('task').values()].some((task) => task.incidentId === incidentId && task.recipient === id);
  const departments = world.site()?.departments ?? [];
  const tasks = answerable(world, incidentId).slice(0, MOST);
  const back = boundTo(world, incidentId).slice(0, MOST);
  const here = divertible(world, incident).slice(0, MOST);
  const near: NearRoad[] = roads ? roadsNear(roads, [incident.lon, incident.lat], 9) : [];
  const [proposed] = world.all('moveup').values();
  const mine = incident.owner?.by === linkage.me();
  const close = duty.closeAsk;

  const menu = (key: string, question: string, answers: Answer[], choose: (id: string) => void) => (
    <Menu key={key} question={question} about={incident.title} answers={answers} choose={choose} leave={close} />
  );
  switch (step) {
    case 'what': {
      const offers: (Answer | false)[] = [
        { id: 'own', text: mine ? words.linkage.letGo : words.linkage.take },
        plans.length > 0 && { id: 'tick', text: words.linkage.tick },
        people.length > 0 && { id: 'call', text: words.linkage.call },
        tasks.length > 0 && { id: 'receipt', text: words.linkage.receipt },
        back.length > 0 && { id: 'recall', text: words.linkage.recall },
        here.length > 0 && { id: 'divert', text: words.linkage.divert },
        proposed !== undefined && {
          id: 'moveUp',
          text: `${words.linkage.moveUp} · ${name(proposed.unitId)} → ${name(proposed.id)}`,
        },
        near.length > 0 && { id: 'road', text: words.linkage.road },
      ];
      return menu(
        'what',
        words.linkage.menu,
        offers.filter((one) => one !== false),
        (id) => {
          if (id !== 'own' && id !== 'moveUp') return setStep(id as Step);
          if (id === 'own') linkage.own(incidentId, !mine);
          else linkage.moveUp();
          close();
        },
      );
    }
    case 'tick':
      return menu(
        'tick',
        words.linkage.item,
        plans
          .flatMap((plan) =>
            plan.lists.flatMap((list) =>
              list.items.map((item) => ({
                id: `${plan.id}/${item.id}`,
                text: `${ticks.get(`${incidentId}/${plan.id}/${item.id}`)?.done === true ? '☑' : '☐'} ${list.name[locale]} · ${item.name[locale]}`,
              })),
            ),
          )
          .slice(0, MOST),
        (id) => {
          const [plan = '', item = ''] = id.split('/');
          // It stays open: a list is worked down.
          linkage.tick(incidentId, plan, item);
        },
      );
    case 'call':
      return menu(
        'call',
        words.linkage.whom,
        people.map((one) => ({
          id: one.id,
          text: `${one.role[locale]} ${one.name}${called(one.id) ? ` · ${words.linkage.called}` : ''}`,
        })),
        (id) => {
          const person = people.find((one) => one.id === id);
          // People read the district's language.
          if (person) linkage.call(incidentId, person, `叫应：${incident.title}`);
          close();
        },
      );
    case 'receipt': {
      const task = tasks.find((one) => one.id === part);
      if (!task)
        return menu(
          'receipt',
          words.linkage.which,
          tasks.map((one) => {
            const person = people.find(({ id }) => id === one.recipient);
            const whom = person
              ? `${person.role[locale]} ${person.name}`
              : (departments.find(({ id }) => id === one.department)?.[locale] ?? one.department);
            return { id: one.id, text: `${whom} · ${one.action}` };
          }),
          setPart,
        );
      const said = task.recipient === undefined ? words.task : words.desk.call;
      const ahead = TASK_STATUSES.slice(TASK_STATUSES.indexOf(task.status) + 1).filter(
        (status) => status !== 'sent' && Object.hasOwn(said, status),
      );
      return menu(
        'answered',
        words.linkage.answered,
        ahead.map((status) => ({ id: status, text: word(said, status) })),
        (id) => {
          const status = TASK_STATUSES.find((one) => one === id);
          if (status !== undefined && status !== 'sent') linkage.receipt(task.id, status);
          close();
        },
      );
    }
    case 'recall':
      return menu('recall', words.linkage.unitBack, back.map(unit), (id) => {
        const chosen = back.find((one) => one.id === id);
        if (chosen) linkage.recall(incidentId, chosen.id);
        close();
      });
    case 'divert':
      return menu('divert', words.linkage.unitHere, here.map(unit), (id) => {
        const chosen = here.find((one) => one.id === id);
        if (chosen) linkage.divert(incidentId, chosen.id);
        close();
      });
    case 'road': {
      const road = near.find(({ id }) => id === part);
      if (!road)
        return menu(
          'road',
          words.linkage.roadWhich,
          near.map(({ id, name: called, edges }) => {
            const held = edges.map((edge) => world.get('closure', String(edge))).find((one) => one !== undefined);
            const how = held ? ` · ${words.linkage.roadNow[held.factor === null ? 'closed' : 'slow']}` : '';
            return {
              id,
              text: `${called?.[locale] ?? words.linkage.unnamed} · ${words.linkage.segments(edges.length)}${how}`,
            };
          }),
          setPart,
        );
      return menu(
        'how',
        words.linkage.roadHow,
        [
          { id: 'closed', text: words.linkage.roadClosed },
          ...SLOW.map((n) => ({ id: String(n), text: words.linkage.roadSlow(n) })),
          { id: '1', text: words.linkage.roadOpen },
        ],
        (id) => {
          linkage.closeRoads(road.edges, id === 'closed' ? null : Number(id), words.linkage.reason);
          close();
        },
      );
    }
  }
};
