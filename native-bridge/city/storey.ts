/**
 * Metres from floor to floor by use, where nobody measured: for the demonstration and for floors without a height.
 */
import type { BuildingUse } from '../contract/site-files.ts';

const STOREY: Readonly<Record<BuildingUse, number>> = {
  residential: 2.9,
  'high-rise': 2.9,
  village: 3.2,
  historic: 2.9,
  commercial: 4.2,
  office: 3.7,
  public: 3.9,
  school: 3.8,
  hospital: 3.9,
  factory: 6.5,
  warehouse: 9,
  station: 4.2,
};
export const storey = (use: BuildingUse): number => STOREY[use];
