/**
 * What stands on a block, use by use: each pattern places its forms in the block's own frame.
 * Guarantees: nothing by itself; `claim` refuses what does not fit, and a pattern goes on.
 */
import type { BuildingUse } from '../../contract/site-files.ts';
import { butterfly, comb, corner, court, landmark, slab, tank, type Form, type Frame } from './forms.ts';
import type { Draft, Plot } from './draft.ts';
import type { Random } from './random.ts';

/** Pattern of one block; `claim` places a form if it fits and says whether it did. */
export interface Site {
  w: number;
  d: number;
  random: Random;
  frame(x: number, y: number, turn?: number): Frame;
  claim(form: Form, gap?: number, extra?: Partial<Draft>): boolean;
}

/** Rows from south to north; `each` places what it can at (x, y) and answers the width it took. */
function rows(site: Site, depth: number, gap: number, each: (x0: number, y: number, row: number) => number): void {
  const count = Math.max(1, Math.floor((site.d + gap) / (depth + gap)));
  const pitch = count > 1 ? (site.d - depth) / (count - 1) : 0;
  for (let r = 0; r < count; r++) {
    const y = count > 1 ? -site.d / 2 + depth / 2 + r * pitch : 0;
    for (let x = -site.w / 2; x < site.w / 2;) x += Math.max(2, each(x, y, r));
  }
}

function sheds(site: Site, use: BuildingUse): void {
  const { random: r } = site;
  const w = r.range(26, 52);
  const d = Math.min(site.d * 0.9, r.range(55, 120));
  rows(site, d, r.range(14, 22), (x, y) => {
    const own = w * r.range(0.85, 1.2);
    const f = slab(
      site.frame(x + own / 2 + 1, y),
      use,
      use === 'warehouse' ? 1 : r.weighted({ 1: 5, 2: 3, 3: 1 }) === '1' ? 1 : r.int(2, 3),
      own,
      d,
    );
    return site.claim(f, 3) ? own + r.range(11, 18) : 9;
  });
}

