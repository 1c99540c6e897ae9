/**
 * The towns of the demonstration site: where, how large, of what character, and the roads between.
 * Names of towns are real; extents, characters and the courses of roads are invented.
 */
import type { LonLat, RoadClass } from '../../contract/site-files.ts';

export type BlockUse =
  | 'slab' | 'tower' | 'perimeter' | 'office' | 'village' | 'factory' | 'school' | 'hospital' | 'market' | 'green';

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

const CITY: Town['mix'] = [
  { perimeter: 3, office: 3, market: 2, tower: 3, slab: 2, hospital: 0.4, green: 0.5 },
  { slab: 6, tower: 2.6, perimeter: 1.4, school: 0.7, market: 0.8, office: 0.7, green: 0.7, hospital: 0.12 },
  { slab: 3, village: 3, factory: 2, tower: 0.7, school: 0.4, green: 1 },
];
const TOWN: Town['mix'] = [
  { perimeter: 3, market: 2, slab: 3, office: 1, hospital: 0.5, tower: 0.25 },
  { slab: 5, village: 2.6, school: 0.7, perimeter: 1, factory: 0.8, green: 0.5, tower: 0.12 },
  { village: 3, factory: 3.4, slab: 1, green: 1 },
];
const INDUSTRY: Town['mix'] = [
  { office: 3, tower: 1, slab: 2, market: 1, perimeter: 1 },
  { factory: 8, office: 0.6, slab: 0.6, green: 0.5 },
  { factory: 7, green: 1, village: 0.5 },
];
const RURAL: Town['mix'] = [
  { perimeter: 2, market: 2, slab: 2, village: 3, hospital: 0.3 },
  { village: 5, slab: 1, school: 0.6, factory: 0.8, green: 1 },
  { village: 6, factory: 1, green: 1 },
];

const sd = (zh: string) => `上虞区${zh}街道`;
const zhen = (zh: string) => `上虞区${zh}镇`;
const xiang = (zh: string) => `上虞区${zh}乡`;

