import type { Finding } from '#core/finding';
import type { TypescriptSettings } from '../snapshot.ts';
import type { Compared } from './compared.ts';
import { counted } from './compared.ts';
import type { Strictness } from './measurement.ts';

/** Options that make the compiler stricter where they are true. https://www.typescriptlang.org/tsconfig/#strict */
const strict = new Set(
  'strict strictNullChecks strictFunctionTypes strictBindCallApply strictPropertyInitialization strictBuiltinIteratorReturn noImplicitAny noImplicitThis useUnknownInCatchVariables alwaysStrict noUncheckedIndexedAccess exactOptionalPropertyTypes noImplicitReturns noFallthroughCasesInSwitch noUnusedLocals noUnusedParameters noImplicitOverride noPropertyAccessFromIndexSignature checkJs'.split(
    ' ',
  ),
);
/** Options that make it look away where they are true. */
const loose = new Set(['skipLibCheck', 'skipDefaultLibCheck', 'noCheck', 'allowUnreachableCode', 'allowUnusedLabels']);

/** What each tsconfig says of strictness. Only what is said counts: defaults differ from version to version. */
export function strictnessOf(settings: readonly TypescriptSettings[]): readonly Strictness[] {
  return settings.map(({ file, options }) => ({
    file,
    options: Object.fromEntries(
      Object.entries(options).flatMap(([name, value]) =>
        typeof value === 'boolean' && (strict.has(name) || loose.has(name)) ? [[name, value] as const] : [],
      ),
    ),
  }));
}

/**
 * Options that were turned down, so that the compiler sees less. `strict: true` that became `false` stops the gate; one
 * that is said to be loose now and was not mentioned before is told: it may only keep an old default.
 */
export function compareStrictness(
  before: readonly Strictness[] | undefined,
  after: readonly Strictness[] | undefined,
): Compared {
  if (before === undefined || after === undefined) return { findings: [], words: '' };
  const findings = after.flatMap(({ file, options }) => {
    const old = before.find((entry) => entry.file === file)?.options;
    if (old === undefined) return [];
    return Object.entries(options).flatMap(([name, value]): readonly Finding[] => {
      const isLoose = strict.has(name) ? !value : value;
      if (!isLoose || old[name] === value) return [];
      const was = old[name] === undefined ? 'not set' : String(old[name]);
      return [
        {
          rule: 'gate/strictness-lowered',
          severity: old[name] === undefined ? 'warning' : 'error',
          message: `${file}: \`${name}\` is ${value} and was ${was} before, so that the compiler sees less.`,
          file,
          symbol: name,
        },
      ];
    });
  });
  const lowered = findings.filter(({ severity }) => severity === 'error').length;
  return { findings, words: lowered === 0 ? '' : `${counted(lowered, 'compiler option')} turned down` };
}
