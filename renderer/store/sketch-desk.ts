/**
 * Drawing on the map: points set by hand become a point, a line or an area of the incident in view.
 *
 * Owns: the drawing that is being made. Guarantees: K9 nothing is kept before it is finished; what is drawn is taken back by undo
 *   and given back by no key but a new drawing; a drawing goes to the incident it was begun on.
 * Refuses: to draw without an incident, and in the past.
 */
import { SKETCH_POINTS, SKETCH_SHAPES, type SketchShape } from '../../native-bridge/contract/sketch.ts';
import type { LonLat } from '../../native-bridge/contract/site-files.ts';
import type { DeskStore } from './hooks.ts';
import type { AskBridge } from './intents.ts';
import { incidentInView } from './send-desk.ts';

export interface SketchDesk {
  /** Begins a drawing of that shape; the same again puts it away. Without one: the next shape, after the last none. */
  start: (shape?: SketchShape) => void;
  /** A click on the ground; answers whether it belonged to a drawing. */
  point: (place: LonLat | null) => boolean;
  /** Takes the last point back. */
  less: () => void;
  say: (text: string) => void;
  /** Keeps it; answers whether there was one to keep. */
  finish: () => boolean;
  /** Puts it away; answers whether there was one. */
  cancel: () => boolean;
  erase: (id: string) => void;
}

export const createSketchDesk = (
  { world, view }: DeskStore,
  ask: AskBridge,
  canUndo: (back: () => void) => void,
  nothing: () => void,
): SketchDesk => {
  const finish = (): boolean => {
    const { sketching } = view.getState();
    if (!sketching) return false;
    const { incidentId, shape, points, text } = sketching;
    if (points.length < SKETCH_POINTS[shape][0]) {
      nothing();
      return true;
    }
    view.setState({ sketching: null });
    const args = { incidentId, shape, points: points.map(([lon, lat]): [number, number] => [lon, lat]) };
    ask('draw', { ...args, ...(text.trim() === '' ? {} : { text: text.trim() }) }, ({ sketchId }) =>
      canUndo(() => ask('erase', { sketchId })),
    );
    return true;
  };
  return {
    finish,
    start: (shape) => {
      const { sketching, past } = view.getState();
      const next = shape ?? SKETCH_SHAPES[sketching ? SKETCH_SHAPES.indexOf(sketching.shape) + 1 : 0];
      if (next === undefined || (sketching && shape === sketching.shape)) return view.setState({ sketching: null });
      const incidentId = incidentInView({ world, view });
      if (incidentId === undefined || past !== null) return nothing();
      view.setState({
        sketching: { incidentId, shape: next, points: [], text: sketching?.text ?? '' },
        measured: null,
      });
    },
    point: (place) => {
      const { sketching } = view.getState();
      if (!sketching) return false;
      const { shape, points } = sketching;
      if (!place || (shape !== 'point' && points.length >= SKETCH_POINTS[shape][1])) return true;
      view.setState({ sketching: { ...sketching, points: shape === 'point' ? [place] : [...points, place] } });
      return true;
    },
    less: () =>
      view.setState(({ sketching }) => ({
        sketching: sketching && { ...sketching, points: sketching.points.slice(0, -1) },
      })),
    say: (text) => view.setState(({ sketching }) => ({ sketching: sketching && { ...sketching, text } })),
    cancel: () => {
      if (view.getState().sketching === null) return false;
      view.setState({ sketching: null });
      return true;
    },
    erase: (sketchId) => {
      const sketch = world.get('sketch', sketchId);
      if (!sketch) return;
      const { incidentId, shape, points, text } = sketch;
      ask('erase', { sketchId }, () =>
        canUndo(() => ask('draw', { incidentId, shape, points, ...(text === undefined ? {} : { text }) })),
      );
    },
  };
};
