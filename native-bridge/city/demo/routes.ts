/**
 * The roads between the towns of the demonstration site: names are real or sound so, courses are invented.
 */
import { ROAD_CLASSES, type LonLat, type RoadClass } from '../../contract/site-files.ts';

export interface Highway {
  readonly zh: string;
  readonly en: string;
  readonly class: RoadClass;
  /** km/h */
  readonly speed: number;
  /** Towns by id, or points. */
  readonly via: readonly (string | LonLat)[];
}

/** Name | English name | class | km/h | towns and points in order. */
const TABLE = `
  杭甬高速|Hangzhou–Ningbo Expressway|motorway|100|120.73,30.0565 120.776,30.058 120.81,30.0595 120.845,30.0575 120.885,30.0535 120.925,30.057 120.958,30.0565 120.99,30.054
  常台高速|Changshu–Taizhou Expressway|motorway|100|120.765,30.29 120.771,30.22 120.789,30.165 120.818,30.1 120.822,30.0595 120.819,30.012 120.8245,29.972 120.828,29.925 120.825,29.88 120.833,29.843 120.846,29.81
  329国道|National Highway 329|trunk|70|120.735,30.02 120.776,30.018 caoe baiguan yiting 120.967,30.026 yonghe 121.032,30.024 121.06,30.025
  104国道|National Highway 104|trunk|70|dongguan caoe
  104国道|National Highway 104|trunk|70|caoe 120.842,29.97 120.838,29.925 120.84,29.89 zhangzhen 120.853,29.83 120.854,29.79
  人民路大桥|Renmin Bridge|arterial|50|caoe 120.8495,30.003 120.8635,30.0035 baiguan
  舜耕大桥|Shungeng Bridge|arterial|50|caoe 120.8445,30.026 120.8605,30.0285 baiguan
  百崧公路|Baisong Road|trunk|70|baiguan 120.8845,30.062 songxia 120.8825,30.1 kaifa
  滨江大道|Riverside Avenue|arterial|60|baiguan 120.8685,30.05 120.845,30.0835 120.836,30.108 kaifa
  世纪大道|Century Avenue|trunk|70|kaifa 120.84,30.134 120.8,30.1355 120.775,30.1275 lihai
  盖北路|Gaibei Road|arterial|60|kaifa gaibei
  盖谢线|Gaixie Road|collector|50|gaibei 120.921,30.132 xietang
  崧谢线|Songxie Road|arterial|60|songxia xietang
  谢小线|Xiexiao Road|arterial|60|xietang 120.936,30.096 xiaoyue
  崧小线|Songxiao Road|arterial|60|songxia 120.917,30.079 xiaoyue
  小驿线|Xiaoyi Road|arterial|60|xiaoyue yiting
  百小线|Baixiao Road|arterial|60|baiguan 120.915,30.048 xiaoyue
  道东线|Daodong Road|arterial|60|daoxu dongguan
  道曹线|Daocao Road|arterial|60|daoxu caoe
  江西线|West Bank Road|collector|50|daoxu 120.794,30.075 120.772,30.102 lihai
  百梁路|Bailiang Road|arterial|60|baiguan lianghu
  梁丰公路|Liangfeng Road|trunk|70|lianghu 120.916,29.966 120.938,29.951 fenghui
  丰永线|Fengyong Road|arterial|60|fenghui 120.993,29.972 yonghe
  梁浦线|Liangpu Road|arterial|60|lianghu 120.8815,29.96 shangpu
  上章线|Shangzhang Road|arterial|60|shangpu 120.8745,29.896 120.8755,29.873 120.862,29.8585 zhangzhen
  章汤线|Zhangtang Road|collector|50|zhangzhen tangpu
  长汤线|Changtang Road|collector|50|changtang 120.805,29.91 tangpu
  东长线|Dongchang Road|collector|50|dongguan 120.793,29.962 changtang
  章丁线|Zhangding Road|collector|50|120.8755,29.873 120.903,29.872 dingzhai
  丰丁线|Fengding Road|collector|50|fenghui 120.953,29.907 dingzhai
  丁下线|Dingxia Road|collector|50|dingzhai 120.951,29.856 xiaguan
  下陈线|Xiachen Road|collector|40|xiaguan 120.994,29.846 chenxi
  章岭线|Zhangling Road|collector|40|zhangzhen 120.864,29.84 120.888,29.815 lingnan
  岭下线|Lingxia Road|collector|40|lingnan 120.947,29.803 xiaguan
  丰陈线|Fengchen Road|collector|40|fenghui 121.001,29.905 chenxi
`;

export const HIGHWAYS: readonly Highway[] = TABLE.trim()
  .split('\n')
  .map((line): Highway => {
    const [zh = '', en = '', name = '', speed, via = ''] = line.trim().split('|');
    const cls = ROAD_CLASSES.find((c) => c === name);
    if (cls === undefined) throw new Error(`routes: ${zh} has no class "${name}"`);
    return { zh, en, class: cls, speed: Number(speed), via: via.split(' ').map(place) };
  });

function place(text: string): string | LonLat {
  if (!text.includes(',')) return text;
  const [lon = NaN, lat = NaN] = text.split(',').map(Number);
  return [lon, lat];
}
