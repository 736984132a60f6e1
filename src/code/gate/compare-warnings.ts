import type { Finding } from '#core/finding';
import type { RuntimeWarning } from '../snapshot.ts';
import { type Compared, counted } from './compared.ts';
import { unmatched } from './unmatched.ts';

/** Deprecation warnings of Node that came up in the tests and did not before. They are told, and fail no gate. */
export function compareWarnings(
  before: readonly RuntimeWarning[] | undefined,
  after: readonly RuntimeWarning[] | undefined,
): Compared {
  if (before === undefined || after === undefined) return { findings: [], words: '' };
  const { after: added } = unmatched(before, after, [
    ({ code, message, package: from, place }) => JSON.stringify([code, message, from, place?.file]),
    ({ code, message, package: from }) => JSON.stringify([code, message, from]),
  ]);
  const findings = added.map(
    ({ code, message, place, package: from }): Finding => ({
      rule: 'gate/runtime-warning-new',
      severity: 'advice',
      message: `Node warns in the tests: ${code === undefined ? '' : `${code} `}${message}`,
      ...(from === undefined ? {} : { package: from }),
      ...(code === undefined ? {} : { symbol: code }),
      ...(place === undefined ? {} : { file: place.file, line: place.line, column: place.column }),
    }),
  );
  return { findings, words: added.length === 0 ? '' : counted(added.length, 'new deprecation warning') };
}
