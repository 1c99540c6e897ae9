/**
 * A view that is about one incident is never empty while there is one.
 *
 * Owns: which one stands when nobody chose. Guarantees: F3 it is the worst in hand; it stays until somebody chooses; what a window
 *   chooses by itself moves no other window. Refuses: to take a choice away that was made in this view.
 */
import { useEffect, useState } from 'react';
import type { IncidentRecord } from '../native-bridge/contract/records.ts';
import { deskOf } from './store/desk.ts';
import { useCollection, useFengsui, useView } from './store/hooks.ts';
import { inHand } from './store/incidents.ts';
import { incidentInView } from './store/send-desk.ts';

/** Those in hand, the worst first. */
export const useOneInView = (): readonly IncidentRecord[] => {
  const store = useFengsui();
  const selection = useView((view) => view.selection);
  // What was chosen before the view opened, and belongs to no incident, gives way.
  const [before] = useState(selection);
  const open = inHand(useCollection('incident', 500).values());
  const desk = deskOf(store);
  const first = open[0]?.id;
  const isEmpty = (selection === null || selection === before) && incidentInView(store) === undefined;
  useEffect(() => {
    if (isEmpty && first !== undefined) desk.showByItself({ kind: 'incident', id: first });
  }, [isEmpty, first, desk]);
  return open;
};
