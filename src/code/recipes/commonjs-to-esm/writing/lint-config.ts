import { gte } from 'semver';
import { parseDocument } from 'yaml';
import { configSource } from '../../../engine/config-source.ts';
import { literalOf, propertyOf } from '../../../engine/literals.ts';
import type { TextEdit } from '../../../recipe.ts';
import { isRecord } from '../../../text/read-data.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { foldersUp } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import type { Open, World } from '../deciding/world.ts';
import type { CommonModule } from '../reading/common-module.ts';
import { flatEdits } from './lint-flat.ts';
import { type LintEdits, type LintFacts, twinsIn } from './lint-patterns.ts';
import type { Writing } from './requires.ts';

type Renaming = { readonly world: World; readonly placeOf: (path: string) => string };

const legacy = /^\.eslintrc(\.(js|cjs|json|ya?ml))?$/;
const flat = /^eslint\.config\.[cm]?js$/;
const nothing: LintEdits = { edits: [], open: [] };

/** True for a file in which ESLint may be configured. Pure. */
export function isLintConfig(path: string): boolean {
  return legacy.test(baseName(path)) || flat.test(baseName(path));
}

/**
 * A configuration of ESLint in which the files of the package are ES modules, and those that end with .cjs are looked at, and are
 * CommonJS. Source: https://eslint.org/docs/v8.x/use/configure/language-options, and `overrides` in
 * https://eslint.org/docs/v8.x/use/configure/configuration-files. Pure.
 */
