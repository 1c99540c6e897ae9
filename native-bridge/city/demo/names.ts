/**
 * Invented names that sound right: streets, estates, villages, firms, people.
 * Guarantees: every name has both languages. Persons and telephone numbers belong to nobody:
 * all numbers lie in 0575-0000 xxxx, which is not assigned.
 */
import type { Name } from '../../contract/site.ts';
import type { Random } from './random.ts';

/** Stems of street and estate names, with their spelling. */
const STEMS =
  '舜江 Shunjiang,舜耕 Shungeng,凤鸣 Fengming,凤山 Fengshan,龙山 Longshan,称海 Chenghai,江扬 Jiangyang,德盛 Desheng,' +
  '王充 Wangchong,娥江 Ejiang,百沥 Baili,青春 Qingchun,新建 Xinjian,人民 Renmin,解放 Jiefang,建设 Jianshe,文化 Wenhua,' +
  '体育 Tiyu,康宁 Kangning,安泰 Antai,永丰 Yongfeng,永宁 Yongning,长安 Changan,平安 Pingan,兴业 Xingye,振兴 Zhenxing,' +
  '迎宾 Yingbin,东山 Dongshan,南湖 Nanhu,西园 Xiyuan,北苑 Beiyuan,春和 Chunhe,秋月 Qiuyue,晨曦 Chenxi,明德 Mingde,' +
  '崇文 Chongwen,尚德 Shangde,立信 Lixin,和平 Heping,团结 Tuanjie,光明 Guangming,朝阳 Chaoyang,金桥 Jinqiao,银河 Yinhe,' +
  '梅园 Meiyuan,兰亭 Lanting,竹韵 Zhuyun,菊香 Juxiang,桂花 Guihua,香樟 Xiangzhang,梧桐 Wutong,紫薇 Ziwei,玉兰 Yulan,' +
  '海棠 Haitang,荷塘 Hetang,柳岸 Liuan,枫桥 Fengqiao,杏林 Xinglin,桃源 Taoyuan,松柏 Songbai,锦绣 Jinxiu,锦江 Jinjiang,' +
  '碧水 Bishui,清河 Qinghe,白云 Baiyun,青山 Qingshan,绿野 Luye,蓝天 Lantian,滨河 Binhe,临江 Linjiang,望江 Wangjiang,' +
  '观澜 Guanlan,听涛 Tingtao,映月 Yingyue,揽星 Lanxing,瑞祥 Ruixiang,吉庆 Jiqing,福泽 Fuze,禄源 Luyuan,寿康 Shoukang,' +
  '同心 Tongxin,齐贤 Qixian,孝闻 Xiaowen,思源 Siyuan,怀德 Huaide,仁和 Renhe,义乌桥 Yiwuqiao,礼让 Lirang,智创 Zhichuang,' +
  '信达 Xinda,科创 Kechuang,纬一 Wei 1st,纬三 Wei 3rd,经二 Jing 2nd,经五 Jing 5th,通江 Tongjiang,通海 Tonghai,聚贤 Juxian,' +
  '聚英 Juying,腾飞 Tengfei,跃进 Yuejin,前进 Qianjin,胜利 Shengli,丰收 Fengshou,沃野 Woye,稻香 Daoxiang,蔡林 Cailin,' +
  '章家 Zhangjia,谢安 Xiean,曹盱 Caoxu,虞舜 Yushun,禹贡 Yugong,越瓷 Yueci,青瓷 Qingci,窑前 Yaoqian,凤凰 Fenghuang,' +
  '五星 Wuxing,大通 Datong,小坝 Xiaoba,横塘 Hengtang,后郭 Houguo,前江 Qianjiang,雀嘴 Quezui,联塘 Liantang,海塘 Haitang';
export const stems: readonly Name[] = STEMS.split(',').map((pair) => {
  const cut = pair.indexOf(' ');
  return { zh: pair.slice(0, cut), en: pair.slice(cut + 1) };
});

