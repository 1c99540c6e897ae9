/**
 * The pages of the duty desk, over the scene.
 *
 * Owns: which one stands, its frame and its way out. Guarantees: alarms, video, links and strip stay in sight beside it;
 *   keys go on working; Escape closes it. Refuses: a scroll bar: each page counts what it leaves out.
 */
import type { ReactNode } from 'react';
import { useDesign } from '../../design/design.tsx';
import { useFengsui, useView } from '../../store/hooks.ts';
import type { Page } from '../../store/view.ts';
import { AsidePage } from './aside-page.tsx';
import { HandoverPage } from './handover-page.tsx';
import { IncidentPage } from './incident-page.tsx';
import { PerformancePage } from './performance-page.tsx';
import './duty.css';
import './incident.css';
import './reason.css';
import './figures.css';

const BODY: Readonly<Record<Page, () => ReactNode>> = {
  incident: IncidentPage,
  performance: PerformancePage,
  aside: AsidePage,
  handover: HandoverPage,
};

/** Those that are a document on paper. */
const PRINTED: ReadonlySet<Page> = new Set(['incident', 'handover']);

export const DutyPage = () => {
  const { view } = useFengsui();
  const page = useView((now) => now.page);
  const { words } = useDesign();
  if (page === null) return null;
  const Body = BODY[page];
  const title = page === 'incident' ? words.desk.title : words[page].title;
  return (
    <section className="duty duty-page" aria-label={title} data-testid={`page-${page}`}>
      <header className="duty-head">
        <h2>{title}</h2>
        {PRINTED.has(page) && (
          <button type="button" className="duty-button push" onClick={() => print()} data-testid="print">
            {words.handover.print}
          </button>
        )}
        <button type="button" className="duty-button" onClick={() => view.setState({ page: null })}>
          <kbd>Esc</kbd>
          {words.desk.close}
        </button>
      </header>
      <Body />
    </section>
  );
};
