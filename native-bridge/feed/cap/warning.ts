/**
 * What a CAP 1.2 alert means on the wall: warnings, and the end of those it replaces.
 *
 * Owns: identity, colour, area and times of a warning. Guarantees: an update or a cancellation ends what its references
 *   name, also after a restart, since nothing is remembered here. Refuses: exercises, tests and drafts (they are no
 *   warnings), and alerts that lack what every alert has; says which.
 */
import { createHash } from 'node:crypto';
import { WARNING_COLOURS, type WarningColour } from '../../contract/wire.ts';
import type { Element } from './alert.ts';
import { areaOf } from './area.ts';

/** When an alert does not say until when it holds. */
const HOLDS_MS = 24 * 3600_000;
const MOST_REFERENCES = 50;
/**
 * 预警信息唯一标识 of China's early warning system, 31 characters: region (GB/T 2260) 6, agency 3, office 3, extension 2,
 * time of entry in Beijing time 14, serial number of that second 1.
 */
const CHINESE_ID = /^(\d{6})([0-9A-Z]{3})([0-9A-Z]{3})([0-9A-Z]{2})_(\d{14})_(\d)$/;

export interface WarningMap {
  id: string;
  ts: number;
  type: string;
  colour: WarningColour;
  title: string;
  text: string;
  area: { type: string; [member: string]: unknown };
  expires: number;
  [more: string]: unknown;
}
export type Meaning = { ok: true; events: WarningMap[] } | { ok: false; path: string; detail: string };

