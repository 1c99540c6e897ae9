/**
 * The key map, to be seen.
 *
 * Owns: the help over the scene. Guarantees: shows exactly `KEYMAP`. Refuses: to act.
 */
import { useDesign } from '../../design/design.tsx';
import { useView } from '../../store/hooks.ts';
import { CHOOSE, KEYMAP } from './keymap.ts';
import './help.css';

export const Help = () => {
  const { words } = useDesign();
  const open = useView((view) => view.help);
  if (!open) return null;
  const lines = [...KEYMAP.slice(0, 4), CHOOSE, ...KEYMAP.slice(4)];
  return (
    <section className="help" role="dialog" aria-label={words.key.title} data-testid="help">
      <h2>{words.key.title}</h2>
      <dl>
        {lines.map(({ act, shown }) => (
          <div key={act}>
            <dt>{shown.map((key) => (key === '–' ? <span key={key}>–</span> : <kbd key={key}>{key}</kbd>))}</dt>
            <dd>{words.key[act]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
