/**
 * The scale of this window, kept on the root element.
 *
 * Owns: following the window's size and the profile's viewing distance. Guarantees: the custom properties and the value
 * handed out are of the same moment. Refuses: to guess a distance; before the first welcome the profile's default stands.
 */
import { useCallback, useLayoutEffect, useState } from 'react';
import { scaleFor, type Scale, type Viewing } from './design/scale.ts';
import { applyTheme, type Theme } from './design/theme.ts';

const same = (a: Scale, b: Scale): boolean => (Object.keys(a) as (keyof Scale)[]).every((key) => a[key] === b[key]);

/** `isPast`: the wall shows the past, in its colours. */
export const useScale = (viewing: Viewing, isPast: boolean, theme: Theme): Scale => {
  const { distance, pixelPitch } = viewing;
  const measure = useCallback(
    (): Scale => scaleFor({ distance, pixelPitch }, innerWidth, innerHeight, devicePixelRatio),
    [distance, pixelPitch],
  );
  const [scale, setScale] = useState(measure);
  useLayoutEffect(() => {
    const follow = (): void => {
      const next = measure();
      applyTheme(document.documentElement, next, isPast, theme);
      setScale((held) => (same(held, next) ? held : next));
    };
    follow();
    addEventListener('resize', follow);
    return () => removeEventListener('resize', follow);
  }, [measure, isPast, theme]);
  return scale;
};
