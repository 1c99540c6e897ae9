// Whole lines out of chunks of text. Guarantees: a line is delivered once, without its end; the rest at `end`.

export interface Lines {
  push(chunk: string): void;
  end(): void;
}

/** A line longer than this is cut: a child that never ends a line must not fill the memory. */
const LONGEST = 1 << 20;

export const lines = (onLine: (line: string) => void): Lines => {
  let rest = '';
  return {
    push(chunk) {
      const parts = (rest + chunk).split('\n');
      rest = (parts.pop() ?? '').slice(-LONGEST);
      for (const part of parts) onLine(part.endsWith('\r') ? part.slice(0, -1) : part);
    },
    end() {
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
};

/** The `{"ready":true,…}` line by which the drill and the bridge say that they serve; else undefined. */
export const readyLine = (line: string): Record<string, unknown> | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    const isReady = typeof value === 'object' && value !== null && 'ready' in value && value.ready === true;
    return isReady ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};