export const TOWNS: readonly Town[] = [
  { id: 'baiguan', zh: '百官', en: 'Baiguan', address: sd('百官'), at: [120.8785, 30.0185], radius: [1950, 2150], turn: 4, spacing: [165, 140], mix: CITY, stationId: 'st-baiguan', historic: [['百官老街', 'Baiguan Old Street'], ['大舜庙前街', 'Dashun Temple Street']] },
  { id: 'caoe', zh: '曹娥', en: "Cao'e", address: sd('曹娥'), at: [120.8375, 30.0115], radius: [1300, 1400], turn: 9, spacing: [175, 150], mix: CITY, stationId: 'st-baiguan', historic: [] },
  { id: 'kaifa', zh: '经开区', en: 'Development Zone', address: '上虞区杭州湾经开区', at: [120.869, 30.129], radius: [2000, 1650], turn: -6, spacing: [330, 270], mix: INDUSTRY, stationId: 'st-kaifa', historic: [] },
  { id: 'dongguan', zh: '东关', en: 'Dongguan', address: sd('东关'), at: [120.796, 29.99], radius: [1050, 720], turn: -5, spacing: [160, 135], mix: TOWN, stationId: 'st-dongguan', historic: [['东关老街', 'Dongguan Old Street']] },
  { id: 'songxia', zh: '崧厦', en: 'Songxia', address: sd('崧厦'), at: [120.8885, 30.0835], radius: [1150, 900], turn: 2, spacing: [165, 140], mix: TOWN, stationId: 'st-kaifa', historic: [['崧厦后郭街', 'Songxia Houguo Street']] },
  { id: 'xiaoyue', zh: '小越', en: 'Xiaoyue', address: sd('小越'), at: [120.951, 30.0735], radius: [950, 720], turn: 11, spacing: [155, 135], mix: TOWN, stationId: 'st-xiaoyue', historic: [['小越横街', 'Xiaoyue Cross Street']] },
  { id: 'fenghui', zh: '丰惠', en: 'Fenghui', address: zhen('丰惠'), at: [120.9685, 29.9395], radius: [1000, 780], turn: -3, spacing: [150, 130], mix: TOWN, stationId: 'st-fenghui', historic: [['丰惠西大街', 'Fenghui West Street'], ['丰惠通明街', 'Fenghui Tongming Street']] },
  { id: 'zhangzhen', zh: '章镇', en: 'Zhangzhen', address: zhen('章'), at: [120.8475, 29.862], radius: [900, 740], turn: 14, spacing: [155, 135], mix: TOWN, stationId: 'st-zhangzhen', historic: [['章镇老街', 'Zhangzhen Old Street']] },
  { id: 'daoxu', zh: '道墟', en: 'Daoxu', address: sd('道墟'), at: [120.7985, 30.039], radius: [650, 520], turn: 6, spacing: [150, 130], mix: TOWN, stationId: 'st-dongguan', historic: [] },
  { id: 'lihai', zh: '沥海', en: 'Lihai', address: zhen('沥海'), at: [120.7485, 30.122], radius: [700, 560], turn: -12, spacing: [170, 140], mix: TOWN, stationId: 'st-kaifa', historic: [] },
  { id: 'gaibei', zh: '盖北', en: 'Gaibei', address: zhen('盖北'), at: [120.9125, 30.151], radius: [520, 420], turn: -8, spacing: [150, 130], mix: RURAL, stationId: 'st-kaifa', historic: [] },
  { id: 'xietang', zh: '谢塘', en: 'Xietang', address: zhen('谢塘'), at: [120.916, 30.114], radius: [520, 420], turn: 5, spacing: [150, 130], mix: RURAL, stationId: 'st-xiaoyue', historic: [] },
  { id: 'yiting', zh: '驿亭', en: 'Yiting', address: zhen('驿亭'), at: [120.9475, 30.037], radius: [480, 420], turn: 8, spacing: [145, 125], mix: RURAL, stationId: 'st-xiaoyue', historic: [] },
  { id: 'lianghu', zh: '梁湖', en: 'Lianghu', address: sd('梁湖'), at: [120.8905, 29.987], radius: [620, 430], turn: -2, spacing: [155, 130], mix: TOWN, stationId: 'st-baiguan', historic: [] },
  { id: 'yonghe', zh: '永和', en: 'Yonghe', address: zhen('永和'), at: [121.0045, 30.0185], radius: [480, 400], turn: 3, spacing: [145, 125], mix: RURAL, stationId: 'st-fenghui', historic: [] },
  { id: 'shangpu', zh: '上浦', en: 'Shangpu', address: zhen('上浦'), at: [120.874, 29.9275], radius: [420, 520], turn: -10, spacing: [145, 125], mix: RURAL, stationId: 'st-zhangzhen', historic: [] },
  { id: 'tangpu', zh: '汤浦', en: 'Tangpu', address: zhen('汤浦'), at: [120.8025, 29.884], radius: [480, 380], turn: 16, spacing: [145, 125], mix: RURAL, stationId: 'st-zhangzhen', historic: [] },
  { id: 'changtang', zh: '长塘', en: 'Changtang', address: zhen('长塘'), at: [120.7965, 29.938], radius: [400, 360], turn: -7, spacing: [140, 125], mix: RURAL, stationId: 'st-dongguan', historic: [] },
  { id: 'dingzhai', zh: '丁宅', en: 'Dingzhai', address: xiang('丁宅'), at: [120.9345, 29.8805], radius: [360, 320], turn: 12, spacing: [135, 120], mix: RURAL, stationId: 'st-fenghui', historic: [] },
  { id: 'xiaguan', zh: '下管', en: 'Xiaguan', address: zhen('下管'), at: [120.972, 29.829], radius: [400, 320], turn: -14, spacing: [135, 120], mix: RURAL, stationId: 'st-fenghui', historic: [] },
  { id: 'chenxi', zh: '陈溪', en: 'Chenxi', address: xiang('陈溪'), at: [121.0115, 29.8675], radius: [300, 280], turn: 9, spacing: [130, 115], mix: RURAL, stationId: 'st-fenghui', historic: [] },
  { id: 'lingnan', zh: '岭南', en: 'Lingnan', address: xiang('岭南'), at: [120.922, 29.789], radius: [300, 280], turn: -5, spacing: [130, 115], mix: RURAL, stationId: 'st-zhangzhen', historic: [] },
];

