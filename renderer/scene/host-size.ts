/**
 * How large the scene's host is, without asking the page.
 *
 * Owns: that size. Guarantees: measured when it changes only: asked of the host in every frame it would lay the page out anew
 *   each time something else had changed. Refuses: zero.
 */
export interface HostSize {
  /** CSS pixels. */
  width: number;
  height: number;
}

export const watchSize = (host: HTMLElement, changed: () => void): { size: HostSize; stop: () => void } => {
  const size: HostSize = { width: 1, height: 1 };
  const measure = (): void => {
    size.width = Math.max(1, host.clientWidth);
    size.height = Math.max(1, host.clientHeight);
  };
  measure();
  const watch = new ResizeObserver(() => {
    measure();
    changed();
  });
  watch.observe(host);
  return { size, stop: () => watch.disconnect() };
};
