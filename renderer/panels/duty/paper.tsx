/**
 * What comes out of the printer: the handover or the whole log of an incident, as a document of its own.
 *
 * Owns: the sheet, its head and foot, and when it is laid out: while something prints, and only then.
 * Guarantees: everything is on it, not only what fits the wall; black on white; site, time, drill and who printed it stand on it.
 * Refuses: personal data that is masked on the wall.
 */
import { useEffect, type ReactNode } from 'react';
import { useDesign } from '../../design/design.tsx';
import { actor } from '../../design/locale/words.ts';
import { deskOf } from '../../store/desk.ts';
import { useFengsui, useRecord, useView } from '../../store/hooks.ts';
import { incidentInView } from '../../store/send-desk.ts';
import type { Page } from '../../store/view.ts';
import { PaperHandover } from './paper-handover.tsx';
import { PaperIncident } from './paper-incident.tsx';
import './paper.css';

/** Told through the view, which is drawn before the event is over: the browser lays out its pages right after it. */
const usePrinting = (): boolean => {
  const { view } = useFengsui();
  useEffect(() => {
    const set = (printing: boolean) => (): void => view.setState({ printing });
    const [before, after] = [set(true), set(false)];
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, [view]);
  return useView(({ printing }) => printing);
};

const Sheet = ({ title, children }: { title: string; children: ReactNode }) => {
  const store = useFengsui();
  const { words, format, locale } = useDesign();
  const now = store.world.now();
  const { duty } = deskOf(store);
  return (
    <article className="paper" lang={locale === 'zh' ? 'zh-CN' : 'en'}>
      <header>
        <p>{store.world.site()?.name[locale]}</p>
        <h1>
          {title}
          {store.world.drill() && <b className="paper-mark">{words.mark.drill}</b>}
        </h1>
        <p>{words.paper.printed(`${format.date(now)} ${format.clock(now)}`, actor(words, duty.linkage.me()))}</p>
      </header>
      {children}
    </article>
  );
};

const IncidentSheet = () => {
  const store = useFengsui();
  const { words } = useDesign();
  const incident = useRecord('incident', incidentInView(store) ?? null);
  return incident ? (
    <Sheet title={words.paper.incident}>
      <PaperIncident incident={incident} />
    </Sheet>
  ) : null;
};

/** `standing`: the page that is in sight without having been called. */
export const DutyPaper = ({ standing = null }: { standing?: Page | null }) => {
  const printing = usePrinting();
  const page = useView((view) => view.page) ?? standing;
  const { words } = useDesign();
  if (!printing || (page !== 'incident' && page !== 'handover')) return null;
  return page === 'incident' ? (
    <IncidentSheet />
  ) : (
    <Sheet title={words.paper.handover}>
      <PaperHandover />
    </Sheet>
  );
};
