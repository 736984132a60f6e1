import { withLineEndsOf } from '../../../engine/line-ends.ts';
import { optionsOf } from '../../../graph/config-chain.ts';
import type { TextEdit } from '../../../recipe.ts';
import { withValueAt } from '../../../text/insert-member.ts';

/** A tsconfig of the package, with what its compiler makes of it after `extends`. */
export type TypedConfig = { readonly path: string; readonly text: string };

/** Values of `module` under which a `.ts` of a package without `type: module` is CommonJS, and with it an ES module. */
const asNode = /^(node16|node18|node20|nodenext)$/i;
const oldTargets = /^es[35]$/i;

/** What `module` is, named or by default; TypeScript 6 has another default than those before. Pure. */
export function moduleOf(
  path: string,
  texts: ReadonlyMap<string, string>,
  major: number,
): 'commonjs' | 'node' | 'other' {
  const options = optionsOf(path, texts);
  const module = options.get('module')?.value;
  const target = options.get('target')?.value;
  if (typeof module === 'string') {
    if (/^commonjs$/i.test(module)) return 'commonjs';
    return asNode.test(module) ? 'node' : 'other';
  }
  const isOld = target === undefined || (typeof target === 'string' && oldTargets.test(target));
  return major < 6 && isOld ? 'commonjs' : 'other';
}

/** The edits of each tsconfig for `module: nodenext`; those that others extend come first. Pure. */
export function configEdits(
  configs: readonly TypedConfig[],
  texts: ReadonlyMap<string, string>,
  major: number,
): ReadonlyMap<string, readonly TextEdit[]> {
  const now = new Map(texts);
  const made = new Map<string, readonly TextEdit[]>();
  const isBase = ({ text }: TypedConfig) => !/"extends"/.test(text);
  const ordered = [...configs.filter(isBase), ...configs.filter((one) => !isBase(one))];
  for (const { path, text } of ordered) {
    let put = text;
    if (moduleOf(path, now, major) === 'commonjs') put = withOption(put, 'module', 'nodenext');
    now.set(path, put);
    const resolution = optionsOf(path, now).get('moduleResolution')?.value;
    const isOther = typeof resolution === 'string' && !/^(node16|nodenext)$/i.test(resolution);
    if (isOther && moduleOf(path, now, major) === 'node') put = withOption(put, 'moduleResolution', 'nodenext');
    now.set(path, put);
    if (put !== text) made.set(path, [{ offset: 0, length: text.length, text: withLineEndsOf(text, put) }]);
  }
  return made;
}

function withOption(text: string, name: string, value: string): string {
  return withValueAt(text, { keys: ['compilerOptions', name], value });
}
