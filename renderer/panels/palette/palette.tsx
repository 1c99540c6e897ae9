/**
 * The palette: every act, open alarm, incident, building, camera and vehicle, by a few letters.
 *
 * Owns: the line that is typed and what it finds. Guarantees: P8; acts are those of the key map and show their key, so that
 *   the palette teaches the keys. Refuses: to do more than the desk does.
 */
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useDesign } from '../../design/design.tsx';
import type { Words } from '../../design/locale/words.ts';
import { buildingId, cameraId, unitId } from '../../../native-bridge/contract/brand.ts';
import type { SiteCamera } from '../../../native-bridge/contract/site-files.ts';
import { rowsOf } from '../../store/alarm-list.ts';
import { deskOf, type Desk } from '../../store/desk.ts';
import { useFengsui, useView } from '../../store/hooks.ts';
import { siteLibrary } from '../../store/site-library.ts';
import { search, type Findable } from './search.ts';
import './palette.css';

export interface PaletteAct {
  act: keyof Words['key'];
  shown: readonly string[];
  run: (desk: Desk) => void;
}
interface Thing extends Findable {
  kind: keyof Words['palette']['kind'];
  keys: readonly string[];
  run: () => void;
}
const MOST = 9;
/** Acts that mean nothing here. */
const NOT_HERE: readonly PaletteAct['act'][] = ['palette', 'back', 'down', 'up', 'open'];

const Box = ({ acts }: { acts: readonly PaletteAct[] }) => {
  const store = useFengsui();
  const { words, locale } = useDesign();
  const desk = deskOf(store);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [places, setPlaces] = useState<Thing[]>([]);
  const line = useRef<HTMLInputElement | null>(null);
  useEffect(() => {
    const before = document.activeElement;
    line.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  useEffect(() => {
    let wanted = true;
    const library = siteLibrary(store.world);
    const none = (): never[] => [];
    const read = async (): Promise<void> => {
      const [buildings, cameras, vehicles] = await Promise.all([
        library.read('buildings').catch(none),
        library.read('cameras').catch(none),
        library.read('vehicles').catch(none),
      ]);
      if (!wanted) return;
      setPlaces([
        ...vehicles.map((one): Thing => ({
          ...{ id: `unit/${one.id}`, kind: 'unit', text: one.callsign[locale], keys: [] },
          also: [one.callsign.en, one.callsign.zh, one.plate],
          run: () => desk.openSelection({ kind: 'unit', id: unitId(one.id) }),
        })),
        ...cameras.map((one): Thing => ({
          ...{ id: `camera/${one.id}`, kind: 'camera', text: one.name[locale], keys: [] },
          also: [one.name.en, one.name.zh, one.id],
          run: () =>
            store.view.setState({
              pinnedCamera: cameraId(one.id),
              // What it looks at lies before it; a cab's camera has only the cab.
              ...(one.kind === 'elevator' ? {} : { flyTo: { ...ahead(one), h: 0, range: one.range * 1.4 } }),
            }),
        })),
        ...buildings
          .filter((one) => one.name !== undefined || one.address !== undefined)
          .map((one): Thing => ({
            ...{ id: `building/${one.id}`, kind: 'building', keys: [] },
            text: one.name?.[locale] ?? one.address ?? one.id,
            also: [one.name?.en, one.name?.zh, one.address].filter((name) => name !== undefined),
            run: () => desk.openBuilding(buildingId(one.id)),
          })),
      ]);
    };
    void read();
    return () => {
      wanted = false;
    };
  }, [store, desk, locale]);

  const things = useMemo((): Thing[] => {
    const { world } = store;
    return [
      ...acts
        .filter(({ act }) => !NOT_HERE.includes(act))
        .map(({ act, shown, run }): Thing => ({
          ...{ id: `act/${act}`, kind: 'act', text: words.key[act], also: [act], keys: shown },
          run: () => run(desk),
        })),
      ...[...world.all('incident').values()]
        .filter(({ status }) => status !== 'closed')
        .map((one): Thing => ({
          ...{ id: `incident/${one.id}`, kind: 'incident', text: one.title, also: [one.address], keys: [] },
          run: () => desk.openSelection({ kind: 'incident', id: one.id }),
        })),
      ...rowsOf(world).map(({ alarm }): Thing => ({
        ...{ id: `alarm/${alarm.id}`, kind: 'alarm', keys: [] },
        text: `${alarm.deviceName} ${words.alarm.type[alarm.type]}`,
        also: [words.alarm.type[alarm.type]],
        run: () => desk.openSelection({ kind: 'alarm', id: alarm.id }),
      })),
      ...places,
    ];
  }, [acts, store, desk, words, places]);
  // Typing never waits for a search through every address of the district.
  const asked = useDeferredValue(typed);
  const found = useMemo(() => search(things, asked, MOST), [things, asked]);
  const marked = Math.min(at, found.length - 1);

  const go = (thing: Thing | undefined): void => {
    if (!thing) return;
    store.view.setState({ palette: false });
    thing.run();
  };
  const pressed = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') store.view.setState({ palette: false });
    else if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, marked + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, marked - 1));
    else if (event.key === 'Enter') go((asked === typed ? found : search(things, typed, MOST))[marked]);
    else if (event.key !== 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="palette" role="dialog" aria-modal="true" aria-label={words.palette.title} data-testid="palette">
      <input
        ref={line}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={pressed}
        placeholder={words.palette.placeholder}
        role="combobox"
        aria-label={words.palette.title}
        aria-expanded="true"
        aria-controls="palette-found"
        aria-activedescendant={found[marked] ? `found-${marked}` : undefined}
        autoComplete="off"
        spellCheck={false}
      />
      <ul id="palette-found" role="listbox" aria-label={words.palette.title}>
        {found.map((thing, i) => (
          <li
            key={thing.id}
            id={`found-${i}`}
            role="option"
            aria-selected={i === marked}
            data-found={thing.id}
            onClick={() => go(thing)}
          >
            <span className="palette-kind">{words.palette.kind[thing.kind]}</span>
            <span className="value cut">{thing.text}</span>
            <span className="palette-keys">
              {thing.keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
      <p className="quiet">{found.length === 0 ? words.palette.none : words.palette.hint}</p>
    </div>
  );
};

/** `acts`: the key map, handed in by the wall: panels do not import each other. */
/** The middle of what a camera looks at: less than half of its range ahead, since the near half counts more. */
const ahead = ({ lon, lat, heading, range }: SiteCamera): { lon: number; lat: number } => {
  const angle = (heading * Math.PI) / 180;
  const metres = 0.35 * range;
  const degree = 111_320;
  return {
    lon: lon + (metres * Math.sin(angle)) / degree / Math.cos((lat * Math.PI) / 180),
    lat: lat + (metres * Math.cos(angle)) / degree,
  };
};

export const Palette = ({ acts }: { acts: readonly PaletteAct[] }) => {
  const open = useView((view) => view.palette);
  return open ? <Box acts={acts} /> : null;
};
