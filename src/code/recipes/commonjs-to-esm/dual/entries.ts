import { sourcesOf } from '../../../graph/built-from.ts';
import { treeIndex } from '../../../graph/tree-index.ts';
import type { TreeView } from '../../../recipe.ts';
import { isRecord } from '../../../text/read-data.ts';
import { baseName } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import type { CommonModule } from '../reading/common-module.ts';
import { importedNames } from '../reading/installed-package.ts';
import { moduleExports } from '../reading/module-exports.ts';
import { type PackageFiles, UnfitPackage } from '../reading/package-files.ts';

/** An entry of a package that is to have an ES module beside its CommonJS. Paths are from the folder of the package. */
export type DualEntry = {
  /** As in `exports`: `.` or `./name`. */
  readonly key: string;
  readonly common: string;
  readonly wrapper: string;
  readonly wrapperTypes: string;
  /** Names that the ES module exports; undefined where it passes on those that Node sees in what a compiler writes. */
  readonly names: readonly string[] | undefined;
  /** What its default is: all of the exports, or their own `default`. */
  readonly fallback: 'whole' | 'default';
  /** Declarations of the CommonJS, and whether they are `export =`. */
  readonly types: string | undefined;
  readonly isAssigned: boolean;
};

/** Finds the entries. Throws UnfitPackage where they are not known, or have ES modules already. */
export async function dualEntries(tree: TreeView, files: PackageFiles, home: string): Promise<readonly DualEntry[]> {
  const { fields } = files.manifest;
  const targets = targetsOf(fields, home, tree.paths);
  if (targets.length === 0) throw new UnfitPackage('dual=true: package.json names no entry that can be found.');
  const entries: DualEntry[] = [];
  for (const { key, path } of targets) {
    const isTyped = files.typed.length > 0;
    entries.push(
      isTyped
        ? await typedEntry(tree, { key, path, home, fields })
        : await plainEntry(tree, files, { key, path, home, fields }),
    );
  }
  return entries;
}

type Target = { readonly key: string; readonly path: string };
type Place = Target & { readonly home: string; readonly fields: Readonly<Record<string, unknown>> };

function targetsOf(
  { main, module, exports }: Readonly<Record<string, unknown>>,
  home: string,
  paths: readonly string[],
): readonly Target[] {
  if (module !== undefined || /"(import|module-sync)":/.test(JSON.stringify(exports ?? {})))
    throw new UnfitPackage('dual=true: its package.json publishes ES modules beside CommonJS already.');
  if (exports !== undefined) {
    const all: readonly [string, unknown][] = isRecord(exports) ? Object.entries(exports) : [['.', exports]];
    return all.flatMap(([key, value]) => {
      if (!key.startsWith('.') || (typeof value !== 'string' && value !== null))
        throw new UnfitPackage(
          `dual=true: \`exports\` has conditions at "${key}" already, which are not divided. Write the condition \`import\` by hand.`,
        );
      const isModule = typeof value === 'string' && value.endsWith('.js') && !value.includes('*');
      return isModule ? [{ key, path: joined('.', value) }] : [];
    });
  }
  const named = joined('.', typeof main === 'string' ? main : 'index.js');
  const found = [named, `${named}.js`, joined(named, 'index.js')].find((one) => paths.includes(joined(home, one)));
  return [{ key: '.', path: found ?? (named.endsWith('.js') ? named : `${named}.js`) }];
}

async function plainEntry(tree: TreeView, files: PackageFiles, { key, path, home, fields }: Place): Promise<DualEntry> {
  const module = files.modules.get(joined(home, path));
  if (module === undefined)
    throw new UnfitPackage(`dual=true: ${path}, which package.json names, is no CommonJS of the tree.`);
  const seen = await importedNames(module.path, async (one) => (await tree.read(one))?.text);
  const names = [...new Set([...seen, ...statedNames(module)])].filter((name) => isName(name));
  const declared = path.replace(/\.js$/, '.d.ts');
  const said = key === '.' ? (fields.types ?? fields.typings) : undefined;
  const types = [typeof said === 'string' ? joined('.', said) : declared, declared].find((one) =>
    tree.paths.includes(joined(home, one)),
  );
  const text = types === undefined ? '' : ((await tree.read(joined(home, types)))?.text ?? '');
  return {
    key,
    common: path,
    wrapper: path.replace(/\.js$/, '.mjs'),
    wrapperTypes: path.replace(/\.js$/, '.d.mts'),
    names,
    fallback: 'whole',
    types,
    isAssigned: /^export\s*=/m.test(text),
  };
}

/** Names that a file surely gives, also those that Node's lexer does not see. */
function statedNames({ exportUses }: CommonModule): readonly string[] {
  const whole = exportUses.filter((one) => one.kind === 'whole');
  const properties = exportUses.flatMap((one) => (one.kind === 'property' ? [one.name] : []));
  const [only] = whole;
  if (only === undefined) return exportUses.some(({ kind }) => kind === 'other') ? [] : properties;
  if (whole.length > 1 || !ts.isObjectLiteralExpression(only.value)) return [];
  return only.value.properties.flatMap(({ name }) => (name !== undefined && ts.isIdentifier(name) ? [name.text] : []));
}

function isName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !['default', '__esModule'].includes(name);
}

/** What is compiled is not in the tree: its names are those that Node's lexer sees in what the compiler writes of its source. */
async function typedEntry(tree: TreeView, { key, path, home, fields }: Place): Promise<DualEntry> {
  const texts = new Map<string, string>();
  for (const one of tree.paths.filter((each) => /^(package|tsconfig[^/]*)\.json$/.test(baseName(each))))
    texts.set(one, (await tree.read(one))?.text ?? '');
  const built = treeIndex(tree.paths, texts).homeOf(joined(home, 'package.json'))?.built ?? [];
  const source = sourcesOf(joined(home, path), built).find((one) => tree.paths.includes(one.path))?.path;
  const text = source === undefined ? undefined : (await tree.read(source))?.text;
  if (source === undefined || text === undefined)
    throw new UnfitPackage(`dual=true: of ${path}, which package.json names, no source is found in the tree.`);
  const name = key === '.' ? 'index' : key.slice(2);
  const said = key === '.' ? (fields.types ?? fields.typings) : undefined;
  const isAssigned = /^export\s*=/m.test(text);
  return {
    key,
    common: path,
    wrapper: `${name}.mjs`,
    wrapperTypes: `${name}.d.mts`,
    names: undefined,
    fallback: !isAssigned && moduleExports(text).own.includes('default') ? 'default' : 'whole',
    types: typeof said === 'string' ? joined('.', said) : path.replace(/\.js$/, '.d.ts'),
    isAssigned,
  };
}
