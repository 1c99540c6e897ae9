/**
 * The journal's two threads: the writer and the keeper beside it.
 *
 * Owns: starting and ending them. Guarantees: `fell` is called once when the writer is gone, asked or not; ending
 *   takes no longer than its thread does. Refuses: to start anew by itself.
 */
import { Worker } from 'node:worker_threads';
import type { FromWriter, ToWriter, WriterOptions } from './group.ts';

const sources = import.meta.url.endsWith('.ts');
const threadOf = (name: string): URL =>
  new URL(sources ? `./${name}-worker.ts` : `./${name}-worker.js`, import.meta.url);

export interface Threads {
  tell(message: ToWriter, transfer?: readonly ArrayBuffer[]): void;
  end(): Promise<void>;
}

export function startThreads(options: WriterOptions, hear: (message: FromWriter) => void, fell: () => void): Threads {
  const writer = new Worker(threadOf('writer'), { workerData: options });
  const keeper = new Worker(threadOf('keeper'), { workerData: { file: options.file } });
  writer.on('message', hear);
  // What went wrong is told by its end.
  writer.on('error', () => undefined);
  keeper.on('error', () => undefined);
  keeper.on('message', () => writer.postMessage({ t: 'restart' } satisfies ToWriter));
  keeper.unref();
  writer.on('exit', () => {
    void keeper.terminate();
    fell();
  });
  return {
    tell: (message, transfer = []) => writer.postMessage(message, transfer),
    async end() {
      await writer.terminate();
      await keeper.terminate();
    },
  };
}
