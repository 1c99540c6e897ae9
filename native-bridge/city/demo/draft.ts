/**
 * What the generator passes from plot to plot: a block with its use, a building without its id.
 */
import type { Name } from '../../contract/site.ts';
import type { Form } from './forms.ts';
import type { XY } from './plane.ts';
import type { Block } from './streets.ts';
import type { BlockUse } from './towns.ts';

/** A building before it has an id. */
export interface Draft {
  form: Form;
  at: XY;
  townId: string;
  /** Estate, works, school …: shared by the buildings of one plot. */
  compound?: Name;
  /** Number within the compound. */
  number?: number;
  street: Name;
  blockId?: string;
  tower?: boolean;
  /** The building a key unit is named after. */
  chief?: boolean;
}

export interface Plot {
  block: Block;
  use: BlockUse | 'historic' | 'landmark' | 'station' | 'command';
  compound?: Name;
  blockId?: string;
}
