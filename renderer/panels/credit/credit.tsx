/**
 * Whose map this is: origin, day, licence and reach of what is drawn, at the scene's lower edge.
 *
 * Owns: those two lines, and a third while something of the map is missing. Guarantees: M1; as long as the map is drawn it says
 *   where it comes from, as map licences ask; a damaged or missing file of the map is named, the rest stands.
 * Refuses: to speak when the bridge knows no pack and nothing is missing.
 */
import { useDesign } from '../../design/design.tsx';
import { useFengsui, useView } from '../../store/hooks.ts';
import { isLayerOn } from '../../store/layers.ts';
import './credit.css';

/** Degrees to the hundredth, about a kilometre: enough to say which part of the land it is. */
const degrees = (value: number): string => value.toFixed(2);
const reachOf = (coverage: readonly [number, number, number, number]): string => {
  const [west, south, east, north] = coverage.map(degrees);
  return `${west}–${east}° ${south}–${north}°`;
};

export const MapCredit = () => {
  const { words, locale } = useDesign();
  const { world } = useFengsui();
  // Read again at every change of the connection: the card comes with the welcome.
  useView((view) => view.connection);
  const map = world.site()?.map;
  const shown = useView((view) => isLayerOn(view, 'imagery'));
  const lacks = useView((view) => view.sceneTrouble);
  if (!map && lacks.length === 0) return null;
  const parts = [...new Set(lacks.map(({ part }) => part))].map((part) => {
    const many = lacks.filter((one) => one.part === part).length;
    return many > 1 ? `${words.mark.mapPart[part]} ×${String(many)}` : words.mark.mapPart[part];
  });
  const imagery = shown ? (map?.imagery ?? []) : [];
  return (
    <div className="credit quiet" data-testid="map-credit">
      {parts.length > 0 && (
        <p className="cut lacks" data-testid="map-lacks" title={lacks.map(({ why }) => why).join('\n')}>
          {words.mark.mapLacks(parts.join(locale === 'zh' ? '、' : ', '))}
        </p>
      )}
      {map && <p className="cut">{words.mark.mapFrom(map.origin[locale], map.date, map.licence)}</p>}
      {imagery.map(({ file, origin, date, licence, crs, zooms, coverage, damaged, relief = false }) => (
        <p
          key={file}
          className="cut imagery"
          data-testid="imagery-credit"
          title={words.mark.imageryReach(relief, crs, zooms.join('–'), reachOf(coverage), damaged)}
        >
          {words.mark.imageryFrom(relief, origin[locale], date, licence)} ·{' '}
          {words.mark.imageryReach(relief, crs, zooms.join('–'), reachOf(coverage), damaged)}
        </p>
      ))}
      {map && <p className="cut">{words.mark.mapReach(String(map.buildings), reachOf(map.coverage))}</p>}
    </div>
  );
};
