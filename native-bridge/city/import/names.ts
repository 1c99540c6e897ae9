/**
 * What things are called, in both languages of the console, from whatever a file offers.
 * Guarantees: a name is complete or absent; a missing language repeats the other, nothing is translated.
 */
import type { Name } from '../../contract/site.ts';
import type { Take } from './plan.ts';
import { textOf, type Props } from './shapes.ts';

const NAME = ['name', 'NAME', 'Name', 'name:zh', 'name_zh', '名称', 'MC'];
const NAME_EN = ['name:en', 'name_en', 'NAME_EN', 'nameEn'];

export function nameOf(props: Props, take: Take): Name | undefined {
  const zh = textOf(props, take.name ?? NAME);
  const en = textOf(props, take.nameEn ?? NAME_EN);
  const [first, second] = [zh ?? en, en ?? zh];
  return first === undefined || second === undefined ? undefined : { zh: first, en: second };
}

const IDS = ['id', '@id', 'ID', 'osm_id', 'fid', 'FID', 'OBJECTID', 'gid', 'BSM'];
export type NextId = (own: string | undefined, props: Props, take: Take) => { id: string; renamed: boolean };

/** Ids as they come; a second one that is the same gets a number, so that none is lost. */
export function ids(prefix: string): NextId {
  const taken = new Set<string>();
  let count = 0;
  return (own, props, take) => {
    count++;
    const wanted = textOf(props, take.id ?? []) ?? own ?? textOf(props, IDS) ?? `${prefix}${count}`;
    let id = wanted;
    for (let n = 2; taken.has(id); n++) id = `${wanted}.${n}`;
    taken.add(id);
    return { id, renamed: id !== wanted };
  };
}
