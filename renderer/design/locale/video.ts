/**
 * The words of the video tiles, in every language.
 *
 * Owns: what a tile says of itself. Guarantees: D6, by its type. Refuses: names of cameras, which the platform gives.
 */
import type { Locale } from './words.ts';

export interface VideoWords {
  readonly title: string;
  readonly state: Readonly<
    Record<'waiting' | 'live' | 'sampled' | 'parked' | 'frozen' | 'lost' | 'undecodable', string>
  >;
  /** Why the picture stands still or is not there. */
  readonly reason: Readonly<
    Record<'gap' | 'damaged' | 'behind' | 'silent' | 'no-key' | 'unsupported' | 'failed' | 'no-webcodecs', string>
  >;
  readonly why: Readonly<
    Record<
      'pinned' | 'alarm' | 'clip' | 'near' | 'building' | 'e-bike' | 'detection' | 'worst-alarm' | 'patrol' | 'lookout',
      string
    >
  >;
  readonly fps: (n: string) => string;
  readonly lastPicture: string;
  readonly skew: (span: string) => string;
  /** Nothing vouches for the bytes of the pictures. */
  readonly unvouched: string;
  readonly noCamera: string;
  readonly enlarge: string;
  readonly reduce: string;
  readonly unknownPlace: string;
  /** Kinds of cameras, as a patrol names its stops. */
  readonly kind: Readonly<Record<string, string>>;
  readonly tour: (kind: string, part: number, parts: number) => string;
  readonly tourNext: (span: string) => string;
  readonly tourWaits: string;
  /** A clip: the picture is of then, not of now. */
  /** Before the time of a recording. */
  readonly past: string;
  readonly clipTrouble: Readonly<Record<'disk-full' | 'disk-error', string>>;
  /** Why this camera: by where it is, or by metres and whether it looks there. */
  readonly because: Readonly<
    Record<'own' | 'cab' | 'floor' | 'house', string> & Record<'view' | 'turn' | 'hidden', (metres: string) => string>
  >;
  /** How often people said that the detector was wrong, of how often they said anything. */
  readonly falseRate: (label: string, wrong: string, all: string) => string;
  /** How much is taken of the camera, where it is not everything. */
  readonly take: Readonly<Record<'sub' | 'second' | 'still' | 'hold', string>>;
  /** What the screen's budget is, and how it is shared out: Mbit/s, then tiles by step. */
  readonly budget: (budget: string, used: string) => string;
  readonly shared: Readonly<Record<'full' | 'sub' | 'second' | 'still' | 'hold', (n: string) => string>>;
  /** What the picture itself says of the camera. */
  readonly blind: Readonly<Record<'silent' | 'frozen' | 'black' | 'covered' | 'blurred', string>>;
}

