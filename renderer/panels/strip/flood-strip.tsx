/**
 * The flood strip: where every alarm that was raised has gone.
 *
 * Owns: the sum. Guarantees: received = shown + grouped + shelved + duplicates is written out, and when it does not add up
 * the strip says by how much. Refuses: to correct the bridge's figures.
 */
import { useDesign } from '../../design/design.tsx';
import { useRecord } from '../../store/hooks.ts';
import './strip.css';

export const FloodStrip = () => {
  const { words, format } = useDesign();
  const strip = useRecord('strip', 'strip');
  if (!strip) return <section className="panel strip" data-testid="flood-strip" aria-label={words.strip.title} />;
  const missing = strip.received - strip.shown - strip.grouped - strip.shelved - strip.duplicates;
  const part = (key: 'shown' | 'grouped' | 'shelved' | 'duplicates', sign: string) => (
    <span className="strip-part" data-part={key} data-count={strip[key]}>
      <span className="quiet">{sign}</span> {words.strip[key]} <span className="value">{format.count(strip[key])}</span>
    </span>
  );
  return (
    <section
      className="panel strip"
      data-testid="flood-strip"
      data-received={strip.received}
      data-adds-up={missing === 0}
      aria-label={words.strip.title}
    >
      <span className="strip-line">
        {strip.flood && (
          <span className="plate" role="alert">
            {words.strip.flood}
          </span>
        )}
        <span className="strip-ten quiet">{words.strip.lastTen(strip.lastTenMinutes)}</span>
        <span className="strip-part">
          {words.strip.received} <span className="value">{format.count(strip.received)}</span>
        </span>
      </span>
      <span className="strip-line">
        {part('shown', '=')}
        {part('grouped', '+')}
        {part('shelved', '+')}
        {part('duplicates', '+')}
      </span>
      {missing !== 0 && (
        <span className="plate" role="alert">
          {words.strip.mismatch(missing)}
        </span>
      )}
    </section>
  );
};
