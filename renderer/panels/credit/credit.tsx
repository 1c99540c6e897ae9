/**
 * Whose map this is: origin, day, licence and reach of what is drawn, at the scene's lower edge.
 *
 * Owns: those two lines. Guarantees: M1; as long as the map is drawn it says where it comes from, as map licences ask.
 * Refuses: to speak when the bridge knows no pack.
 */
import { useDesign } from '../../design/design.tsx';
import { useFengsui, useView } from '../../store/hooks.ts';
import './credit.css';

/** Degrees to the hundredth, about a kilometre: enough to say which part of the land it is. */
const degrees = (value: number): string => value.toFixed(2);

export const MapCredit = () => {
  const { words, locale } = useDesign();
  const { world } = useFengsui();
  // Read again at every change of the connection: the card comes with the welcome.
  useView((view) => view.connection);
  const map = world.site()?.map;
  if (!map) return null;
  const [west, south, east, north] = map.coverage.map(degrees);
  return (
    <div className="credit quiet" data-testid="map-credit">
      <p className="cut">{words.mark.mapFrom(map.origin[locale], map.date, map.licence)}</p>
      <p className="cut">{words.mark.mapReach(String(map.buildings), `${west}–${east}° ${south}–${north}°`)}</p>
    </div>
  );
};
