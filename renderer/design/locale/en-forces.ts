/**
 * The English words of cover, advice, ways and water.
 *
 * Owns: these words. Guarantees: D6. Refuses: names of units and places, which the site gives.
 */
import type { zhForces } from './zh-forces.ts';
import type { Widen } from './shape.ts';

export const enForces: Widen<typeof zhForces> = {
  send: {
    title: 'Sending',
    advised: (n) => `Send ${n}`,
    more: (n) => `Send ${n} more`,
    enough: 'Enough are bound',
    none: 'No unit to be had',
    reserve: 'Reserve',
    waiting: 'working out the ways',
    again: (n) => `press again: ${n} go`,
    cancel: 'Cancel',
    short: (what, n) => `short of ${n} ${what}`,
    arrives: 'there in',
    left: 'left',
    over: 'late by',
    unheard: 'unheard, no estimate',
    there: 'on scene',
    turningOut: 'turning out',
    crew: (n) => `crew ${n}`,
    reason: {
      soonest: 'soonest',
      rolling: 'on the road',
      spares: 'keeps cover',
      uncovers: 'uncovers',
      late: 'after the promise',
      divert: 'to be called off',
    },
    uncoversAddresses: (n) => `uncovers ${n}`,
    uncoversMetres: (n) => `uncovers ${n}`,
    circle: (minutes) => `${minutes} min circle`,
    after: 'afterwards',
    water: 'Water near by',
    hydrant: 'Hydrant',
    'water-intake': 'Intake',
    noWater: 'no water near by',
  },
  cover: {
    title: 'Rescue circle',
    within: (minutes) => `${minutes} min`,
    beyond: 'beyond',
    lost: 'cover lost',
    unknown: 'not known',
    addresses: (n) => `${n} addresses`,
    metres: (n) => `${n} of road`,
    free: (n) => `${n} free`,
    bound: (n) => `${n} bound`,
    unheard: (n) => `${n} unheard, not counted`,
    moveup: 'Move up',
    to: 'to',
    gains: 'regains',
    loses: 'uncovers',
    closed: (n) => `${n} roads closed`,
    waiting: 'working out the circle',
  },
};