export const videoWords: Readonly<Record<Locale, VideoWords>> = {
  zh: {
    title: '视频',
    state: {
      waiting: '等待画面',
      live: '实时',
      sampled: '定时画面',
      parked: '未取流',
      frozen: '画面停留',
      lost: '信号中断',
      undecodable: '无法解码',
    },
    reason: {
      gap: '丢帧，等待关键帧',
      damaged: '画面受损，等待关键帧',
      behind: '解码跟不上，等待关键帧',
      silent: '没有新画面',
      'no-key': '等待关键帧',
      unsupported: '本机不支持该编码',
      failed: '解码器多次失败',
      'no-webcodecs': '本窗口没有视频解码器',
    },
    why: {
      pinned: '手动放大',
      alarm: '所选报警',
      clip: '报警录像',
      near: '可见现场',
      building: '所选楼宇',
      'e-bike': '电动车',
      detection: '最近识别',
      'worst-alarm': '最急报警',
      patrol: '视频巡查',
      lookout: '高空瞭望',
    },
    fps: (n) => `${n} 帧/秒`,
    lastPicture: '最后画面',
    skew: (span) => `相机时钟偏差 ${span}`,
    unvouched: '无校验',
    noCamera: '暂无需要查看的摄像机',
    enlarge: '放大',
    reduce: '还原',
    unknownPlace: '位置未登记',
    kind: { lookout: '高空瞭望', fire: '消防视频', 'control-room': '消控室', elevator: '电梯轿厢' },
    tour: (kind, part, parts) => `视频巡查 · ${kind} ${part}/${parts}`,
    tourNext: (span) => `${span}后下一组`,
    tourWaits: '有新情况，巡查暂停',
    past: '录像',
    clipTrouble: { 'disk-full': '磁盘已满，录像不完整', 'disk-error': '磁盘出错，录像不完整' },
    because: {
      own: '报警摄像机',
      cab: '轿厢内',
      floor: '同楼层',
      house: '同一楼宇',
      view: (metres) => `相距 ${metres} 米，正对`,
      turn: (metres) => `相距 ${metres} 米，需转向`,
      hidden: (metres) => `相距 ${metres} 米，视线被遮挡`,
    },
    falseRate: (label, wrong, all) => `${label}误报 ${wrong}/${all}`,
    take: { sub: '子码流', second: '每秒一帧', still: '每 10 秒一帧', hold: '定格' },
    budget: (budget, used) => `视频带宽上限 ${budget} Mbit/s · 约用 ${used}`,
    shared: {
      full: (n) => `全速 ${n}`,
      sub: (n) => `子码流 ${n}`,
      second: (n) => `每秒一帧 ${n}`,
      still: (n) => `每 10 秒一帧 ${n}`,
      hold: (n) => `定格 ${n}`,
    },
    blind: {
      silent: '摄像机无信号',
      frozen: '画面冻结',
      black: '画面全黑',
      covered: '镜头疑被遮挡',
      blurred: '画面模糊',
    },
  },
  en: {
    title: 'Video',
    state: {
      waiting: 'Waiting for picture',
      live: 'Live',
      sampled: 'Now and then',
      parked: 'Not taken',
      frozen: 'Picture held',
      lost: 'Signal lost',
      undecodable: 'Cannot be decoded',
    },
    reason: {
      gap: 'frames missing, waiting for a key frame',
      damaged: 'picture damaged, waiting for a key frame',
      behind: 'decoder fell behind, waiting for a key frame',
      silent: 'no new picture',
      'no-key': 'waiting for a key frame',
      unsupported: 'this machine cannot decode the format',
      failed: 'the decoder failed again and again',
      'no-webcodecs': 'this window has no video decoder',
    },
    why: {
      pinned: 'enlarged by hand',
      alarm: 'chosen alarm',
      clip: 'recording of the alarm',
      near: 'can see the scene',
      building: 'chosen building',
      'e-bike': 'e-bike',
      detection: 'just detected',
      'worst-alarm': 'urgent alarm',
      patrol: 'patrol',
      lookout: 'lookout',
    },
    fps: (n) => `${n} fps`,
    lastPicture: 'last picture',
    skew: (span) => `camera clock off by ${span}`,
    unvouched: 'no check value',
    noCamera: 'No camera needs to be seen',
    enlarge: 'Enlarge',
    reduce: 'Restore',
    unknownPlace: 'place not registered',
    kind: { lookout: 'lookouts', fire: 'fire video', 'control-room': 'control rooms', elevator: 'elevator cabs' },
    tour: (kind, part, parts) => `Patrol · ${kind} ${part}/${parts}`,
    tourNext: (span) => `next in ${span}`,
    tourWaits: 'waiting: something happened',
    past: 'recorded',
    clipTrouble: { 'disk-full': 'disk full, recording incomplete', 'disk-error': 'disk error, recording incomplete' },
    because: {
      own: 'raised the alarm',
      cab: 'in the cab',
      floor: 'on the floor',
      house: 'in the building',
      view: (metres) => `${metres} m away, looks there`,
      turn: (metres) => `${metres} m away, must turn`,
      hidden: (metres) => `${metres} m away, view blocked`,
    },
    falseRate: (label, wrong, all) => `${label}: ${wrong} of ${all} false`,
    take: { sub: 'sub-stream', second: 'one picture a second', still: 'one picture in 10 s', hold: 'held' },
    budget: (budget, used) => `Video budget ${budget} Mbit/s · about ${used} used`,
    shared: {
      full: (n) => `${n} in full`,
      sub: (n) => `${n} sub-stream`,
      second: (n) => `${n} each second`,
      still: (n) => `${n} each 10 s`,
      hold: (n) => `${n} held`,
    },
    blind: {
      silent: 'camera sends nothing',
      frozen: 'picture frozen',
      black: 'picture black',
      covered: 'lens seems covered',
      blurred: 'picture out of focus',
    },
  },
};