const first = (element: Element, ...names: string[]): string => {
  for (const name of names) {
    const text = element.children.get(name)?.[0]?.text;
    if (text !== undefined && text !== '') return text;
  }
  return '';
};
const TIME = /^(\d{4})-?(\d\d)-?(\d\d)[T ]?(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?$/;
/** ms, or null. Without a zone it is Beijing's, as China's early warning system writes it. */
export function timeOf(text: string): number | null {
  const found = TIME.exec(text.trim());
  if (!found) return null;
  const [, year, month, day, hour, minute, second, zone = '+08:00'] = found;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const ms = Date.parse(
    `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}${offset}`,
  );
  return Number.isFinite(ms) ? ms : null;
}

/** Who issued it, by the identifier; null when it is none of China's. */
export function issuerOf(identifier: string): { region: string; agency: string; entered: number } | null {
  const found = CHINESE_ID.exec(identifier);
  const entered = found ? timeOf(found[5] ?? '') : null;
  return found && entered !== null ? { region: found[1] ?? '', agency: found[2] ?? '', entered } : null;
}
/** CAP makes an identifier unique for its sender, China's is unique as it stands. */
function idOf(sender: string, identifier: string): string {
  const id = issuerOf(identifier) ? identifier : `${identifier}@${sender}`;
  return id.length <= 128 ? id : createHash('sha256').update(id).digest('hex');
}

const SEVERITIES: Readonly<Record<string, WarningColour>> = {
  ...{ extreme: 'red', severe: 'orange', moderate: 'yellow', minor: 'blue', unknown: 'blue' },
  ...{ red: 'red', orange: 'orange', yellow: 'yellow', blue: 'blue' },
};
const WORDS: readonly [RegExp, WarningColour][] = [
  [/红色/, 'red'],
  [/橙色/, 'orange'],
  [/黄色/, 'yellow'],
  [/蓝色/, 'blue'],
];
/** The level as it is written (红色, Red), else CAP's severity. */
function colourOf(info: Element): WarningColour | null {
  const severity = first(info, 'severity').toLowerCase();
  if ((WARNING_COLOURS as readonly string[]).includes(severity)) return SEVERITIES[severity] ?? null;
  const headline = first(info, 'headline');
  for (const [word, colour] of WORDS) if (word.test(headline)) return colour;
  return SEVERITIES[severity] ?? null;
}
const worst = (colours: readonly WarningColour[]): WarningColour =>
  [...WARNING_COLOURS].reverse().find((colour) => colours.includes(colour)) ?? 'blue';

/** The words of one language: Chinese where there are several. */
function infosOf(alert: Element): readonly Element[] {
  const infos = alert.children.get('info') ?? [];
  const chinese = infos.filter((info) => first(info, 'language').toLowerCase().startsWith('zh'));
  if (chinese.length > 0) return chinese;
  const [one] = infos;
  return one ? infos.filter((info) => first(info, 'language') === first(one, 'language')) : [];
}

/** `sender,identifier,sent`, several apart by blanks. */
function referencesOf(alert: Element): string[] {
  const words = first(alert, 'references').split(/\s+/);
  const ids = words.flatMap((word) => {
    const [sender, ...rest] = word.split(',');
    const identifier = rest.slice(0, Math.max(1, rest.length - 1)).join(',');
    return sender && identifier ? [idOf(sender, identifier)] : [];
  });
  return ids.slice(0, MOST_REFERENCES);
}

/** `heard`: ms; what is ended ends then at the latest. */
export function meaningOf(alert: Element, heard: number): Meaning {
  const wrong = (path: string, detail: string): Meaning => ({ ok: false, path: `/alert/${path}`, detail });
  const identifier = first(alert, 'identifier');
  const sender = first(alert, 'sender');
  if (identifier === '') return wrong('identifier', 'is missing');
  if (sender === '') return wrong('sender', 'is missing');
  const sent = timeOf(first(alert, 'sent', 'sendTime'));
  if (sent === null) return wrong('sent', 'is no time');
  const status = first(alert, 'status');
  if (status !== 'Actual') return wrong('status', `${status.slice(0, 40) || 'missing'}: not an actual warning`);
  const kind = first(alert, 'msgType');
  if (kind !== 'Alert' && kind !== 'Update' && kind !== 'Cancel')
    return wrong('msgType', `${kind.slice(0, 40) || 'missing'}: neither Alert, Update nor Cancel`);

  const infos = infosOf(alert);
  const [info] = infos;
  const replaced = referencesOf(alert);
  if (kind !== 'Alert' && replaced.length === 0) return wrong('references', 'names nothing to replace');
  const title = info ? first(info, 'headline', 'event', 'eventType') : '';
  const type = (info ? first(info, 'event', 'eventType') : '').slice(0, 128) || kind;
  const ends = replaced.map((id): WarningMap => ({
    ...{ id, ts: sent, type, colour: 'blue', title: title.slice(0, 500), text: '' },
    ...{
      area: { type: 'Feature', geometry: null, properties: {} },
      expires: Math.min(sent, heard),
      by: idOf(sender, identifier),
    },
  }));
  if (kind === 'Cancel') return { ok: true, events: ends };

  if (!info) return wrong('info', 'is missing');
  if (title === '') return wrong('info/event', 'is missing');
  const colours = infos.map(colourOf).filter((colour) => colour !== null);
  if (colours.length === 0) return wrong('info/severity', 'is none of CAP, and no colour is named');
  const area = areaOf(infos.flatMap((one) => one.children.get('area') ?? []));
  if (!area.ok) return wrong(`info/area/${area.path}`, area.detail);
  const said = first(info, 'expires');
  const expires = said === '' ? sent + HOLDS_MS : timeOf(said);
  if (expires === null) return wrong('info/expires', 'is no time');
  const text = [first(info, 'description'), first(info, 'instruction')].filter((part) => part !== '').join('\n');
  const issuer = issuerOf(identifier);
  const event: WarningMap = {
    ...{ id: idOf(sender, identifier), ts: sent, type, colour: worst(colours), title: title.slice(0, 500) },
    ...{ text: text.slice(0, 8000), area: area.area, expires, sender, identifier },
    ...(issuer ? { issuer } : {}),
  };
  return { ok: true, events: [...ends, event] };
}
