/**
 * Owns: weather warnings, the risk index of the seven fields per zone, public opinion.
 * Guarantees: every zone and field once a minute; colours follow the score by one table.
 * Refuses: forecasts.
 */
import { WARNING_COLOURS, type WarningColour } from '../../contract/wire.ts';
import type { AreaFeature } from '../../contract/site-files.ts';
import { opinions } from './words.ts';
import type { World } from './world.ts';

export const RISK_FIELDS = ['chemical', 'construction', 'fire', 'industry', 'tourism', 'traffic', 'city'] as const;
export type RiskField = (typeof RISK_FIELDS)[number];
const EVERY_S = 60;

export interface Warning {
  readonly type: string;
  readonly colour: WarningColour;
  readonly title: string;
  readonly text: string;
  readonly minutes: number;
}

/** Scores from which a colour begins, worst first. */
export const colourOf = (score: number): WarningColour =>
  score >= 80 ? 'red' : score >= 60 ? 'orange' : score >= 40 ? 'yellow' : 'blue';

export class Situation {
  readonly #world: World;
  readonly #scores = new Map<string, number>();
  /** Added to a field everywhere while something goes on: a storm, a fire. */
  readonly #pushes = new Map<RiskField, number>();

  constructor(world: World) {
    this.#world = world;
  }

  open(): void {
    const zones = this.#world.site.zones;
    zones.forEach((zone, i) => {
      this.#score(zone);
      this.#world.every((i + 1) * (EVERY_S / (zones.length + 1)), () => {
        this.#score(zone);
        return EVERY_S;
      });
    });
    const chance = this.#world.random('opinion');
    const speak = (): number => {
      this.#world.emit('situation.opinion', {
        id: this.#world.id('yq'),
        ts: this.#world.ts(),
        heat: chance.whole(5, 80),
        title: chance.pick(opinions),
      });
      return chance.wait(12);
    };
    this.#world.every(0.1, speak);
  }

  warn(warning: Warning): void {
    this.#world.emit(
      'situation.warning',
      {
        id: this.#world.id('yj'),
        ts: this.#world.ts(),
        type: warning.type,
        colour: warning.colour,
        title: warning.title,
        text: warning.text,
        area: this.#everywhere(),
        // How long it holds is told in the district's own minutes.
        expires: this.#world.ts(-warning.minutes * 60),
      },
      true,
    );
    const worse = 8 * WARNING_COLOURS.indexOf(warning.colour);
    for (const field of ['construction', 'traffic', 'city'] as const) this.push(field, worse, warning.minutes * 60);
  }

  /** Raises a field's score everywhere for some seconds. */
  push(field: RiskField, by: number, seconds: number): void {
    this.#pushes.set(field, (this.#pushes.get(field) ?? 0) + by);
    this.#world.after(seconds, () => this.#pushes.set(field, (this.#pushes.get(field) ?? 0) - by));
  }

  #score(zone: AreaFeature): void {
    for (const field of RISK_FIELDS) {
      const key = `${zone.id}/${field}`;
      const chance = this.#world.random(`${key}/${Math.round(this.#world.now)}`);
      const home = 18 + 40 * this.#world.random(key).next();
      const before = this.#scores.get(key) ?? home;
      const calm = before + 0.1 * (home - before) + 1.5 * chance.bell();
      this.#scores.set(key, calm);
      const score = Math.round(Math.max(0, Math.min(100, calm + (this.#pushes.get(field) ?? 0))) * 10) / 10;
      this.#world.emit('situation.risk', {
        id: this.#world.id('fx'),
        ts: this.#world.ts(),
        zoneId: zone.id,
        field,
        score,
        colour: colourOf(score),
        sources: [],
      });
    }
  }

  #everywhere(): { type: string; coordinates: unknown } {
    const polygons = this.#world.site.zones.flatMap(({ geometry }) =>
      geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
    );
    return { type: 'MultiPolygon', coordinates: polygons };
  }
}
