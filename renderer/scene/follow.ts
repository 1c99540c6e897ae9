/**
 * The eye follows the view: what is chosen, what stands open, where the view asks to fly.
 *
 * Owns: the translation from view to poses. Guarantees: the heading is kept, so that nobody loses their bearings; leaving
 *   a building goes back to where one was; an opened building is seen whole first, its floor when asked again.
 * Refuses: to fly for a mere click on something already in sight, alarms excepted.
 */
import type { BuildingId } from '../../native-bridge/contract/brand.ts';
import type { SiteLibrary } from '../store/site-library.ts';
import type { Selection, ViewStore } from '../store/view.ts';
import type { World } from '../store/world.ts';
import type { Controls } from './controls.ts';
import { FOV_Y, type Pose } from './eye.ts';
import type { Plane } from './plane.ts';
import { planOf } from './tower/plan.ts';

export interface FollowOptions {
  world: World;
  view: ViewStore;
  plane: Plane;
  controls: Controls;
  library: SiteLibrary;
  home: () => Pose;
}
/** Metres from which an alarm, and an incident with its surroundings, is looked at. */
const ALARM_RANGE = 520;
const INCIDENT_RANGE = 1100;
const UNIT_RANGE = 900;

export const followView = ({ world, view, plane, controls, library, home }: FollowOptions): (() => void) => {
  let before: Pose | null = null;

  const goTo = (
    lon: number,
    lat: number,
    h: number,
    range: number,
    pitch = -32,
    heading = controls.pose().heading,
  ): void => {
    const [x, y] = plane.at(lon, lat);
    controls.fly({ x, y, h, heading, pitch, range });
  };
  const enter = async (id: BuildingId): Promise<void> => {
    const [buildings, towers] = await Promise.all([library.read('buildings'), library.read('towers')]);
    const building = buildings.find((one) => one.id === id);
    if (!building || view.getState().openBuilding !== id) return;
    const tower = towers.find((one) => one.buildingId === id);
    const plan = planOf(
      tower ?? {
        floors: Array.from({ length: Math.max(1, building.floors) }, (_, i) => i + 1),
        floorHeight: building.height / Math.max(1, building.floors),
      },
    );
    // The whole house with some air around it; close to a floor only when it is asked for a second time.
    const range = Math.max(140, (plan.top * 0.66) / Math.tan(FOV_Y / 2));
    goTo(building.centre[0], building.centre[1], plan.top * 0.5, range, -21);
  };
  /** Out of an open building for good: what is chosen next lies elsewhere. */
  const leave = (): void => {
    if (view.getState().openBuilding === null) return;
    before = null;
    view.setState({ openBuilding: null, openFloor: null });
  };
  const choose = async (selection: Selection): Promise<void> => {
    if (!selection) return;
    if (selection.kind === 'alarm') {
      const alarm = world.get('alarm', selection.id);
      if (!alarm) return;
      const { buildingId } = alarm;
      const towers = buildingId === undefined ? [] : await library.read('towers').catch(() => []);
      if (view.getState().selection !== selection) return;
      if (buildingId !== undefined && towers.some((tower) => tower.buildingId === buildingId)) {
        view.setState({ openBuilding: buildingId, openFloor: alarm.floor ?? null });
      } else if (buildingId === undefined || view.getState().openBuilding !== buildingId) {
        leave();
        goTo(alarm.lon, alarm.lat, alarm.h ?? 6, ALARM_RANGE);
      }
    } else if (selection.kind === 'incident') {
      const incident = world.get('incident', selection.id);
      if (!incident) return;
      if (incident.buildingId === undefined || view.getState().openBuilding !== incident.buildingId) leave();
      goTo(incident.lon, incident.lat, incident.h ?? 10, INCIDENT_RANGE);
    } else if (selection.kind === 'unit') {
      const unit = world.get('unit', selection.id);
      if (unit && controls.pose().range > 3 * UNIT_RANGE) goTo(unit.lon, unit.lat, 2, UNIT_RANGE);
    }
  };
  const stop = view.subscribe((now, was) => {
    if (now.openBuilding !== was.openBuilding) {
      if (now.openBuilding !== null) {
        if (was.openBuilding === null) before = controls.pose();
        void enter(now.openBuilding).catch((error: unknown) => console.error('scene: no way to the building', error));
      } else if (before) {
        controls.fly(before);
        before = null;
      }
    }
    if (now.selection !== was.selection) void choose(now.selection);
    if (now.flyTo !== was.flyTo && now.flyTo) {
      const { lon, lat, h, range, pitch, heading } = now.flyTo;
      // What was kept or planned is looked at as it was, whatever building was left for it.
      if (pitch !== undefined) before = null;
      goTo(lon, lat, h, range, pitch, heading);
    }
    if (now.home !== was.home) {
      before = null;
      controls.fly(home());
    }
  });
  const { openBuilding, selection } = view.getState();
  if (openBuilding !== null) void enter(openBuilding);
  // Another layout is another life of the scene: it begins at what is consulted about, not at home.
  else if (selection?.kind === 'incident') void choose(selection);
  return stop;
};
