/**
 * A CAP 1.2 alert out of its XML.
 *
 * Owns: reading the file's bytes (UTF-8, or GB18030 and its kin when the file says so) and the elements that matter.
 * Guarantees: bounded in size, depth and count; never throws. Refuses: document types, and with them external entities
 *   and entities that multiply.
 */
import sax from 'sax';

/** Larger files are no alerts. */
export const MOST_BYTES = 1024 * 1024;
const MOST_DEPTH = 12;
const MOST_ELEMENTS = 20_000;

/** Elements of one level: name → contents, in order. Text is trimmed; a nested element is a map of its own. */
export interface Element {
  readonly text: string;
  readonly children: ReadonlyMap<string, readonly Element[]>;
}
interface Growing {
  text: string;
  children: Map<string, Growing[]>;
}
export type Read =
  { ok: true; alert: Element } | { ok: false; reason: 'too-large' | 'utf-8' | 'unreadable'; detail: string };

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
const ENCODING = /^<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w-]{1,20})["']/;
const CHINESE = new Set(['gb18030', 'gbk', 'gb2312']);

function textOf(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 256)).toString('latin1');
  const named = (ENCODING.exec(head)?.[1] ?? 'utf-8').toLowerCase();
  try {
    return new TextDecoder(CHINESE.has(named) ? 'gb18030' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function readAlert(bytes: Uint8Array): Read {
  if (bytes.length > MOST_BYTES) return { ok: false, reason: 'too-large', detail: `${String(bytes.length)} bytes` };
  const text = textOf(bytes);
  if (text === null) return { ok: false, reason: 'utf-8', detail: 'not text of the encoding it names' };
  // Strict about form; without document types there are no entities but the known ones.
  const parser = sax.parser(true, { trim: false });
  const root: Growing = { text: '', children: new Map() };
  const open: Growing[] = [root];
  let fault: string | null = null;
  let elements = 0;
  const stop = (why: string): void => {
    fault ??= why;
  };
  parser.ondoctype = () => stop('has a document type declaration');
  parser.onerror = (error) => stop(error.message.split('\n')[0] ?? 'not XML');
  parser.onopentag = ({ name }) => {
    elements += 1;
    if (open.length > MOST_DEPTH) return stop('nested too deep');
    if (elements > MOST_ELEMENTS) return stop('too many elements');
    const made: Growing = { text: '', children: new Map() };
    const { children } = open.at(-1) ?? root;
    const brothers = children.get(local(name));
    if (brothers) brothers.push(made);
    else children.set(local(name), [made]);
    open.push(made);
  };
  const add = (part: string): void => {
    const last = open.at(-1);
    if (last) last.text += part;
  };
  parser.ontext = add;
  parser.oncdata = add;
  parser.onclosetag = () => {
    const closed = open.pop();
    if (closed) closed.text = closed.text.trim();
  };
  // In pieces, so that a fault ends the reading where it stands.
  for (let at = 0; at < text.length && fault === null; at += 4096) {
    try {
      parser.write(text.slice(at, at + 4096));
    } catch (error) {
      stop(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'not XML');
    }
  }
  if (fault === null) {
    try {
      parser.close();
    } catch {
      stop('ends in the middle');
    }
  }
  if (fault !== null) return { ok: false, reason: 'unreadable', detail: fault };
  const alert = root.children.get('alert')?.[0];
  return alert ? { ok: true, alert } : { ok: false, reason: 'unreadable', detail: 'no alert in it' };
}
