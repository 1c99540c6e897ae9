/**
 * The bar of the hand over the map: point, line, area, distance; what is drawn, by whom and when.
 *
 * Owns: its buttons and the list of drawings. Guarantees: P16 every drawing bears who and when and can be erased; what is being
 *   drawn is not kept before it is finished. Refuses: to take clicks on the map; the scene does.
 */
import { useDesign } from '../../design/design.tsx';
import { actor } from '../../design/locale/words.ts';
import { SKETCH_POINTS, SKETCH_SHAPES } from '../../../native-bridge/contract/sketch.ts';
import { deskOf } from '../../store/desk.ts';
import { useCollection, useFengsui, useIsPast, useView } from '../../store/hooks.ts';
import { incidentInView } from '../../store/send-desk.ts';
import './sketch.css';

/** Drawings by name; the others are counted, and all stand on the map. */
const MOST = 4;

export const DrawBar = () => {
  const store = useFengsui();
  const { words, format } = useDesign();
  const { sketch, measure, back, open } = deskOf(store);
  const sketching = useView((view) => view.sketching);
  const measured = useView((view) => view.measured !== null);
  useView((view) => view.selection);
  const isPast = useIsPast();
  const incidentId = incidentInView(store);
  const drawn = [...useCollection('sketch').values()]
    .filter((one) => one.incidentId === incidentId)
    .sort((a, b) => b.at - a.at);
  if (incidentId === undefined) return null;
  const { draw } = words.modes;
  return (
    <section className="draw-bar" aria-label={draw.title} data-testid="draw-bar">
      {!isPast && (
        <p className="draw-tools">
          {SKETCH_SHAPES.map((shape) => (
            <button
              key={shape}
              type="button"
              aria-pressed={sketching?.shape === shape}
              onClick={() => sketch.start(shape)}
              data-testid={`draw-${shape}`}
            >
              {draw.shape[shape]}
            </button>
          ))}
          <button type="button" aria-pressed={measured} onClick={measure}>
            {draw.measure}
          </button>
        </p>
      )}
      {sketching && (
        <p className="draw-tools">
          <span className="quiet">{draw.hint[sketching.shape]}</span>
          <input
            value={sketching.text}
            maxLength={60}
            placeholder={draw.text}
            aria-label={draw.text}
            onChange={(event) => sketch.say(event.target.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return;
              if (event.key === 'Enter') open();
              else if (event.key === 'Escape') back();
            }}
          />
          <button
            type="button"
            className="draw-keep"
            disabled={sketching.points.length < SKETCH_POINTS[sketching.shape][0]}
            onClick={() => sketch.finish()}
            data-testid="draw-finish"
          >
            {draw.finish}
          </button>
          <button type="button" disabled={sketching.points.length === 0} onClick={sketch.less}>
            {draw.less}
          </button>
          <button type="button" onClick={() => sketch.cancel()}>
            {draw.cancel}
          </button>
        </p>
      )}
      {drawn.length > 0 && (
        <ol data-testid="drawings" data-count={drawn.length}>
          {drawn.slice(0, MOST).map((one) => (
            <li key={one.id} data-shape={one.shape}>
              <span className="value cut">{one.text ?? draw.shape[one.shape]}</span>
              <span className="quiet">
                {actor(words, one.by)} {format.minute(one.at)}
              </span>
              {!isPast && (
                <button type="button" onClick={() => sketch.erase(one.id)}>
                  {draw.erase}
                </button>
              )}
            </li>
          ))}
          {drawn.length > MOST && <li className="quiet">{draw.more(drawn.length - MOST)}</li>}
        </ol>
      )}
    </section>
  );
};
