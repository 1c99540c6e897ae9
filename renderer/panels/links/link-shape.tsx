/**
 * The four states of a link as shapes: a full disc, a half disc, an arc that fills, a broken ring.
 *
 * Owns: the drawings. Guarantees: told apart without colour. Refuses: motion.
 */
import type { Link } from '../../../native-bridge/contract/records.ts';

const SHAPES: Readonly<Record<Link, { fill?: string; line?: string }>> = {
  live: { fill: 'M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16z' },
  lagging: { fill: 'M12 4a8 8 0 0 0 0 16z', line: 'M12 4a8 8 0 1 1 0 16a8 8 0 1 1 0-16z' },
  'catching-up': { line: 'M12 4a8 8 0 1 1-8 8M12 4l4-3M12 4l4 3' },
  lost: { line: 'M5 5l14 14M19 5L5 19' },
};

export const LinkShape = ({ link }: { link: Link }) => {
  const { fill, line } = SHAPES[link];
  return (
    <svg className="symbol" viewBox="0 0 24 24" aria-hidden="true" style={{ color: `var(--link-${link})` }}>
      {fill !== undefined && <path d={fill} fill="currentColor" />}
      {line !== undefined && (
        <path
          d={line}
          fill="none"
          stroke="currentColor"
          strokeWidth={link === 'lost' ? 4 : 2.2}
          strokeLinecap="round"
        />
      )}
    </svg>
  );
};
