/**
 * How this window looks at the city, in words: tour, ride, flat map, the number awaited, and how finely it is drawn.
 *
 * Owns: the line at the foot of the scene; in an opened house that place is the house's. Guarantees: S6 the quality level is visible, and whether it is fixed; what moves the
 *   eye by itself is named as long as it does. Refuses: to change anything; keys do.
 */
import { useDesign } from '../../design/design.tsx';
import type { Words } from '../../design/locale/words.ts';
import { hiddenLayers } from '../../store/layers.ts';
import type { Layer } from '../../store/layer-names.ts';
import { useCallsigns, useCollection, useView } from '../../store/hooks.ts';
import './look.css';

const Held = () => {
  const { words } = useDesign();
  const held = [...useCollection('alarm', 1000).values()].some(
    ({ state, level, test }) => state === 'unacknowledged' && level <= 2 && test !== true,
  );
  return <span className="value">{held ? words.look.held : words.look.tour}</span>;
};

/** The line has room for two names. */
const hiddenInWords = ({ layers }: Words, hidden: readonly Layer[], comma: string): string =>
  hidden.length > 2
    ? layers.hiddenMany(hidden.length)
    : layers.hidden(hidden.map((layer) => layers.name[layer]).join(comma));

export const LookNote = () => {
  const { words, locale } = useDesign();
  const quality = useView((view) => view.sceneQuality);
  const tour = useView((view) => view.tour);
  const ridden = useView((view) => view.ridden);
  const flat = useView((view) => view.flat);
  const inside = useView((view) => view.openBuilding !== null);
  const light = useView((view) => view.look);
  const numberFor = useView((view) => view.numberFor);
  const kept = useView((view) => view.keptViews);
  const hidden = useView((view) => hiddenLayers(view).join(' '));
  const callsign = useCallsigns();
  const numbers = Object.keys(kept).join(' ');
  return (
    <section
      className="look-note"
      data-testid="look-note"
      data-quality={quality?.level}
      data-tour={tour}
      data-ridden={ridden ?? ''}
      data-flat={flat}
      data-kept={numbers}
      aria-label={words.look.title}
    >
      {numberFor === 'keep' && <span className="value">{words.look.keep}</span>}
      {numberFor === 'recall' && (
        <span className="value">{numbers === '' ? words.look.none : words.look.recall(numbers)}</span>
      )}
      {tour && <Held />}
      {ridden !== null && <span className="value">{words.look.ride(callsign(ridden)?.[locale] ?? ridden)}</span>}
      {flat && <span>{words.look.flat}</span>}
      {!inside && hidden !== '' && (
        <span className="value" data-testid="layers-hidden">
          {hiddenInWords(words, hidden.split(' ') as Layer[], locale === 'zh' ? '、' : ', ')}
        </span>
      )}
      {!inside && light !== 'night' && <span>{words.look.light[light]}</span>}
      {!inside && quality && (
        <span className="quiet">
          {words.look.quality[quality.level]}
          {quality.fixed ? words.look.fixed : ''}
        </span>
      )}
    </section>
  );
};
