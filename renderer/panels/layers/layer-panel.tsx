/**
 * The switches of the map's layers.
 *
 * Owns: that panel. Guarantees: P14 a switch for every layer, by mouse and by keyboard, with how many things of it the map
 *   has; this window's own. Refuses: to hide alarms, incidents and units.
 */
import { useEffect, useRef, useState } from 'react';
import type { AreasFile } from '../../../native-bridge/contract/site-files.ts';
import { Symbol } from '../../design/symbol.tsx';
import { useDesign } from '../../design/design.tsx';
import { symbolForKind } from '../../design/symbols.ts';
import { deskOf } from '../../store/desk.ts';
import { useFengsui, useView } from '../../store/hooks.ts';
import { LAYERS, type Layer } from '../../store/layer-names.ts';
import { isLayerOn } from '../../store/layers.ts';
import { siteLibrary } from '../../store/site-library.ts';
import type { World } from '../../store/world.ts';
import './layers.css';

const SHOWN_BY: Partial<Record<Layer, string>> = {
  ...{ station: 'station', hydrant: 'hydrant', 'water-intake': 'water-intake', shelter: 'shelter', depot: 'depot' },
  ...{ 'key-unit': 'key-unit', camera: 'camera' },
};
type Counts = Partial<Record<Layer, number>>;

const countsOf = async (world: World): Promise<Counts> => {
  const library = siteLibrary(world);
  const [places, cameras, blocks, zones] = await Promise.all([
    library.read('places'),
    library.read('cameras'),
    library.read('blocks'),
    library.read('zones'),
  ]);
  const many = ({ features }: AreasFile): number => features.length;
  const of = (kind: string): number => places.filter((place) => place.kind === kind).length;
  return {
    station: of('station') + of('command-centre'),
    ...{ hydrant: of('hydrant'), 'water-intake': of('water-intake'), shelter: of('shelter'), depot: of('depot') },
    ...{ 'key-unit': of('key-unit'), camera: cameras.length, blocks: many(blocks), zones: many(zones) },
  };
};

const Switches = () => {
  const { words, format } = useDesign();
  const store = useFengsui();
  const layers = useView((view) => view.layers);
  const [counts, setCounts] = useState<Counts>({});
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    let gone = false;
    countsOf(store.world).then(
      (found) => !gone && setCounts(found),
      (error: unknown) => console.warn('the layers stand without their counts', error),
    );
    first.current?.focus();
    return () => void (gone = true);
  }, [store]);
  const all: Counts = {
    ...counts,
    device: store.world.all('device').size,
    warning: store.world.all('warning').size,
    imagery: (store.world.site()?.map?.imagery ?? []).reduce((sum, { tiles }) => sum + tiles, 0),
  };
  return (
    <section className="layers" role="dialog" aria-label={words.layers.title} data-testid="layer-panel">
      <h2>{words.layers.title}</h2>
      <div className="layers-list">
        {LAYERS.map((layer, i) => {
          const on = isLayerOn({ layers }, layer);
          const count = all[layer];
          const kind = SHOWN_BY[layer];
          return (
            <button
              key={layer}
              ref={i === 0 ? first : undefined}
              type="button"
              role="switch"
              aria-checked={on}
              data-layer={layer}
              onClick={() => deskOf(store).layer(layer)}
            >
              <span className="layers-knob" aria-hidden="true" />
              <span className="layers-symbol" aria-hidden="true">
                {kind !== undefined && <Symbol name={symbolForKind(kind)} />}
              </span>
              <span className="layers-name">{words.layers.name[layer]}</span>
              <span className="layers-count">
                {count === undefined ? '' : count === 0 ? words.layers.none : format.count(count)}
              </span>
            </button>
          );
        })}
      </div>
      <p className="quiet">{words.layers.scope}</p>
    </section>
  );
};

export const LayerPanel = () => (useView((view) => view.layerPanel) ? <Switches /> : null);
