/**
 * What is chosen.
 *
 * Owns: which card stands. Guarantees: follows the view's selection; nothing when nothing is chosen.
 * Refuses: a selection of its own.
 */
import { useDesign } from '../../design/design.tsx';
import { useView } from '../../store/hooks.ts';
import type { Selection } from '../../store/view.ts';
import { AlarmCard } from './alarm-card.tsx';
import { BuildingCard, DeviceCard, IncidentFacts, UnitCard } from './other-cards.tsx';
import './selection.css';

const cardOf = (selection: NonNullable<Selection>) => {
  switch (selection.kind) {
    case 'alarm':
      return <AlarmCard id={selection.id} />;
    case 'device':
      return <DeviceCard id={selection.id} />;
    case 'building':
      return <BuildingCard id={selection.id} />;
    case 'unit':
      return <UnitCard id={selection.id} />;
    case 'incident':
      return <IncidentFacts id={selection.id} />;
  }
};

export const SelectionCard = () => {
  const selection = useView((view) => view.selection);
  const { words } = useDesign();
  if (!selection) return null;
  return (
    <section
      className="panel selection"
      data-testid="selection-card"
      data-kind={selection.kind}
      data-id={selection.id}
      aria-label={words.selection[selection.kind]}
    >
      {cardOf(selection)}
    </section>
  );
};
