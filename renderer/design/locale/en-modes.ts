/**
 * The English words of consultation and field.
 *
 * Owns: these words. Guarantees: D6. Refuses: names of places.
 */
import type { Words } from './shape.ts';

export const enModes: Pick<Words, 'modes'> = {
  modes: {
    consultation: 'Consultation',
    field: 'Field',
    toDuty: 'Back to duty',
    choose: 'Choose an incident',
    none: 'no open incident',
    brief: 'Print briefing',
    replay: 'From the start',
    course: 'Course',
    sinceReport: (span) => `${span} since the report`,
    lane: { status: 'Status', report: 'Reports', force: 'Forces', task: 'Tasks' },
    draw: {
      title: 'Draw',
      shape: { point: 'Point', line: 'Line', area: 'Area' },
      measure: 'Measure',
      text: 'Note',
      finish: 'Keep',
      less: 'One back',
      cancel: 'Cancel',
      erase: 'Erase',
      hint: { point: 'touch the place', line: 'touch corner after corner', area: 'touch the border' },
      none: 'nothing drawn yet',
      more: (n) => `${n} more`,
    },
    area: { own: 'Own area', around: '2 km around', all: 'District' },
    elsewhere: (n, unseen) => `elsewhere ${n}, unseen ${unseen}`,
    fires: (n) => `fires ${n}`,
    elsewhereIncidents: (n) => `incidents elsewhere ${n}`,
    theme: { dark: 'Dark', sunlight: 'Sunlight' },
    net: {
      title: 'Line',
      carries: 'The line carries',
      budget: 'Budget',
      noBudget: 'no limit',
      left: (kbit) => `${kbit} for video`,
      over: (kbit) => `${kbit} over: video stopped`,
      unknown: 'not measured',
      only: 'content of each source, last 5 s',
    },
  },
};