export function lintConfigEdits(path: string, text: string, { world, placeOf }: Renaming): LintEdits {
  const folder = folderPath(path);
  const below = folder === '.' ? '' : `${folder}/`;
  const isOfPackage = foldersUp(folder).includes(world.home);
  if (!isOfPackage) return nothing;
  const facts: LintFacts = {
    renamed: [...world.modules.keys()]
      .filter((one) => one.startsWith(below) && one.endsWith('.js') && placeOf(one).endsWith('.cjs'))
      .map((one) => one.slice(below.length)),
    ecmaVersion: newestOf(world.lintVersion),
  };
  if (flat.test(baseName(path))) return flatEdits(path, text, facts);
  const isTop = folder === world.home;
  if (/\.ya?ml$/.test(path) || (baseName(path) === '.eslintrc' && !/^\s*[{/]/.test(text)))
    return isTop ? { edits: yamlEdits(text, facts), open: [] } : nothing;
  const source = configSource({ path, text }, 'eslintConfig');
  if (source === undefined && baseName(path) === 'package.json') return nothing;
  const { object } = source ?? {};
  if (object === undefined) return isTop ? { edits: [], open: [toTell(text)] } : nothing;
  // JSON is read within a bracket.
  const shift = source?.kind === 'data' ? 1 : 0;
  const edits = isTop ? topEdits(object, facts) : patternTwins(object, facts);
  return { edits: edits.map((edit) => ({ ...edit, offset: edit.offset - shift })), open: [] };
}

/** The newest version of the language that ESLint knows, up to the one that is needed. */
function newestOf(lint: string | undefined): number {
  if (lint === undefined || gte(lint, '8.0.0')) return 2022;
  return gte(lint, '7.0.0') ? 2021 : 2020;
}

/** The same for a configuration that is a file of CommonJS itself. */
export function lintIn(
  { path, text }: CommonModule,
  { edits, ...renaming }: Renaming & Pick<Writing, 'edits'>,
): readonly Open[] {
  if (!isLintConfig(path)) return [];
  const made = lintConfigEdits(path, text, renaming);
  for (const { offset, length, text: put } of made.edits) edits.replace(offset, offset + length, put);
  return made.open.map((one) => ({ ...one, path }));
}

function toTell(text: string): Omit<Open, 'path'> {
  return {
    offset: Math.max(0, text.search(/\S/)),
    length: 0,
    message:
      'How ESLint reads files is put together here: they are ES modules now, and those that end with .cjs are CommonJS.',
    cure: "Set `sourceType: 'module'`, `ecmaVersion: 2022` or newer, and an override for '*.cjs' with `sourceType: 'script'`.",
  };
}

function topEdits(object: ts.ObjectLiteralExpression, facts: LintFacts): readonly TextEdit[] {
  const options = propertyOf(object, 'parserOptions');
  const hasParser = propertyOf(object, 'parser') !== undefined;
  const isOpen = options !== undefined && !ts.isObjectLiteralExpression(options);
  if (isOpen) return patternTwins(object, facts);
  const found: TextEdit[] = [];
  const type = options === undefined ? undefined : propertyOf(options, 'sourceType');
  const isModule = type !== undefined && literalOf(type) === 'module';
  const version = options === undefined ? undefined : propertyOf(options, 'ecmaVersion');
  const isOld = !hasParser && yearOf(version, object) < facts.ecmaVersion;
  const members = {
    ...(isOld && version === undefined ? { ecmaVersion: facts.ecmaVersion } : {}),
    ...(type === undefined ? { sourceType: 'module' } : {}),
  };
  if (type !== undefined && !isModule) found.push(replaced(type, quoted('module', object)));
  if (isOld && version !== undefined) found.push(replaced(version, String(facts.ecmaVersion)));
  if (options === undefined)
    found.push(inserted(object, `${keyIn(object, 'parserOptions')}: ${written(members, object)}`));
  else
    for (const [key, value] of Object.entries(members))
      found.push(inserted(options, `${keyIn(object, key)}: ${written(value, object)}`));
  return [...joinedAt(found), ...patternTwins(object, facts), ...cjsOverride(object, { facts, isModule })];
}

/** Of ESLint 7 and newer, `overrides` make a run on a folder take files that end otherwise than with .js. */
function cjsOverride(
  object: ts.ObjectLiteralExpression,
  { facts, isModule }: { readonly facts: LintFacts; readonly isModule: boolean },
): readonly TextEdit[] {
  if (facts.renamed.length === 0) return [];
  const overrides = propertyOf(object, 'overrides');
  if (overrides !== undefined && (!ts.isArrayLiteralExpression(overrides) || /\*\.cjs/.test(overrides.getText())))
    return [];
  const entry = written({ files: ['*.cjs'], ...(isModule ? {} : { parserOptions: { sourceType: 'script' } }) }, object);
  if (overrides === undefined) return [inserted(object, `${keyIn(object, 'overrides')}: [${entry}]`)];
  return [inserted(overrides, entry)];
}

/** Patterns of `overrides` for files that end with .cjs now. */
function patternTwins(object: ts.ObjectLiteralExpression, facts: LintFacts): readonly TextEdit[] {
  const overrides = propertyOf(object, 'overrides');
  if (overrides === undefined || !ts.isArrayLiteralExpression(overrides)) return [];
  return overrides.elements.flatMap((one) => {
    const files = ts.isObjectLiteralExpression(one) ? propertyOf(one, 'files') : undefined;
    return files === undefined ? [] : twinsIn(files, facts);
  });
}

/** The version of the language as a year: by `ecmaVersion`, else by `env`; 0 where neither says. */
function yearOf(version: ts.Expression | undefined, object: ts.ObjectLiteralExpression): number {
  const said = version === undefined ? undefined : literalOf(version);
  if (version !== undefined) return typeof said === 'number' ? (said < 2015 ? said + 2009 : said) : 9999;
  const env = propertyOf(object, 'env');
  const known = env === undefined ? undefined : literalOf(env);
  const years = isRecord(known)
    ? Object.entries(known).flatMap(([name, is]) =>
        is === true && /^es20\d\d$/.test(name) ? [Number(name.slice(2))] : [],
      )
    : [];
  return Math.max(0, ...years);
}

function yamlEdits(text: string, { renamed, ecmaVersion }: LintFacts): readonly TextEdit[] {
  const document = parseDocument(text);
  if (document.errors.length > 0 || document.getIn(['parserOptions', 'sourceType']) === 'module') return [];
  document.setIn(['parserOptions', 'sourceType'], 'module');
  const version = document.getIn(['parserOptions', 'ecmaVersion']);
  const year =
    typeof version === 'number' ? (version < 2015 ? version + 2009 : version) : version === undefined ? 0 : 9999;
  if (document.get('parser') === undefined && year < ecmaVersion)
    document.setIn(['parserOptions', 'ecmaVersion'], ecmaVersion);
  if (renamed.length > 0) {
    const entry = { files: ['*.cjs'], parserOptions: { sourceType: 'script' } };
    if (document.get('overrides') === undefined) document.set('overrides', [entry]);
    else document.addIn(['overrides'], document.createNode(entry));
  }
  return changedPart(text, String(document));
}

/** The part in which two texts differ, as one edit. */
function changedPart(before: string, after: string): readonly TextEdit[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [{ offset: start, length: before.length - end - start, text: after.slice(start, after.length - end) }];
}

/** Edits at one place, as one. */
function joinedAt(edits: readonly TextEdit[]): readonly TextEdit[] {
  const byPlace = new Map<string, TextEdit>();
  for (const edit of edits) {
    const key = `${edit.offset} ${edit.length}`;
    byPlace.set(key, { ...edit, text: (byPlace.get(key)?.text ?? '') + edit.text });
  }
  return [...byPlace.values()];
}

/** Puts a text behind the last member, as it stands among the others. */
function inserted(holder: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression, text: string): TextEdit {
  const members = ts.isObjectLiteralExpression(holder) ? holder.properties : holder.elements;
  const last = members.at(-1);
  if (last === undefined) return { offset: holder.getStart() + 1, length: 0, text: ` ${text} ` };
  const space = /\s*$/.exec(holder.getSourceFile().text.slice(0, last.getStart()))?.[0] ?? '';
  return { offset: last.end, length: 0, text: `,${space.includes('\n') ? space.replace(/^[^\n]*/, '') : ' '}${text}` };
}

function replaced(node: ts.Node, text: string): TextEdit {
  return { offset: node.getStart(), length: node.end - node.getStart(), text };
}

function quoteOf(object: ts.ObjectLiteralExpression): string {
  return /['"]/.exec(object.getText())?.[0] ?? "'";
}

function keyIn(object: ts.ObjectLiteralExpression, key: string): string {
  const isBare = object.properties.some(({ name }) => name !== undefined && ts.isIdentifier(name));
  return isBare ? key : `${quoteOf(object)}${key}${quoteOf(object)}`;
}

function quoted(text: string, object: ts.ObjectLiteralExpression): string {
  return `${quoteOf(object)}${text}${quoteOf(object)}`;
}

/** A value as the configuration writes its own. */
function written(value: unknown, object: ts.ObjectLiteralExpression): string {
  if (typeof value === 'string') return quoted(value, object);
  if (Array.isArray(value)) return `[${value.map((one) => written(one, object)).join(', ')}]`;
  if (!isRecord(value)) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${keyIn(object, key)}: ${written(one, object)}`)
    .join(', ')} }`;
}
