import type * as TypeScript from 'typescript';
import { constantOf, keyOf, propertyOf, withoutCasts } from '../engine/literals.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';
import ts from '../typescript.cts';
import type { PathAlias } from './path-aliases.ts';

const configuration =
  /^(vite|vitest|webpack|rspack|rolldown|rollup|jest)(\.[\w-]+)*\.(config|conf)(\.\w+)*\.[cm]?[jt]s$|^jest\.config\.json$/;

/** True for a file that may say aliases of a bundler or a test runner. */
export function mayAlias(path: string): boolean {
  return configuration.test(baseName(path));
}

/**
 * By folder, the aliases that configurations of bundlers and test runners say: `alias` of Vite, Vitest, webpack and Rollup
 * where its paths are written out, and `moduleNameMapper` of Jest where it is a beginning with `(.*)`. Pure.
 */
export function bundlerAliases(texts: ReadonlyMap<string, string>): ReadonlyMap<string, readonly PathAlias[]> {
  const byFolder = new Map<string, readonly PathAlias[]>();
  for (const [path, text] of texts) {
    const isManifest = baseName(path) === 'package.json' && text.includes('"moduleNameMapper"');
    if (!(mayAlias(path) || isManifest)) continue;
    const folder = folderPath(path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), ...aliasesIn(path, text)]);
  }
  return byFolder;
}

function aliasesIn(path: string, text: string): readonly PathAlias[] {
  const isJson = path.endsWith('.json');
  const file = ts.createSourceFile(
    isJson ? `${path}.js` : path,
    isJson ? `(${text}\n)` : text,
    ts.ScriptTarget.Latest,
    true,
  );
  const found: PathAlias[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const alias = writtenOut(propertyOf(node, 'alias'));
      if (alias !== undefined) found.push(...aliasesOf(alias, folderPath(path)));
      const mapper = writtenOut(propertyOf(node, 'moduleNameMapper'));
      if (mapper !== undefined && propertyOf(node, 'rootDir') === undefined)
        found.push(...mapped(mapper, folderPath(path)));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function writtenOut(node: TypeScript.Expression | undefined): TypeScript.Expression | undefined {
  const plain = node === undefined ? undefined : withoutCasts(node);
  return plain !== undefined && ts.isIdentifier(plain) ? constantOf(plain) : plain;
}

/** `{ '@': path }`, or `[{ find: '@', replacement: path }]`. */
function aliasesOf(node: TypeScript.Expression, folder: string): readonly PathAlias[] {
  if (ts.isArrayLiteralExpression(node))
    return node.elements.flatMap((element) => {
      if (!ts.isObjectLiteralExpression(element)) return [];
      const [find, replacement] = [propertyOf(element, 'find'), propertyOf(element, 'replacement')];
      return find !== undefined && ts.isStringLiteralLike(find) ? named(find.text, placeOf(replacement, folder)) : [];
    });
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property) => {
    const key = keyOf(property);
    return key === undefined ? [] : named(key, placeOf(propertyOf(node, key), folder));
  });
}

/** A name stands for itself and for what is below it; with `$` for itself alone (https://webpack.js.org/configuration/resolve/#resolvealias). */
function named(key: string, place: string | undefined): readonly PathAlias[] {
  if (place === undefined) return [];
  if (key.endsWith('$')) return [{ pattern: key.slice(0, -1), targets: [place] }];
  const bare = key.replace(/\/$/, '');
  const below = { pattern: `${bare}/*`, targets: [`${place}/*`] };
  return bare === key ? [{ pattern: key, targets: [place] }, below] : [below];
}

/** The path that an expression comes to, from the root of the tree; undefined where it is put together otherwise. */
function placeOf(given: TypeScript.Expression | undefined, folder: string): string | undefined {
  const node = writtenOut(given);
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return /^\/\w/.test(node.text) ? joined(folder, node.text) : undefined;
  if (ts.isTemplateExpression(node)) {
    const [span, ...more] = node.templateSpans;
    const isHere = node.head.text === '' && more.length === 0 && span !== undefined && isOwnFolder(span.expression);
    return isHere && span.literal.text.startsWith('/') ? joined(folder, span.literal.text) : undefined;
  }
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'pathname') return urlPlace(node.expression, folder);
  if (!ts.isCallExpression(node)) return undefined;
  const name = nameOf(node.expression);
  const [first, ...rest] = node.arguments;
  if (name === 'fileURLToPath') return first === undefined ? undefined : urlPlace(first, folder);
  if (first === undefined || (name !== 'resolve' && name !== 'join')) return undefined;
  const words = (isOwnFolder(first) ? rest : [first, ...rest]).map((one) =>
    ts.isStringLiteralLike(one) ? one.text : undefined,
  );
  const isPlain = words.length > 0 && words.every((word) => word !== undefined && !word.startsWith('/'));
  return isPlain ? joined(folder, words.join('/')) : undefined;
}

function urlPlace(node: TypeScript.Expression, folder: string): string | undefined {
  if (!ts.isNewExpression(node) || nameOf(node.expression) !== 'URL') return undefined;
  const [way, base] = node.arguments ?? [];
  if (way === undefined || !ts.isStringLiteralLike(way) || base?.getText() !== 'import.meta.url') return undefined;
  return joined(folder, way.text);
}

function isOwnFolder(node: TypeScript.Expression): boolean {
  const text = (writtenOut(node) ?? node).getText();
  return /^(__dirname|import\.meta\.dirname|process\.cwd\(\)|(path\.)?dirname\(fileURLToPath\(import\.meta\.url\)\))$/.test(
    text,
  );
}

function nameOf(node: TypeScript.Expression): string {
  return ts.isPropertyAccessExpression(node) ? node.name.text : node.getText();
}

/** `'^@/(.*)$': '<rootDir>/src/$1'`. */
function mapped(node: TypeScript.Expression, folder: string): readonly PathAlias[] {
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property) => {
    const key = keyOf(property) ?? '';
    const value = writtenOut(propertyOf(node, key));
    const head = /^\^([\w@~#/-]+)\(\.[*+]\)\$?$/.exec(key)?.[1];
    const way =
      value !== undefined && ts.isStringLiteralLike(value)
        ? /^<rootDir>\/([\w@./-]*)\$1$/.exec(value.text)?.[1]
        : undefined;
    return head === undefined || way === undefined
      ? []
      : [{ pattern: `${head}*`, targets: [joined(folder, `${way}*`)] }];
  });
}
