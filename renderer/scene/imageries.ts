/**
 * All imagery of the pack, one over the other, as one layer.
 *
 * Owns: reading the lists of tiles. Guarantees: nothing is fetched while the layer is off or the pack has none; a list that
 *   cannot be read is named, and the other imagery stands.
 * Refuses: what a single imagery draws; `imagery.ts` does that.
 */
import { PrimitiveCollection } from '@cesium/engine';
import type { ImageryIndex } from '../../native-bridge/contract/imagery.ts';
import type { SiteCard } from '../../native-bridge/contract/port.ts';
import { below } from '../store/site-library.ts';
import type { Eye } from './eye.ts';
import { addImagery, type Imagery } from './imagery.ts';
import { paint } from './paint.ts';
import type { Parts } from './parts.ts';
import type { Plane } from './plane.ts';

export interface Imageries extends Imagery {
  /** Begins, on this floor, under all that is added after it. */
  lay: (floor: PrimitiveCollection, eye: () => Eye) => void;
}

export const imageriesOf = (
  { map, cityUrl }: Pick<SiteCard, 'map' | 'cityUrl'>,
  plane: Plane,
  tint: string,
  { bring, alive, lacks }: Parts,
  changed: () => void,
): Imageries => {
  const laid: Imagery[] = [];
  let on = true;
  const open = async (file: string, floor: PrimitiveCollection, eye: () => Eye, city: string): Promise<void> => {
    const answer = await fetch(below(city, file));
    if (!answer.ok) throw new Error(`${file}: HTTP ${answer.status}`);
    const index = alive((await answer.json()) as ImageryIndex);
    if (index.format !== 'fengsui/imagery@1') throw new Error(`${file} is no list of tiles`);
    const { red, green, blue } = paint(tint);
    const how = { index, url: below(city, index.tiles), tint: [red, green, blue] as const };
    const one = addImagery(floor, plane, how, changed, (why) => lacks('imagery', why));
    laid.push(one);
    one.show(on);
    one.suit(eye());
  };
  return {
    lay: (floor, eye) => {
      for (const { file } of cityUrl === null ? [] : (map?.imagery ?? [])) {
        const own = floor.add(new PrimitiveCollection()) as PrimitiveCollection;
        bring('imagery', () => open(file, own, eye, cityUrl ?? ''));
      }
    },
    suit: (eye) => {
      for (const one of laid) one.suit(eye);
    },
    show: (shown) => {
      on = shown;
      for (const one of laid) one.show(shown);
    },
    dispose: () => {
      for (const one of laid) one.dispose();
    },
  };
};
