import { styleOfTexts } from '../../../engine/code-style.ts';
import { joined } from '../../../tree/tree-path.ts';
import type { ConvertedFile } from '../convert-file.ts';
import type { ImportForm } from '../reading/moment-names.ts';
import type { MomentPackage } from '../reading/moment-package.ts';
import type { ModuleStyle } from './module-source.ts';

/** Where the local module stands, and how it is written and imported. */
export type LocalModule = {
  readonly path: string;
  readonly form: ImportForm;
  readonly style: ModuleStyle;
  /** The specifier in a file, by the way that leads there. */
  specifierIn(way: string, path: string): string;
};

/** Beside the sources where they have a folder; written as the files are that use it. */
export function localModule({ home, texts }: MomentPackage, changed: readonly ConvertedFile[]): LocalModule {
  const hasFolder = [...texts.keys()].some((path) => path.startsWith(`${joined(home.path, 'src')}/`));
  const forms = new Set(changed.flatMap(({ names }) => names.form ?? []));
  const isTypeScript = changed.some(({ path }) => /\.[cm]?tsx?$/.test(path));
  const order: readonly ImportForm[] = ['require', 'default', 'equals', 'namespace'];
  const form = order.find((one) => forms.has(one)) ?? 'default';
  const ending = isTypeScript ? 'ts' : extensionOf(home.type, form, changed);
  const path = joined(home.path, `${hasFolder ? 'src/' : ''}dayjs.${ending}`);
  const style = styleOfTexts(changed.map(({ source }) => source.text));
  return { path, form, style, specifierIn: (way, from) => specifier(way, { texts, from, type: home.type }) };
}

function extensionOf(type: 'module' | 'commonjs', form: ImportForm, changed: readonly ConvertedFile[]): string {
  if (form === 'require') return type === 'module' ? 'cjs' : 'js';
  return type === 'commonjs' && changed.every(({ path }) => path.endsWith('.mjs')) ? 'mjs' : 'js';
}

/** With or without its ending, as other relative imports of the package are written. */
function specifier(
  way: string,
  { texts, from, type }: { readonly texts: ReadonlyMap<string, string>; readonly from: string; readonly type: string },
): string {
  if (/\.[cm]js$/.test(way)) return way;
  const bare = way.replace(/\.[jt]s$/, '');
  const isTypeScript = way.endsWith('.ts');
  const style = [texts.get(from) ?? '', ...texts.values()]
    .map((text) => /(?:from|require\()\s*["'`]\.{1,2}\/[^"'`]*?(\.[cm]?[jt]sx?)?["'`]/.exec(text))
    .find((match) => match !== null);
  if (style === undefined || style === null) return isTypeScript && type === 'commonjs' ? bare : `${bare}.js`;
  if (style[1] === undefined) return !isTypeScript && type === 'module' ? way : bare;
  return isTypeScript && style[1] === '.ts' ? way : `${bare}.js`;
}
