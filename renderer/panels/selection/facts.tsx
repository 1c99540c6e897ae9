/**
 * Facts: name and value, two columns; and the readings of a device with their units.
 *
 * Owns: how a record's values are written. Guarantees: a field of another vocabulary is shown under its own name.
 * Refuses: to colour a value; whether it is wrong is the alarm's to say.
 */
import type { ReactNode } from 'react';
import { useDesign } from '../../design/design.tsx';
import { word, type Words } from '../../design/locale/words.ts';
import type { Formats } from '../../design/formats.ts';
import type { Values } from '../../../native-bridge/contract/records.ts';

/** `minor`: left out where there is little room; `long`: a sentence, on a line of its own. */
interface Props {
  name: string;
  minor?: boolean;
  long?: boolean;
  children: ReactNode;
}
export const Fact = ({ name, minor = false, long = false, children }: Props) => (
  <div className={`fact${minor ? ' minor' : ''}${long ? ' long' : ''}`}>
    <dt>{name}</dt>
    <dd className="value">{children}</dd>
  </div>
);

const written = (field: string, value: Values[string], words: Words, format: Formats): string => {
  if (value === null) return words.value.unknown;
  if (typeof value === 'boolean') return value ? words.value.yes : words.value.no;
  if (typeof value === 'number') return format.value(field, value);
  return field === 'breaker' ? word(words.value, value) : value;
};

export const Readings = ({ values }: { values: Values }) => {
  const { words, format } = useDesign();
  return Object.entries(values)
    .slice(0, 8)
    .map(([field, value]) => (
      <Fact key={field} name={word(words.value, field)}>
        {written(field, value, words, format)}
      </Fact>
    ));
};
