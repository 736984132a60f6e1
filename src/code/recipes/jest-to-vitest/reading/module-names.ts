import { type Code, raw, text } from '../../../engine/code.ts';
import { keyOf, literalOf } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';
import type { LeftOption } from '../../../vitest/vitest-options.ts';

/**
 * One rule of `moduleNameMapper` as an alias of Vite, which replaces only what its pattern matches; undefined where Vite does
 * by itself what the rule is for (style sheets, `.js` that stands for `.ts`).
 */
export function aliasOf(property: ts.ObjectLiteralElementLike, base: string): Code | LeftOption | undefined {
  const pattern = keyOf(property);
  const value = ts.isPropertyAssignment(property) ? literalOf(property.initializer) : undefined;
  const left = (message: string): LeftOption => ({ node: property, message, cure: 'Write an alias: `resolve.alias`.' });
  if (pattern === undefined || typeof value !== 'string') return left('Where the module is to be found is computed.');
  if (value === 'identity-obj-proxy' || isStyle(pattern) || /\\\.js\$$/.test(pattern)) return undefined;
  const whole = `${pattern.startsWith('^') ? '' : '^.*'}${pattern}${pattern.endsWith('$') ? '' : '.*$'}`;
  const find = regexOf(whole);
  if (find === undefined) return left(`${pattern} is no pattern.`);
  const inTree = /^<rootDir>\/?(.*)$/.exec(value);
  const folder = base === '.' ? '' : base.replace(/^\.\//, '').concat('/');
  const replacement =
    inTree === null
      ? text(value)
      : raw(`\`\${import.meta.dirname}/${folder}${(inTree[1] ?? '').replaceAll('`', '\\`')}\``);
  const entries = [
    { key: 'find', value: raw(find) },
    { key: 'replacement', value: replacement },
  ];
  return { kind: 'object', entries, isOpen: false };
}

function isStyle(pattern: string): boolean {
  return /\b(css|less|s[ac]ss|styl)\b/.test(pattern) && !/\b(png|svg|jpe?g|gif|woff2?)\b/.test(pattern);
}

function regexOf(source: string): string | undefined {
  try {
    return String(new RegExp(source));
  } catch {
    return undefined;
  }
}
