/**
 * The waters of the demonstration site: courses and shores are invented after the lie of the land, names are real.
 */
import type { LonLat } from '../../contract/site-files.ts';

export interface Course {
  id: string;
  zh: string;
  en: string;
  kind: 'river' | 'canal';
  /** lon, lat, width in metres */
  points: readonly (readonly [number, number, number])[];
}
export const COURSES: readonly Course[] = [
  {
    id: 'w-caoe',
    zh: '曹娥江',
    en: "Cao'e River",
    kind: 'river',
    points: [
      [120.822, 29.775, 190],
      [120.834, 29.803, 200],
      [120.848, 29.834, 210],
      [120.864, 29.862, 230],
      [120.866, 29.897, 250],
      [120.853, 29.93, 270],
      [120.864, 29.962, 290],
      [120.86, 29.99, 320],
      [120.854, 30.012, 340],
      [120.852, 30.036, 380],
      [120.838, 30.06, 430],
      [120.815, 30.083, 520],
      [120.799, 30.108, 650],
      [120.776, 30.14, 850],
      [120.747, 30.172, 1150],
      [120.722, 30.205, 1600],
    ],
  },
  {
    id: 'w-canal-west',
    zh: '杭甬运河',
    en: 'Hangzhou–Ningbo Canal',
    kind: 'canal',
    points: [
      [120.76, 30.0, 44],
      [120.785, 30.003, 44],
      [120.812, 29.997, 44],
      [120.835, 29.993, 44],
      [120.861, 29.985, 48],
    ],
  },
  {
    id: 'w-canal-east',
    zh: '杭甬运河',
    en: 'Hangzhou–Ningbo Canal',
    kind: 'canal',
    points: [
      [120.8595, 29.98, 48],
      [120.882, 29.974, 44],
      [120.915, 29.977, 44],
      [120.943, 29.99, 44],
      [120.972, 30.002, 44],
      [121.0, 30.004, 44],
      [121.05, 30.008, 44],
    ],
  },
  {
    id: 'w-baili',
    zh: '百沥河',
    en: 'Baili River',
    kind: 'canal',
    points: [
      [120.8885, 30.0, 22],
      [120.892, 30.02, 22],
      [120.888, 30.043, 24],
      [120.874, 30.064, 26],
      [120.862, 30.09, 26],
      [120.852, 30.132, 30],
      [120.85, 30.17, 36],
      [120.845, 30.207, 44],
    ],
  },
  {
    id: 'w-xiaoyue',
    zh: '小越河',
    en: 'Xiaoyue River',
    kind: 'canal',
    points: [
      [120.938, 30.02, 20],
      [120.931, 30.05, 22],
      [120.938, 30.085, 22],
      [120.93, 30.125, 26],
      [120.925, 30.185, 34],
    ],
  },
  {
    id: 'w-fenghui',
    zh: '丰惠河',
    en: 'Fenghui River',
    kind: 'canal',
    points: [
      [120.985, 29.87, 16],
      [120.979, 29.905, 18],
      [120.958, 29.944, 20],
      [120.944, 29.968, 24],
      [120.943, 29.99, 26],
    ],
  },
  {
    id: 'w-xiaguan',
    zh: '下管溪',
    en: 'Xiaguan Stream',
    kind: 'canal',
    points: [
      [121.0, 29.775, 18],
      [120.978, 29.808, 22],
      [120.935, 29.832, 26],
      [120.9, 29.852, 34],
      [120.866, 29.868, 44],
    ],
  },
];

export interface Lake {
  id: string;
  zh: string;
  en: string;
  at: LonLat;
  radius: number;
  stretch: number;
}
export const LAKES: readonly Lake[] = [
  { id: 'w-zaoli', zh: '皂李湖', en: 'Zaoli Lake', at: [120.916, 30.003], radius: 640, stretch: 1.35 },
  { id: 'w-baima', zh: '白马湖', en: 'Baima Lake', at: [120.972, 30.038], radius: 560, stretch: 1.5 },
  { id: 'w-tangpu', zh: '汤浦水库', en: 'Tangpu Reservoir', at: [120.766, 29.846], radius: 900, stretch: 0.8 },
  { id: 'w-xihu', zh: '西溪湖', en: 'Xixi Lake', at: [120.945, 29.93], radius: 330, stretch: 1.3 },
];
/** Shore of the bay from west to east; what lies north of it in the district is sea. */
export const COAST: readonly LonLat[] = [
  [120.6, 30.105],
  [120.64, 30.132],
  [120.68, 30.158],
  [120.71, 30.183],
  [120.735, 30.196],
  [120.775, 30.203],
  [120.82, 30.208],
  [120.86, 30.204],
  [120.905, 30.194],
  [120.945, 30.182],
  [121.0, 30.17],
];
