/**
 * The towns of the demonstration site: where, how large, of what character.
 * Names of towns are real; extents and characters are invented.
 */
import type { LonLat } from '../../contract/site-files.ts';

export type BlockUse =
  'slab' | 'tower' | 'perimeter' | 'office' | 'village' | 'factory' | 'school' | 'hospital' | 'market' | 'green';

export interface Town {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** How addresses begin. */
  readonly address: string;
  readonly at: LonLat;
  /** Half axes along and across the streets, metres. */
  readonly radius: readonly [number, number];
  /** Turn of the street grid, degrees counter-clockwise from east. */
  readonly turn: number;
  /** Mean distance of streets along and across, metres. */
  readonly spacing: readonly [number, number];
  /** Weights of uses: middle, body, edge. */
  readonly mix: readonly [Mix, Mix, Mix];
  /** Area rescue station (片区), the zone's first answer. */
  readonly stationId: string;
  /** Historic blocks laid near the middle. */
  readonly historic: readonly (readonly [zh: string, en: string])[];
}
type Mix = Readonly<Partial<Record<BlockUse, number>>>;

const MIXES: Readonly<Record<string, Town['mix']>> = {
  city: [
    { perimeter: 3, office: 3, market: 2, tower: 3, slab: 2, hospital: 0.4, green: 0.5 },
    { slab: 6, tower: 2.6, perimeter: 1.4, school: 0.7, market: 0.8, office: 0.7, green: 0.7, hospital: 0.12 },
    { slab: 3, village: 3, factory: 2, tower: 0.7, school: 0.4, green: 1 },
  ],
  town: [
    { perimeter: 3, market: 2, slab: 3, office: 1, hospital: 0.5, tower: 0.25 },
    { slab: 5, village: 2.6, school: 0.7, perimeter: 1, factory: 0.8, green: 0.5, tower: 0.12 },
    { village: 3, factory: 3.4, slab: 1, green: 1 },
  ],
  industry: [
    { office: 3, tower: 1, slab: 2, market: 1, perimeter: 1 },
    { factory: 8, office: 0.6, slab: 0.6, green: 0.5 },
    { factory: 7, green: 1, village: 0.5 },
  ],
  rural: [
    { perimeter: 2, market: 2, slab: 2, village: 3, hospital: 0.3 },
    { village: 5, slab: 1, school: 0.6, factory: 0.8, green: 1 },
    { village: 6, factory: 1, green: 1 },
  ],
};

/** Historic blocks of the towns that have them. */
const HISTORIC: Readonly<Record<string, Town['historic']>> = {
  baiguan: [
    ['百官老街', 'Baiguan Old Street'],
    ['大舜庙前街', 'Dashun Temple Street'],
  ],
  dongguan: [['东关老街', 'Dongguan Old Street']],
  songxia: [['崧厦后郭街', 'Songxia Houguo Street']],
  xiaoyue: [['小越横街', 'Xiaoyue Cross Street']],
  fenghui: [
    ['丰惠西大街', 'Fenghui West Street'],
    ['丰惠通明街', 'Fenghui Tongming Street'],
  ],
  zhangzhen: [['章镇老街', 'Zhangzhen Old Street']],
};

/** id, name, English name, address, lon,lat, half axes m, turn °, spacing m, mix, station. */
const TABLE = `
  baiguan 百官 Baiguan 百官街道 120.8785,30.0185 1950×2150 4 165×140 city st-baiguan
  caoe 曹娥 Cao'e 曹娥街道 120.8375,30.0115 1300×1400 9 175×150 city st-baiguan
  kaifa 经开区 Development_Zone 杭州湾经开区 120.869,30.129 2000×1650 -6 330×270 industry st-kaifa
  dongguan 东关 Dongguan 东关街道 120.796,29.99 1050×720 -5 160×135 town st-dongguan
  songxia 崧厦 Songxia 崧厦街道 120.8885,30.0835 1150×900 2 165×140 town st-kaifa
  xiaoyue 小越 Xiaoyue 小越街道 120.951,30.0735 950×720 11 155×135 town st-xiaoyue
  fenghui 丰惠 Fenghui 丰惠镇 120.9685,29.9395 1000×780 -3 150×130 town st-fenghui
  zhangzhen 章镇 Zhangzhen 章镇 120.8475,29.862 900×740 14 155×135 town st-zhangzhen
  daoxu 道墟 Daoxu 道墟街道 120.7985,30.039 650×520 6 150×130 town st-dongguan
  lihai 沥海 Lihai 沥海镇 120.7485,30.122 700×560 -12 170×140 town st-kaifa
  gaibei 盖北 Gaibei 盖北镇 120.9125,30.151 520×420 -8 150×130 rural st-kaifa
  xietang 谢塘 Xietang 谢塘镇 120.916,30.114 520×420 5 150×130 rural st-xiaoyue
  yiting 驿亭 Yiting 驿亭镇 120.9475,30.037 480×420 8 145×125 rural st-xiaoyue
  lianghu 梁湖 Lianghu 梁湖街道 120.8905,29.987 620×430 -2 155×130 town st-baiguan
  yonghe 永和 Yonghe 永和镇 121.0045,30.0185 480×400 3 145×125 rural st-fenghui
  shangpu 上浦 Shangpu 上浦镇 120.874,29.9275 420×520 -10 145×125 rural st-zhangzhen
  tangpu 汤浦 Tangpu 汤浦镇 120.8025,29.884 480×380 16 145×125 rural st-zhangzhen
  changtang 长塘 Changtang 长塘镇 120.7965,29.938 400×360 -7 140×125 rural st-dongguan
  dingzhai 丁宅 Dingzhai 丁宅乡 120.9345,29.8805 360×320 12 135×120 rural st-fenghui
  xiaguan 下管 Xiaguan 下管镇 120.972,29.829 400×320 -14 135×120 rural st-fenghui
  chenxi 陈溪 Chenxi 陈溪乡 121.0115,29.8675 300×280 9 130×115 rural st-fenghui
  lingnan 岭南 Lingnan 岭南乡 120.922,29.789 300×280 -5 130×115 rural st-zhangzhen
`;

const pair = (text = ''): [number, number] => {
  const [a = NaN, b = NaN] = text.split(/[,×]/).map(Number);
  if (Number.isNaN(a + b)) throw new Error(`towns: "${text}" is no pair of numbers`);
  return [a, b];
};

export const TOWNS: readonly Town[] = TABLE.trim()
  .split('\n')
  .map((line): Town => {
    const [id = '', zh = '', en = '', address = '', at, radius, turn, spacing, mix = '', stationId = ''] = line
      .trim()
      .split(' ');
    const weights = MIXES[mix];
    if (weights === undefined) throw new Error(`towns: ${id} has no mix "${mix}"`);
    return {
      id,
      zh,
      en: en.replaceAll('_', ' '),
      address: `上虞区${address}`,
      at: pair(at),
      radius: pair(radius),
      turn: Number(turn),
      spacing: pair(spacing),
      mix: weights,
      stationId,
      historic: HISTORIC[id] ?? [],
    };
  });
