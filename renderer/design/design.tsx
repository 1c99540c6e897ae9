/**
 * What a panel asks for once: words, formats and the scale.
 *
 * Owns: the context and its hook. Guarantees: a change of language redraws everything that reads it.
 * Refuses: to choose the language; the view does.
 */
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { createFormats, type Formats } from './formats.ts';
import { wordsOf, type Locale, type Words } from './locale/words.ts';
import type { Scale } from './scale.ts';

export interface Design {
  locale: Locale;
  words: Words;
  format: Formats;
  scale: Scale;
}
const DesignContext = createContext<Design | null>(null);

export const DesignProvider = ({
  locale,
  timezone,
  scale,
  children,
}: {
  locale: Locale;
  timezone: string;
  scale: Scale;
  children: ReactNode;
}) => {
  const design = useMemo(
    () => ({ locale, words: wordsOf(locale), format: createFormats(locale, timezone), scale }),
    [locale, timezone, scale],
  );
  return <DesignContext.Provider value={design}>{children}</DesignContext.Provider>;
};

export const useDesign = (): Design => {
  const design = useContext(DesignContext);
  if (!design) throw new Error('DesignProvider is missing above this component');
  return design;
};
