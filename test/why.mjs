// What failed and why, in few lines, from the reports of the runners: the last thing that a run prints before it counts.
// A log that is cut from the front still tells the reason.
import { stripVTControlCharacters } from 'node:util';

/** Lines of one reason that are told; what stands first says what was expected. */
const LINES = 14;

/** @typedef {{ test: string; reason: string }} Failure */

/** @param {string} text */
const short = (text) =>
  stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, LINES)
    .join('\n');

/** @param {any} report Vitest's JSON report. @returns {Failure[]} */
export const vitestFailures = (report) =>
  (report?.testResults ?? []).flatMap((/** @type {any} */ file) => {
    const failed = file.assertionResults.filter((/** @type {any} */ one) => one.status === 'failed');
    if (failed.length === 0 && file.status === 'failed')
      return [{ test: file.name, reason: short(file.message ?? '') }];
    return failed.map((/** @type {any} */ one) => ({
      test: `${file.name}: ${one.fullName}`,
      reason: short((one.failureMessages ?? []).join('\n')),
    }));
  });

/** @param {any} suite One suite of Playwright's JSON report, or the report itself. @returns {Failure[]} */
export const playwrightFailures = (suite) => [
  ...(suite?.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests
      .flatMap((/** @type {any} */ one) => one.results)
      .filter((/** @type {any} */ result) => result.status !== 'passed' && result.status !== 'skipped')
      .map((/** @type {any} */ result) => ({
        test: `${spec.file}: ${spec.title}`,
        reason: [
          short(
            (result.errors ?? [])
              .map((/** @type {any} */ error) => `${error.message}\n${error.snippet ?? ''}`)
              .join('\n'),
          ),
          ...(result.stdout ?? []).map((/** @type {any} */ one) => short(one.text ?? '')),
        ]
          .filter((part) => part !== '')
          .join('\n'),
      })),
  ),
  ...(suite?.suites ?? []).flatMap(playwrightFailures),
];