export interface Highway {
  readonly zh: string;
  readonly en: string;
  readonly class: RoadClass;
  /** km/h */
  readonly speed: number;
  /** Towns by id, or points. */
  readonly via: readonly (string | LonLat)[];
}
export const HIGHWAYS: readonly Highway[] = [
  { zh: '杭甬高速', en: 'Hangzhou–Ningbo Expressway', class: 'motorway', speed: 100, via: [[120.73, 30.0565], [120.776, 30.058], [120.81, 30.0595], [120.845, 30.0575], [120.885, 30.0535], [120.925, 30.057], [120.958, 30.0565], [120.99, 30.054]] },
  { zh: '常台高速', en: 'Changshu–Taizhou Expressway', class: 'motorway', speed: 100, via: [[120.765, 30.29], [120.771, 30.22], [120.789, 30.165], [120.818, 30.1], [120.822, 30.0595], [120.819, 30.012], [120.8245, 29.972], [120.828, 29.925], [120.825, 29.88], [120.833, 29.843], [120.846, 29.81]] },
  { zh: '329国道', en: 'National Highway 329', class: 'trunk', speed: 70, via: [[120.735, 30.02], [120.776, 30.018], 'caoe', 'baiguan', 'yiting', [120.967, 30.026], 'yonghe', [121.032, 30.024], [121.06, 30.025]] },
  { zh: '104国道', en: 'National Highway 104', class: 'trunk', speed: 70, via: ['dongguan', 'caoe'] },
  { zh: '104国道', en: 'National Highway 104', class: 'trunk', speed: 70, via: ['caoe', [120.842, 29.97], [120.838, 29.925], [120.84, 29.89], 'zhangzhen', [120.853, 29.83], [120.854, 29.79]] },
  { zh: '人民路大桥', en: 'Renmin Bridge', class: 'arterial', speed: 50, via: ['caoe', [120.8495, 30.003], [120.8635, 30.0035], 'baiguan'] },
  { zh: '舜耕大桥', en: 'Shungeng Bridge', class: 'arterial', speed: 50, via: ['caoe', [120.8445, 30.026], [120.8605, 30.0285], 'baiguan'] },
  { zh: '百崧公路', en: 'Baisong Road', class: 'trunk', speed: 70, via: ['baiguan', [120.8845, 30.062], 'songxia', [120.8825, 30.1], 'kaifa'] },
  { zh: '滨江大道', en: 'Riverside Avenue', class: 'arterial', speed: 60, via: ['baiguan', [120.8685, 30.05], [120.845, 30.0835], [120.836, 30.108], 'kaifa'] },
  { zh: '世纪大道', en: 'Century Avenue', class: 'trunk', speed: 70, via: ['kaifa', [120.84, 30.134], [120.8, 30.1355], [120.775, 30.1275], 'lihai'] },
  { zh: '盖北路', en: 'Gaibei Road', class: 'arterial', speed: 60, via: ['kaifa', 'gaibei'] },
  { zh: '盖谢线', en: 'Gaixie Road', class: 'collector', speed: 50, via: ['gaibei', [120.921, 30.132], 'xietang'] },
  { zh: '崧谢线', en: 'Songxie Road', class: 'arterial', speed: 60, via: ['songxia', 'xietang'] },
  { zh: '谢小线', en: 'Xiexiao Road', class: 'arterial', speed: 60, via: ['xietang', [120.936, 30.096], 'xiaoyue'] },
  { zh: '崧小线', en: 'Songxiao Road', class: 'arterial', speed: 60, via: ['songxia', [120.917, 30.079], 'xiaoyue'] },
  { zh: '小驿线', en: 'Xiaoyi Road', class: 'arterial', speed: 60, via: ['xiaoyue', 'yiting'] },
  { zh: '百小线', en: 'Baixiao Road', class: 'arterial', speed: 60, via: ['baiguan', [120.915, 30.048], 'xiaoyue'] },
  { zh: '道东线', en: 'Daodong Road', class: 'arterial', speed: 60, via: ['daoxu', 'dongguan'] },
  { zh: '道曹线', en: "Daocao Road", class: 'arterial', speed: 60, via: ['daoxu', 'caoe'] },
  { zh: '江西线', en: 'West Bank Road', class: 'collector', speed: 50, via: ['daoxu', [120.794, 30.075], [120.772, 30.102], 'lihai'] },
  { zh: '百梁路', en: 'Bailiang Road', class: 'arterial', speed: 60, via: ['baiguan', 'lianghu'] },
  { zh: '梁丰公路', en: 'Liangfeng Road', class: 'trunk', speed: 70, via: ['lianghu', [120.916, 29.966], [120.938, 29.951], 'fenghui'] },
  { zh: '丰永线', en: 'Fengyong Road', class: 'arterial', speed: 60, via: ['fenghui', [120.993, 29.972], 'yonghe'] },
  { zh: '梁浦线', en: 'Liangpu Road', class: 'arterial', speed: 60, via: ['lianghu', [120.8815, 29.96], 'shangpu'] },
  { zh: '上章线', en: 'Shangzhang Road', class: 'arterial', speed: 60, via: ['shangpu', [120.8745, 29.896], [120.8755, 29.873], [120.862, 29.8585], 'zhangzhen'] },
  { zh: '章汤线', en: 'Zhangtang Road', class: 'collector', speed: 50, via: ['zhangzhen', 'tangpu'] },
  { zh: '长汤线', en: 'Changtang Road', class: 'collector', speed: 50, via: ['changtang', [120.805, 29.91], 'tangpu'] },
  { zh: '东长线', en: 'Dongchang Road', class: 'collector', speed: 50, via: ['dongguan', [120.793, 29.962], 'changtang'] },
  { zh: '章丁线', en: 'Zhangding Road', class: 'collector', speed: 50, via: [[120.8755, 29.873], [120.903, 29.872], 'dingzhai'] },
  { zh: '丰丁线', en: 'Fengding Road', class: 'collector', speed: 50, via: ['fenghui', [120.953, 29.907], 'dingzhai'] },
  { zh: '丁下线', en: 'Dingxia Road', class: 'collector', speed: 50, via: ['dingzhai', [120.951, 29.856], 'xiaguan'] },
  { zh: '下陈线', en: 'Xiachen Road', class: 'collector', speed: 40, via: ['xiaguan', [120.994, 29.846], 'chenxi'] },
  { zh: '章岭线', en: 'Zhangling Road', class: 'collector', speed: 40, via: ['zhangzhen', [120.864, 29.84], [120.888, 29.815], 'lingnan'] },
  { zh: '岭下线', en: 'Lingxia Road', class: 'collector', speed: 40, via: ['lingnan', [120.947, 29.803], 'xiaguan'] },
  { zh: '丰陈线', en: 'Fengchen Road', class: 'collector', speed: 40, via: ['fenghui', [121.001, 29.905], 'chenxi'] },
];
