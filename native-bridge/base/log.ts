/**
 * The log: one line of JSON per thing worth telling, on standard error.
 *
 * Owns: level, shape and destination of log lines.
 * Guarantees: standard output stays free for the ready line; writing a log line never throws.
 * Refuses: personal data; callers log ids, counts and reasons, never contents of events.
 */
import { pino, destination, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'> & { room(name: string): Log };

const dress = (logger: Logger): Log => ({
  debug: logger.debug.bind(logger),
  info: logger.info.bind(logger),
  warn: logger.warn.bind(logger),
  error: logger.error.bind(logger),
  room: (name) => dress(logger.child({ room: name })),
});

/** `level`: a pino level; `FENGSUI_LOG` overrides it. */
export const openLog = (level = 'info'): Log =>
  dress(pino({ level: process.env['FENGSUI_LOG'] ?? level, base: null }, destination({ fd: 2, sync: true })));

/** For tests and tools that say things themselves. */
export const silentLog: Log = dress(pino({ level: 'silent' }));
