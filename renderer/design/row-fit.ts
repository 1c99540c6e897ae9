/**
 * Lists without a scroll bar: how many rows a box holds.
 *
 * Owns: the measuring. Guarantees: the first row is the measure of all; at least one row fits; a box that changes its size is
 *   measured again.
 * Refuses: rows of different heights.
 */
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** `first`: taken until measured. `key`: measured again when it changes, as when the list comes or goes. */
export const useRowFit = (first: number, key?: unknown): { list: RefObject<HTMLOListElement | null>; fit: number } => {
  const list = useRef<HTMLOListElement | null>(null);
  const [fit, setFit] = useState(first);
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const measure = (): void => {
      const row = box.firstElementChild?.getBoundingClientRect().height ?? 0;
      if (row > 0) setFit(Math.max(1, Math.floor((box.clientHeight + 1) / row)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [key]);
  return { list, fit };
};
