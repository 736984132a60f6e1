import type { Finding } from '#core/finding';
import type { Compared } from './compared.ts';
import { type Escape, escapeKinds } from './measurement.ts';
import { unmatched } from './unmatched.ts';

const rules: Readonly<Record<Escape['kind'], { readonly rule: string; readonly says: string }>> = {
  any: { rule: 'gate/any-added', says: '`any`' },
  'ts-ignore': { rule: 'gate/ts-ignore-added', says: '@ts-ignore' },
  'ts-expect-error': { rule: 'gate/ts-expect-error-added', says: '@ts-expect-error' },
  'ts-nocheck': { rule: 'gate/ts-nocheck-added', says: '@ts-nocheck' },
  'type-ignore': { rule: 'gate/type-ignore-added', says: '`type: ignore`' },
  'lint-disable': { rule: 'gate/eslint-disable-added', says: 'comment that turns a linter off' },
  'test-skip': { rule: 'gate/test-skip-added', says: 'skip of a test' },
  'test-todo': { rule: 'gate/test-todo-added', says: '`todo` of a test' },
  'test-only': { rule: 'gate/test-only-added', says: '`only` of a test' },
};

/** Escapes that were added, wherever lines and files have moved. `sources` are the files that were looked into. */
export function compareEscapes(
  before: readonly Escape[],
  after: readonly Escape[],
  sources: readonly string[],
): Compared {
  const { after: added } = unmatched(before, after, [
    ({ kind, file, text }) => JSON.stringify([kind, file, text]),
    ({ kind, text }) => JSON.stringify([kind, text]),
    ({ kind, file }) => JSON.stringify([kind, file]),
  ]);
  const findings = added.map(
    ({ kind, file, line, column, text }): Finding => ({
      rule: rules[kind].rule,
      severity: 'error',
      message: `A new ${rules[kind].says}: ${text}`,
      file,
      line,
      column,
    }),
  );
  const counts = escapeKinds.flatMap((kind) => {
    const count = added.filter((entry) => entry.kind === kind).length;
    return count === 0 ? [] : [`${count} new ${rules[kind].says}`];
  });
  return { findings, words: counts.length > 0 ? counts.join(', ') : `no new ${lookedFor(sources)}` };
}

function lookedFor(sources: readonly string[]): string {
  const isPython = (file: string): boolean => /\.pyi?$/.test(file);
  const javascript = 'any, @ts-ignore, @ts-expect-error, eslint-disable or skip';
  const python = 'Any, type: ignore, noqa or skip';
  const parts = [
    ...(sources.every(isPython) && sources.length > 0 ? [] : [javascript]),
    ...(sources.some(isPython) ? [python] : []),
  ];
  return parts.join(', and no new ');
}