type Suffix = readonly [zh: string, en: string];
const MAIN: readonly Suffix[] = [
  ['大道', 'Avenue'],
  ['路', 'Road'],
];
const SIDE: readonly Suffix[] = [
  ['路', 'Road'],
  ['街', 'Street'],
  ['弄', 'Lane'],
];
const ESTATE: readonly Suffix[] = [
  ['花苑', 'Garden'],
  ['新村', 'New Village'],
  ['公寓', 'Apartments'],
  ['家园', 'Homes'],
  ['小区', 'Estate'],
  ['名邸', 'Residence'],
  ['华府', 'Mansion'],
  ['雅苑', 'Court'],
  ['里', 'Close'],
  ['嘉园', 'Park'],
];
const VILLAGE = [
  '庙前',
  '桥头',
  '湖塘',
  '洪山',
  '上岙',
  '下湾',
  '前庄',
  '后陈',
  '徐家',
  '王家',
  '任家',
  '吕家',
  '沈湾',
  '章岙',
  '何家溇',
  '祝家庄',
  '潘韩',
  '金鸡',
  '贺家埠',
  '新宅',
  '朱巷',
  '杜浦',
  '渔家渡',
  '联江',
  '严村',
  '江桥',
  '赵巷',
  '西湖',
  '新力',
  '南穴',
];
const VILLAGE_EN = [
  'Miaoqian',
  'Qiaotou',
  'Hutang',
  'Hongshan',
  'Shangao',
  'Xiawan',
  'Qianzhuang',
  'Houchen',
  'Xujia',
  'Wangjia',
  'Renjia',
  'Lyujia',
  'Shenwan',
  'Zhangao',
  'Hejialou',
  'Zhujiazhuang',
  'Panhan',
  'Jinji',
  'Hejiabu',
  'Xinzhai',
  'Zhuxiang',
  'Dupu',
  'Yujiadu',
  'Lianjiang',
  'Yancun',
  'Jiangqiao',
  'Zhaoxiang',
  'Xihu',
  'Xinli',
  'Nanxue',
];
const TRADE: readonly Suffix[] = [
  ['化工', 'Chemicals'],
  ['新材料', 'Materials'],
  ['机械', 'Machinery'],
  ['伞业', 'Umbrellas'],
  ['灯具', 'Lighting'],
  ['铜管', 'Copper Tubes'],
  ['风机', 'Fans'],
  ['纺织', 'Textiles'],
  ['医药', 'Pharma'],
  ['包装', 'Packaging'],
];
const FAMILY = '陈王张沈徐李金章赵周吴潘何谢杜任夏严丁俞'.split('');
const GIVEN = [
  '建国',
  '伟',
  '芳',
  '小琴',
  '国良',
  '永祥',
  '雅萍',
  '志强',
  '丽娜',
  '海峰',
  '春燕',
  '立明',
  '文斌',
  '佳怡',
  '水根',
  '桂英',
  '晓东',
  '银凤',
  '宏伟',
  '美娟',
];

/** Street names of one town; none comes twice before all stems are used. */
export function streetNames(random: Random): { main(): Name; side(): Name } {
  const order = random.shuffled(stems);
  let at = 0;
  const name = (suffixes: readonly Suffix[]): Name => {
    const stem = order[at % order.length] ?? { zh: '新', en: 'Xin' };
    const round = Math.floor(at / order.length);
    at++;
    const [zh, en] = random.pick(suffixes);
    const tail = round === 0 ? '' : (['东', '西', '南', '北'][(round - 1) % 4] ?? '');
    const tailEn = round === 0 ? '' : ` ${['East', 'West', 'South', 'North'][(round - 1) % 4] ?? ''}`;
    return { zh: `${stem.zh}${tail}${zh}`, en: `${stem.en}${tailEn} ${en}` };
  };
  return { main: () => name(MAIN), side: () => name(SIDE) };
}

/** A maker of names that never repeats: a number is added when the words run out. */
function unique(make: () => Name): () => Name {
  const seen = new Set<string>();
  return () => {
    for (let tries = 0; tries < 12; tries++) {
      const name = make();
      if (!seen.has(name.zh)) {
        seen.add(name.zh);
        return name;
      }
    }
    const name = make();
    for (let n = 2; ; n++) {
      const zh = `${name.zh}${'一二三四五六七八九十'[n - 1] ?? String(n)}${n > 10 ? '号' : ''}期`;
      if (!seen.has(zh)) {
        seen.add(zh);
        return { zh, en: `${name.en} Phase ${n}` };
      }
    }
  };
}

export function estateNames(random: Random): () => Name {
  return unique(() => {
    const stem = random.pick(stems);
    const [zh, en] = random.pick(ESTATE);
    return { zh: `${stem.zh}${zh}`, en: `${stem.en} ${en}` };
  });
}

export function firmNames(random: Random): () => Name {
  return unique(() => {
    const stem = random.pick(stems);
    const [zh, en] = random.pick(TRADE);
    return { zh: `${stem.zh}${zh}`, en: `${stem.en} ${en}` };
  });
}

export function villageNames(): () => Name {
  let at = 0;
  const parts: readonly Suffix[] = [
    ['', ''],
    ['东', 'East '],
    ['西', 'West '],
    ['上', 'Upper '],
    ['下', 'Lower '],
    ['新', 'New '],
    ['大', 'Great '],
  ];
  return () => {
    const i = at % VILLAGE.length;
    const [zh, en] = parts[Math.floor(at / VILLAGE.length) % parts.length] ?? ['', ''];
    at++;
    return { zh: `${zh}${VILLAGE[i] ?? ''}村`, en: `${en}${VILLAGE_EN[i] ?? ''} Village` };
  };
}

export const personName = (random: Random): string => `${random.pick(FAMILY)}${random.pick(GIVEN)}`;
export const phone = (random: Random): string => `0575-0000 ${String(random.int(0, 9999)).padStart(4, '0')}`;
