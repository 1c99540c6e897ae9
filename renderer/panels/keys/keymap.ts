/**
 * The keymap: one key for every frequent act.
 *
 * Owns: which key does what, in the order the help shows it. Guarantees: no key twice (tested). Refuses: modifiers; the
 * browser and the operating system keep theirs.
 */
import type { Desk } from '../../store/desk.ts';
import type { Words } from '../../design/locale/words.ts';

export interface Binding {
  /** `KeyboardEvent.key`, lower case for letters. */
  keys: readonly string[];
  /** How the help writes them. */
  shown: readonly string[];
  act: keyof Words['key'];
  run: (desk: Desk) => void;
}

export const KEYMAP: readonly Binding[] = [
  { keys: ['a'], shown: ['A'], act: 'acknowledge', run: (desk) => desk.acknowledge() },
  { keys: ['Enter'], shown: ['Enter'], act: 'open', run: (desk) => desk.open() },
  { keys: ['ArrowDown', 'j'], shown: ['↓', 'J'], act: 'down', run: (desk) => desk.move(1) },
  { keys: ['ArrowUp', 'k'], shown: ['↑', 'K'], act: 'up', run: (desk) => desk.move(-1) },
  { keys: ['c'], shown: ['C'], act: 'confirm', run: (desk) => desk.verdict('e-bike') },
  { keys: ['b'], shown: ['B'], act: 'bicycle', run: (desk) => desk.verdict('bicycle') },
  { keys: ['s'], shown: ['S'], act: 'stroller', run: (desk) => desk.verdict('stroller') },
  { keys: ['w'], shown: ['W'], act: 'wheelchair', run: (desk) => desk.verdict('wheelchair') },
  { keys: ['x'], shown: ['X'], act: 'false', run: (desk) => desk.falseAlarm() },
  { keys: ['r'], shown: ['R'], act: 'remind', run: (desk) => desk.remind() },
  { keys: ['i'], shown: ['I'], act: 'incident', run: (desk) => desk.incident() },
  { keys: ['d'], shown: ['D'], act: 'dispatch', run: (desk) => desk.dispatch() },
  { keys: ['t'], shown: ['T'], act: 'task', run: (desk) => desk.duty.askTask() },
  { keys: [';'], shown: [';'], act: 'linkage', run: (desk) => desk.duty.askLinkage() },
  { keys: ["'"], shown: ["'"], act: 'hazard', run: (desk) => desk.duty.askHazard() },
  { keys: ['n'], shown: ['N'], act: 'desk', run: (desk) => desk.duty.incidentPage() },
  { keys: ['z'], shown: ['Z'], act: 'shelve', run: (desk) => desk.duty.askShelve() },
  { keys: ['q'], shown: ['Q'], act: 'out', run: (desk) => desk.duty.askOut() },
  { keys: ['u'], shown: ['U'], act: 'undo', run: (desk) => desk.duty.undo() },
  { keys: ['/'], shown: ['/'], act: 'palette', run: (desk) => desk.duty.palette() },
  { keys: ['y'], shown: ['Y'], act: 'aside', run: (desk) => desk.duty.aside() },
  { keys: ['g'], shown: ['G'], act: 'performance', run: (desk) => desk.duty.performance() },
  { keys: ['F2'], shown: ['F2'], act: 'lock', run: (desk) => desk.duty.toggleLock() },
  { keys: ['F3'], shown: ['F3'], act: 'suspect', run: (desk) => desk.duty.askSuspect() },
  { keys: ['F4'], shown: ['F4'], act: 'reveal', run: (desk) => desk.duty.reveal() },
  { keys: ['F6'], shown: ['F6'], act: 'follow', run: (desk) => desk.follow() },
  { keys: ['F7'], shown: ['F7'], act: 'merge', run: (desk) => desk.duty.askMerge() },
  { keys: ['F8'], shown: ['F8'], act: 'handover', run: (desk) => desk.duty.handoverPage() },
  { keys: ['o'], shown: ['O'], act: 'cover', run: (desk) => desk.cover() },
  { keys: [','], shown: [','], act: 'measure', run: (desk) => desk.measure() },
  { keys: ['`', '·'], shown: ['`'], act: 'layers', run: (desk) => desk.layers() },
  { keys: ['F9'], shown: ['F9'], act: 'dark', run: (desk) => desk.dark() },
  { keys: ['F10'], shown: ['F10'], act: 'light', run: (desk) => desk.look.light() },
  { keys: ['f'], shown: ['F'], act: 'fly', run: (desk) => desk.fly() },
  { keys: ['.'], shown: ['.', '1', '–', '9'], act: 'recall', run: (desk) => desk.look.recall() },
  { keys: ['\\'], shown: ['\\', '1', '–', '9'], act: 'keep', run: (desk) => desk.look.keep() },
  { keys: [']'], shown: [']'], act: 'tour', run: (desk) => desk.look.tour() },
  { keys: ['='], shown: ['='], act: 'ride', run: (desk) => desk.look.ride() },
  { keys: ['['], shown: ['['], act: 'flat', run: (desk) => desk.look.flat() },
  { keys: ['v'], shown: ['V'], act: 'video', run: (desk) => desk.video() },
  { keys: ['l'], shown: ['L', '1', '–', '9'], act: 'layout', run: (desk) => desk.layout() },
  { keys: ['p'], shown: ['P'], act: 'patrol', run: (desk) => desk.patrol() },
  { keys: ['F11'], shown: ['F11'], act: 'numbers', run: (desk) => desk.numbers() },
  { keys: ['-'], shown: ['-'], act: 'budget', run: (desk) => desk.budget() },
  { keys: ['Home'], shown: ['Home'], act: 'past', run: (desk) => desk.past.enter() },
  { keys: [' '], shown: ['␣'], act: 'play', run: (desk) => desk.past.play() },
  { keys: ['ArrowLeft'], shown: ['←'], act: 'back10', run: (desk) => desk.past.step(-10_000) },
  { keys: ['ArrowRight'], shown: ['→'], act: 'on10', run: (desk) => desk.past.step(10_000) },
  { keys: ['PageUp'], shown: ['PgUp'], act: 'earlier', run: (desk) => desk.past.step(-300_000) },
  { keys: ['PageDown'], shown: ['PgDn'], act: 'later', run: (desk) => desk.past.step(300_000) },
  { keys: ['End'], shown: ['End'], act: 'now', run: (desk) => desk.past.now() },
  { keys: ['Escape'], shown: ['Esc'], act: 'back', run: (desk) => desk.back() },
  { keys: ['m'], shown: ['M'], act: 'mute', run: (desk) => desk.mute() },
  { keys: ['e'], shown: ['E'], act: 'language', run: (desk) => desk.language() },
  { keys: ['h', '?'], shown: ['H', '?'], act: 'help', run: (desk) => desk.help() },
];
/** 1–9 choose the n-th alarm in sight; they need to know the list, so they are bound by `keyboard.ts` itself. */
export const CHOOSE = { shown: ['1', '–', '9'], act: 'choose' } as const;

/** The binding of a key press, if there is one. */
export const bindingOf = (key: string): Binding | undefined => {
  const plain = key.length === 1 ? key.toLowerCase() : key;
  return KEYMAP.find((binding) => binding.keys.includes(plain));
};
