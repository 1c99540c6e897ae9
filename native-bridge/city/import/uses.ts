/**
 * What buildings are for: from the words of OSM and of Chinese registers to the console's.
 * Owns: that dictionary, and how many floors are assumed where nobody says.
 */
import type { BuildingUse } from '../../contract/site-files.ts';

/** Words of the `building` key (OSM wiki, "Key:building") and usual Chinese register terms. */
const WORDS: readonly (readonly [BuildingUse, string])[] = [
  [
    'residential',
    'residential apartments dormitory terrace semidetached_house bungalow static_caravan 住宅 居住 住宅楼 公寓 宿舍 小区',
  ],
  ['high-rise', '高层 高层住宅 high_rise highrise tower'],
  ['village', 'house detached farm cabin hut farm_auxiliary allotment_house 农房 民房 自建房 农村住宅 村庄'],
  ['historic', 'historic temple shrine pagoda 历史建筑 文物 古建筑 寺庙 传统民居'],
  ['commercial', 'commercial retail supermarket shop kiosk mall hotel restaurant 商业 商场 商铺 宾馆 酒店 市场 餐饮'],
  ['office', 'office government 办公 写字楼 行政 政府 机关'],
  [
    'public',
    'public civic church mosque cathedral chapel museum library sports_hall stadium pavilion community_centre toilets 公共 文化 体育 公建 展览 宗教',
  ],
  ['school', 'school university college kindergarten 学校 教育 幼儿园 大学 中学 小学'],
  ['hospital', 'hospital clinic 医院 医疗 卫生院 卫生'],
  ['factory', 'industrial factory manufacture works 工业 厂房 工厂 车间'],
  ['warehouse', 'warehouse storage_tank silo hangar barn shed garage garages carport 仓库 仓储 物流'],
  ['station', 'train_station transportation station fire_station bus_station 车站 交通 客运站 火车站 消防站'],
];
const USE_OF: ReadonlyMap<string, BuildingUse> = new Map(
  WORDS.flatMap(([use, words]) => [use, ...words.split(' ')].map((word) => [word, use] as const)),
);

export const useOf = (word: string, own: Readonly<Record<string, string>>): string | undefined =>
  own[word] ?? USE_OF.get(word.toLowerCase());

/** Plain assumptions, each counted in the report; a district that knows better writes `defaults.floors`. */
export const FLOORS: Readonly<Record<BuildingUse, number>> = {
  ...{ residential: 6, 'high-rise': 18, village: 2, historic: 2, commercial: 3, office: 5 },
  ...{ public: 3, school: 4, hospital: 5, factory: 1, warehouse: 1, station: 2 },
};

/** GB 50016-2014 (2018), 5.1.1: dwellings higher than this are high-rises of the first class; metres. */
export const HIGH_RISE = 54;
