/**
 * Where a vehicle is between two reports.
 *
 * Owns: dead reckoning and how much of it is believed.
 * Guarantees: no jump when a report comes (the error melts away within `MELT_MS`); no guessing beyond `fresh`: after that
 *   it stands still where it was last believed to be, and its age says so.
 * Refuses: to move what reports no speed.
 */
import { ageOf, type Age, type AgeLimits } from '../../native-bridge/contract/staleness.ts';
import { shortestTurn } from './flight.ts';

/** ms in which a wrong guess is taken back. */
export const MELT_MS = 900;

export interface Report {
  x: number;
  y: number;
  /** Degrees clockwise from north. */
  heading: number;
  /** m/s */
  speed: number;
  /** ms, the bridge's clock. */
  heard: number;
}
export interface Mover {
  report: Report;
  /** What was shown minus what the report says, when it came: melts away. */
  errX: number;
  errY: number;
  errHeading: number;
  errAt: number;
}
export interface Shown {
  x: number;
  y: number;
  heading: number;
  age: Age;
  /** Still in motion on the screen, so that it needs another frame. */
  moving: boolean;
}

export const newMover = (report: Report): Mover => ({ report, errX: 0, errY: 0, errHeading: 0, errAt: report.heard });

const RAD = Math.PI / 180;
const ahead = ({ x, y, heading, speed, heard }: Report, now: number, limits: AgeLimits): { x: number; y: number } => {
  const seconds = Math.min(limits.fresh, Math.max(0, now - heard)) / 1000;
  return { x: x + Math.sin(heading * RAD) * speed * seconds, y: y + Math.cos(heading * RAD) * speed * seconds };
};

export const shownAt = (mover: Mover, now: number, limits: AgeLimits): Shown => {
  const { report } = mover;
  const spot = ahead(report, now, limits);
  const left = Math.max(0, 1 - (now - mover.errAt) / MELT_MS);
  const soft = left * left * (3 - 2 * left);
  const since = now - report.heard;
  return {
    x: spot.x + mover.errX * soft,
    y: spot.y + mover.errY * soft,
    heading: report.heading + mover.errHeading * soft,
    age: ageOf(limits, report.heard, now),
    moving: soft > 0 || (report.speed > 0.2 && since < limits.fresh),
  };
};

/** A report further away than this is a new place, not a correction: it jumps. Metres. */
export const JUMP_M = 400;

export const takeReport = (mover: Mover, report: Report, now: number, limits: AgeLimits): void => {
  const was = shownAt(mover, now, limits);
  const is = ahead(report, now, limits);
  const errX = was.x - is.x;
  const errY = was.y - is.y;
  const jump = Math.hypot(errX, errY) > JUMP_M;
  mover.report = report;
  mover.errX = jump ? 0 : errX;
  mover.errY = jump ? 0 : errY;
  mover.errHeading = jump ? 0 : shortestTurn(report.heading, was.heading);
  mover.errAt = now;
};
