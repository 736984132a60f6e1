import { type CodeEntry, opened, raw, text, texts } from '../../../engine/code.ts';
import { keyOf, literalOf, textsOf } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';
import { add, type VitestOptions } from '../../../vitest/vitest-options.ts';
import { computed, type Handler, ignored, nothing, rooted, shortened } from './option-parts.ts';

const ofCoverage =
  (key: string): Handler =>
  (value, { coverage }) => {
    coverage.push({ key, value: raw(value.getText()) });
  };

/** What becomes of each option of coverage. Sources: Configuring Jest; Configuring Vitest, coverage. */
export const coverageHandlers: Readonly<Record<string, Handler>> = {
  collectCoverage: (value, out) => {
    if (literalOf(value) !== false) out.coverage.unshift({ key: 'enabled', value: raw(value.getText()) });
  },
  collectCoverageFrom: (value, { coverage, left }, { base }) => {
    const list = textsOf(value);
    if (list === undefined) return void left.push(computed(value));
    const at = (path: string): string =>
      rooted(path.startsWith('<rootDir>') ? path : `<rootDir>/${path}`, base).replace(/^\.\//, '');
    const include = list.filter((one) => !one.startsWith('!'));
    const exclude = list.filter((one) => one.startsWith('!')).map((one) => one.slice(1));
    if (include.length > 0) coverage.push({ key: 'include', value: texts(include.map(at)) });
    if (exclude.length > 0) add(coverage, 'exclude', exclude.map(at));
  },
  coverageDirectory: (value, { coverage, left }, { base }) => {
    const known = literalOf(value);
    if (typeof known !== 'string') return void left.push(computed(value));
    const folder = known.startsWith('.') || known.startsWith('<rootDir>') ? known : `<rootDir>/${known}`;
    const whole = folder.startsWith('.') && base !== '.' ? `${base}/${folder}` : rooted(folder, base);
    coverage.push({ key: 'reportsDirectory', value: text(shortened(whole)) });
  },
  coveragePathIgnorePatterns: (value, out) => ignored(value, out, 'coverage'),
  coverageProvider: nothing,
  coverageReporters: ofCoverage('reporter'),
  coverageThreshold: thresholds,
};

function thresholds(value: ts.Expression, { coverage, left }: VitestOptions): void {
  if (!ts.isObjectLiteralExpression(value)) return void left.push(computed(value));
  const entries = value.properties.flatMap((property): readonly CodeEntry[] => {
    if (!ts.isPropertyAssignment(property)) return [];
    const key = keyOf(property);
    if (key !== 'global') return [{ key, value: raw(property.initializer.getText()) }];
    if (!ts.isObjectLiteralExpression(property.initializer)) return [];
    return property.initializer.properties.flatMap((one) =>
      ts.isPropertyAssignment(one) ? [{ key: keyOf(one), value: raw(one.initializer.getText()) }] : [],
    );
  });
  if (entries.length > 0) coverage.push({ key: 'thresholds', value: opened(entries) });
}
