/**
 * A table on paper.
 *
 * Owns: its head, which stands again on every sheet, and how many rows it has. Guarantees: what is left out past `MOST_ROWS` is
 *   counted; an empty one says so. Refuses: to know what is in it.
 */
import type { ReactNode } from 'react';
import { useDesign } from '../../design/design.tsx';

/** Some ten sheets: more is for the journal's own export. */
export const MOST_ROWS = 400;

interface Props {
  title: string;
  /** `fixed`: as wide as its words. */
  columns: readonly { name: string; fixed?: boolean }[];
  rows: readonly { id: string; cells: readonly ReactNode[] }[];
}
export const PaperTable = ({ title, columns, rows }: Props) => {
  const { words, format } = useDesign();
  const kind = (i: number): string => (columns[i]?.fixed ? 'fixed' : '');
  return (
    <section>
      <h2>
        {title} ({format.count(rows.length)})
      </h2>
      {rows.length === 0 ? (
        <p>{words.handover.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              {columns.map(({ name }, i) => (
                <th key={name} className={kind(i)}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map(({ id, cells }) => (
              <tr key={id}>
                {cells.map((cell, i) => (
                  <td key={columns[i]?.name} className={kind(i)}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > MOST_ROWS && <p>{words.aside.more(rows.length - MOST_ROWS)}</p>}
    </section>
  );
};
