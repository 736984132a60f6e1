import { parse } from 'jsonc-parser';
import { isRecord } from '../text/read-data.ts';
import { folderPath } from '../text/search-text.ts';
import { foldersUp, joined } from '../tree/tree-path.ts';

/** An option of a tsconfig, with the folder of the file that sets it: paths in it are from there. */
export type SetOption = { readonly value: unknown; readonly folder: string };

/** A loop of `extends` ends here. */
const chainMax = 20;

/** What a tsconfig says after `extends`, by name of the compiler option; `include` and `files` beside them. Pure. */
export function optionsOf(path: string, texts: ReadonlyMap<string, string>, depth = 0): ReadonlyMap<string, SetOption> {
  const own = configOf(texts.get(path));
  const folder = folderPath(path);
  const bases = typeof own.extends === 'string' ? [own.extends] : Array.isArray(own.extends) ? own.extends : [];
  const options = new Map<string, SetOption>();
  for (const specifier of depth < chainMax ? bases : []) {
    const base = typeof specifier === 'string' ? baseOf(folder, specifier, texts) : undefined;
    if (base !== undefined) for (const [name, set] of optionsOf(base, texts, depth + 1)) options.set(name, set);
  }
  for (const [name, value] of Object.entries(isRecord(own.compilerOptions) ? own.compilerOptions : {})) {
    options.set(name, { value, folder });
  }
  for (const name of ['include', 'files', 'references']) {
    if (own[name] !== undefined) options.set(name, { value: own[name], folder });
  }
  return options;
}

function configOf(text: string | undefined): Readonly<Record<string, unknown>> {
  const value: unknown =
    text === undefined ? undefined : parse(text.replace(/^\uFEFF/, ''), [], { allowTrailingComma: true });
  return isRecord(value) ? value : {};
}

/** A base in the tree; one that a package brings has no paths into it. */
function baseOf(folder: string, specifier: string, texts: ReadonlyMap<string, string>): string | undefined {
  const bases = specifier.startsWith('.')
    ? [joined(folder, specifier)]
    : foldersUp(folder).map((parent) => joined(parent, `node_modules/${specifier}`));
  return bases.flatMap((base) => [base, `${base}.json`, `${base}/tsconfig.json`]).find((one) => texts.has(one));
}
