/**
 * The dark buildings in words: in how many nothing is heard, in how many not everything, of how many that could be.
 *
 * Owns: the legend of that layer. Guarantees: it stands as long as the layer is on and the district is in sight, and its
 * figures are the map's own. Refuses: to say why; the link bar and the building's card do.
 */
import { useDesign } from '../../design/design.tsx';
import { blind } from '../../design/tokens.ts';
import { darkOf } from '../../store/dark.ts';
import { isLayerOn } from '../../store/layers.ts';
import { useFengsui, useNow, useView } from '../../store/hooks.ts';
import './dark.css';

const Note = () => {
  const { words, format } = useDesign();
  const store = useFengsui();
  useNow();
  const { whole, part, watched } = darkOf(store);
  const entry = (colour: string, name: string, count: number) => (
    <span>
      <span className="dark-swatch" style={{ background: colour }} />
      {name} <span className="value">{format.count(count)}</span>
    </span>
  );
  return (
    <section
      className="dark-note"
      data-testid="dark-note"
      data-whole={whole}
      data-part={part}
      aria-label={words.dark.title}
    >
      <span className="dark-title">{words.dark.title}</span>
      {whole + part === 0 && <span>{words.dark.none}</span>}
      {whole > 0 && entry(blind.whole, words.dark.whole, whole)}
      {part > 0 && entry(blind.part, words.dark.part, part)}
      <span>{words.dark.of(format.count(watched))}</span>
    </section>
  );
};

export const DarkNote = () => {
  const on = useView((view) => isLayerOn(view, 'dark') && view.openBuilding === null);
  return on ? <Note /> : null;
};