export const PATTERNS: Readonly<Record<Plot['use'], (site: Site) => void>> = {
  slab: (site) => {
    const { random: r } = site;
    const floors = Number(r.weighted({ 5: 3, 6: 6, 7: 1.5, 11: 2, 15: 1, 17: 0.8 }));
    const d = r.range(10.5, 13);
    const w = floors > 8 ? r.range(30, 44) : r.range(34, 56);
    const gap = Math.max(13, floors * 2.9 * (floors > 8 ? 0.75 : 0.95));
    if (r.chance(0.35)) {
      for (let x = -site.w / 2; x < site.w / 2 - 16; x += 29) {
        site.claim(slab(site.frame(x + 14, -site.d / 2 + 5.6), 'commercial', 2, 26, 10), 2);
      }
    }
    rows(site, d, gap, (x, y) => {
      const own = w * r.range(0.9, 1.08);
      const f = slab(site.frame(x + own / 2, y), 'residential', floors, own, d);
      return site.claim(f, 3) ? own + r.range(7, 11) : 6;
    });
  },
  tower: (site) => {
    const { random: r } = site;
    const base = r.int(18, 31);
    const w = r.range(29, 35);
    const d = r.range(17, 21);
    rows(site, d, 30, (x, y, row) => {
      const shift = row % 2 === 1 ? 9 : 0;
      const floors = Math.min(33, Math.max(18, base + r.int(-2, 2)));
      const f = butterfly(site.frame(x + w / 2 + shift, y), floors, w, d);
      return site.claim(f, 3, { tower: true }) ? w + r.range(11, 16) : 6;
    });
    for (let x = -site.w / 2; x < site.w / 2 - 18; x += 33) {
      site.claim(slab(site.frame(x + 15, -site.d / 2 + 6), 'commercial', 2, 29, 11), 5);
    }
  },
  landmark: (site) => {
    const { random: r } = site;
    const floors = r.pick([38, 42, 46, 60]);
    site.claim(landmark(site.frame(0, 6), floors, Math.min(46, site.d * 0.5)), 3, { tower: true, chief: true });
    site.claim(slab(site.frame(0, -site.d / 2 + 11), 'commercial', 4, site.w * 0.8, 20));
  },
  perimeter: (site) => {
    const { random: r } = site;
    if (r.chance(0.3) && site.w > 60 && site.d > 60) {
      const f = court(site.frame(0, 0), 'commercial', r.int(3, 6), site.w * 0.84, site.d * 0.84, r.range(14, 19));
      if (site.claim(f)) return;
    }
    const depth = r.range(12, 15);
    for (const way of [-1, 1]) {
      for (let x = -site.w / 2; x < site.w / 2 - 14;) {
        const w = r.range(18, 40);
        const f = slab(site.frame(x + w / 2, way * (site.d / 2 - depth / 2 - 1)), 'commercial', r.int(3, 7), w, depth);
        x += site.claim(f, 1) ? w + (r.chance(0.25) ? 8 : 1.2) : 8;
      }
      for (let y = -site.d / 2 + 24; y < site.d / 2 - 30;) {
        const w = r.range(16, 32);
        const f = slab(
          site.frame(way * (site.w / 2 - depth / 2 - 1), y + w / 2, Math.PI / 2),
          'commercial',
          r.int(3, 6),
          w,
          depth,
        );
        y += site.claim(f, 2) ? w + (r.chance(0.3) ? 9 : 2.2) : 8;
      }
    }
    rows(site, 11, 22, (x, y) => {
      const f = slab(site.frame(x + 20, y), 'residential', r.int(5, 6), 36, 11);
      return site.claim(f, 6) ? 50 : 8;
    });
  },
  office: (site) => {
    const { random: r } = site;
    const w = r.range(34, 52);
    const d = r.range(18, 26);
    site.claim(slab(site.frame(-site.w * 0.18, site.d * 0.12), 'office', r.int(8, 16), w, d), 3, { chief: true });
    site.claim(corner(site.frame(site.w * 0.26, -site.d * 0.08), 'office', r.int(4, 8), 40, 46, 15));
    site.claim(slab(site.frame(-site.w * 0.15, -site.d * 0.3), 'commercial', 2, w * 1.2, 16));
    if (site.w > 150) sheds(site, 'office');
  },
  market: (site) => {
    const { random: r } = site;
    const big = slab(
      site.frame(0, 4),
      'commercial',
      r.int(2, 5),
      site.w * r.range(0.5, 0.7),
      site.d * r.range(0.45, 0.6),
    );
    site.claim(big, 6, { chief: true });
    rows(site, 10, site.d * 0.6, (x, y) => {
      const w = r.range(14, 26);
      return site.claim(slab(site.frame(x + w / 2, y), 'commercial', r.int(2, 3), w, 10), 2.5) ? w + 3 : 6;
    });
  },
  hospital: (site) => {
    site.claim(
      comb(
        site.frame(0, site.d * 0.08),
        'hospital',
        site.random.int(6, 12),
        Math.min(site.w * 0.72, 95),
        Math.min(site.d * 0.6, 64),
        3,
      ),
      3,
      { chief: true },
    );
    site.claim(slab(site.frame(0, -site.d / 2 + 12), 'hospital', 4, Math.min(site.w * 0.6, 70), 18));
    site.claim(slab(site.frame(-site.w / 2 + 14, site.d / 2 - 10), 'hospital', 2, 24, 14));
  },
  school: (site) => {
    const { random: r } = site;
    site.claim(
      comb(
        site.frame(-site.w * 0.18, 0),
        'school',
        r.int(4, 5),
        Math.min(site.w * 0.5, 70),
        Math.min(site.d * 0.7, 66),
        2,
      ),
      3,
      { chief: true },
    );
    site.claim(slab(site.frame(site.w * 0.32, site.d * 0.33), 'school', 2, 36, 22));
    site.claim(slab(site.frame(-site.w * 0.2, -site.d / 2 + 9), 'school', 5, 46, 13));
  },
  factory: (site) => {
    const { random: r } = site;
    site.claim(slab(site.frame(-site.w / 2 + 24, -site.d / 2 + 10), 'office', r.int(3, 5), 40, 15), 3, { chief: true });
    if (r.chance(0.16)) {
      for (let k = 0; k < 8; k++) {
        const size = 15;
        site.claim(
          tank(
            site.frame(site.w / 2 - 12 - (k % 4) * 21, site.d / 2 - 12 - Math.floor(k / 4) * 21),
            size,
            r.int(9, 15),
          ),
          4,
        );
      }
    }
    sheds(site, r.chance(0.2) ? 'warehouse' : 'factory');
  },
  village: (site) => {
    const { random: r } = site;
    rows(site, 11, r.range(7, 11), (x, y) => {
      const w = r.range(9.5, 12) * r.int(2, 4);
      const f = slab(
        site.frame(x + w / 2, y + r.range(-1.2, 1.2), r.range(-0.04, 0.04)),
        'village',
        r.chance(0.6) ? 3 : r.int(2, 4),
        w,
        r.range(9.5, 11.5),
      );
      if (r.chance(0.1)) return 14;
      return site.claim(f, 1.6) ? w + r.range(2.5, 6) : 3;
    });
  },
  historic: (site) => {
    const { random: r } = site;
    rows(site, 9.6, 2.6, (x, y) => {
      if (r.chance(0.07)) return r.range(5, 9);
      const w = r.range(5.5, 9.5);
      const d = r.range(8.2, 9.8);
      const f = slab(site.frame(x + w / 2, y + r.range(-0.3, 0.3)), 'historic', r.chance(0.7) ? 2 : 1, w, d);
      return site.claim(f, 0.25) ? w + (r.chance(0.12) ? 2.6 : 0.35) : 2.5;
    });
  },
  station: (site) => {
    // At the street, whatever the size of the block: engines must be out in a minute.
    const y = Math.min(0, -site.d / 2 + 46);
    site.claim(comb(site.frame(-8, y + 2), 'station', 3, 66, 42, 2), 3, { chief: true });
    site.claim(slab(site.frame(44, y + 14), 'station', 6, 8, 8));
    site.claim(slab(site.frame(40, y - 18), 'station', 2, 30, 14));
  },
  command: (site) => {
    site.claim(slab(site.frame(-10, 8), 'public', 12, 62, 22), 3, { chief: true });
    site.claim(slab(site.frame(-10, -22), 'public', 3, 84, 20));
    site.claim(corner(site.frame(50, 10), 'public', 5, 34, 40, 14));
  },
  green: (site) => {
    if (site.random.chance(0.3)) site.claim(slab(site.frame(0, 0), 'public', 1, 14, 10));
  },
};
