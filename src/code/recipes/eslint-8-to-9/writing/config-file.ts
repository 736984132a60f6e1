import { type Code, type CodeStyle, opened, quoted, raw, text, texts, writeCode } from '../../../engine/code.ts';
import type { ConfigSource } from '../../../engine/config-source.ts';
import { propertyOf, textsOf } from '../../../engine/literals.ts';
import ts from '../../../typescript.cts';
import type { ConfigTop } from '../reading/config-tops.ts';
import { joined, referredTo } from '../reading/config-tops.ts';
import { flatPreset } from '../reading/flat-presets.ts';
import type { LintFlags } from '../reading/lint-command.ts';
import { overridesOf, unreadable } from '../reading/readable.ts';
import { type FlatWork, flatObjects, globalIgnores, isSilentOnType, relative } from './flat-object.ts';
import { below } from './globs.ts';
import { type Imports, importsFor } from './imports.ts';
import type { RuleNames } from './rules-code.ts';

/** What a new file is made from. */
export type ConfigFileParts = {
  readonly top: ConfigTop;
  readonly form: 'module' | 'commonjs';
  readonly style: CodeStyle;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly flags: Pick<LintFlags, 'extensions' | 'environments' | 'isStrictOnWarnings'>;
  /** Patterns of ignore files, as flat configuration takes them. */
  readonly ignores: readonly string[];
  /** Ignore files that are named by their path. */
  readonly ignoreFiles: readonly string[];
  /** Rules of the tree's own folders: name → path from the new file. */
  readonly ownRules: ReadonlyMap<string, string>;
  /** Files with comments `eslint-env`: environments → paths from the new file's folder. */
  readonly environments: ReadonlyMap<string, readonly string[]>;
};

/** A new file, and what of the old ones it could not take over. */
export type ConfigFile = {
  readonly text: string;
  readonly modules: readonly string[];
  /** Old files that the new one loads, so that they stay, each with the reason. */
  readonly loaded: readonly { readonly source: ConfigSource; readonly node: ts.Node; readonly why: string }[];
  readonly gone: readonly { readonly source: ConfigSource; readonly node: ts.Node; readonly rule: string }[];
};

/** Writes the flat configuration for everything that a folder's old configurations say. Pure. */
export function configFile(parts: ConfigFileParts): ConfigFile {
  const { top, form, style, ownRules } = parts;
  const [first] = top.sources;
  const isKept = first?.kind === 'code' && first.folder === top.folder && faultOf(first) === undefined;
  const kept = isKept ? first.statements : [];
  const imports = importsFor(form, kept);
  imports.member('eslint/config', 'defineConfig');
  const work = workOf(parts, imports);
  const loaded: { source: ConfigSource; node: ts.Node; why: string }[] = [];
  const gone: { source: ConfigSource; node: ts.Node; rule: string }[] = [];
  const names = namesOf(ownRules, parts.dependencies);
  const elements = top.sources.flatMap((source): readonly Code[] => {
    const fault =
      faultOf(source) ??
      (source !== first && source.statements.some((one) => !isDirective(one)) ? partOfCode(source) : undefined);
    if (fault === undefined)
      return flatObjects(source, {
        ...work,
        rules: names,
        gone: (...[from, node, rule]) => gone.push({ source: from, node, rule }),
      });
    loaded.push({ source, ...fault });
    return [loadedCode(source, loaded.length, { imports, folder: top.folder })];
  });
  const all = [...leading(parts, imports), ...assumed(first, work), ...elements, ...trailing(parts, imports)];
  const list: Code = {
    kind: 'call',
    callee: 'defineConfig',
    args: [{ kind: 'list', items: all.map((value) => ({ value })) }],
  };
  const start = form === 'module' ? 'export default ' : 'module.exports = ';
  const body = writeCode(list, style, { indent: '', column: start.length });
  const setup = setupOf(parts, imports, { loaded: loaded.map(({ source }) => source), body });
  const rules = ownRules.size === 0 ? [] : [rulesdirCode([...ownRules], imports, style)];
  const head = kept.filter(isDirective);
  const pieces = [
    head.map((one) => one.getFullText().trim()).join('\n'),
    imports.write(style),
    [...setup, ...rules].join('\n'),
    kept
      .filter((one) => !isDirective(one))
      .map((one) => one.getFullText())
      .join('')
      .trim(),
    `${start}${body}${style.end}`,
  ];
  const written = `${pieces.filter((piece) => piece !== '').join('\n\n')}\n`;
  return { text: written, modules: imports.modules(), loaded, gone };
}

function faultOf(source: ConfigSource) {
  if (source.object === undefined) return { node: source.file, why: 'it is put together when it is loaded' };
  return unreadable(source.object);
}

function partOfCode(source: ConfigSource) {
  return { node: source.file, why: 'it holds more than the configuration' };
}

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

function namesOf(own: ReadonlyMap<string, string>, dependencies: Readonly<Record<string, string>>): RuleNames {
  const renamed = new Map([...own.keys()].map((name) => [name, `rulesdir/${name}`] as const));
  return { renamed, isTypescript: dependencies['@typescript-eslint/eslint-plugin'] !== undefined };
}

function workOf({ top, dependencies }: ConfigFileParts, imports: Imports): Omit<FlatWork, 'rules' | 'gone'> {
  const extended: FlatWork['extended'] = (object, source) => {
    const above = top.sources.slice(0, top.sources.indexOf(source));
    const from = relative(source.folder, top.folder);
    return (textsOf(propertyOf(object, 'extends')) ?? []).flatMap((entry) => {
      if (!entry.startsWith('.')) return [entry];
      if (referredTo(entry, source.folder, above) !== undefined) return [];
      return [from === '.' ? entry : `./${joined(from, entry)}`];
    });
  };
  const objects = top.sources.flatMap((source) => {
    const { object } = source;
    if (object === undefined || faultOf(source) !== undefined) return [];
    return [object, ...overridesOf(object)].map((one) => ({
      object: one,
      source,
      isOutermost: one === object && source.folder === top.folder,
    }));
  });
  const presets = objects.flatMap((one) =>
    extended(one.object, one.source).map((entry) => ({
      preset: flatPreset(entry, dependencies),
      isOutermost: one.isOutermost,
    })),
  );
  const brought = presets.flatMap(({ preset, isOutermost }) =>
    isOutermost && preset?.plugin !== undefined ? [preset.plugin.name] : [],
  );
  const isLoaded = top.sources.some((source) => faultOf(source) !== undefined);
  const named = objects.flatMap(({ object }) => textsOf(propertyOf(object, 'plugins')) ?? []);
  const isSplit = presets.some(({ preset }) => {
    const plugin = preset?.plugin;
    return plugin !== undefined && !plugin.isModule && !brought.includes(plugin.name) && named.includes(plugin.name);
  });
  const isKnown = presets.every(({ preset }) => preset !== undefined) && !isSplit && !isLoaded;
  return {
    imports,
    extending: isKnown ? 'presets' : 'bridge',
    folder: top.folder,
    dependencies,
    isTree: Object.keys(dependencies).length > 0,
    brought: isKnown ? new Set(brought) : new Set(),
    shut: top.shut,
    extended,
  };
}

/** What comes before the configurations: other endings, what is ignored, environments of the command line. */
function leading({ flags, ignores, ignoreFiles }: ConfigFileParts, imports: Imports): readonly Code[] {
  const more = flags.extensions.filter((extension) => !['js', 'cjs', 'mjs'].includes(extension));
  const files = [...new Set(more)].map((extension) => `**/*.${extension}`);
  return [
    ...ignoreFiles.map((path) => {
      const name = ignoreName(path);
      imports.whole('node:path', 'path');
      return raw(`${imports.member('@eslint/compat', 'includeIgnoreFile')}(${name})`);
    }),
    ...(ignores.length === 0 ? [] : [globalIgnores(ignores, imports)]),
    ...(files.length === 0 ? [] : [opened([{ key: 'files', value: texts(files) }])]),
    ...(flags.isStrictOnWarnings
      ? [
          opened([
            { key: 'linterOptions', value: opened([{ key: 'reportUnusedDisableDirectives', value: text('off') }]) },
          ]),
        ]
      : []),
    ...(flags.environments.length === 0 ? [] : [withGlobals(flags.environments, undefined, imports)]),
  ];
}

/** The type of source that ESLint 8 assumes, where what is extended may say another afterwards. */
function assumed(source: ConfigSource | undefined, work: Pick<FlatWork, 'extended' | 'isTree'>): readonly Code[] {
  const object = source?.object;
  if (source === undefined || object === undefined || faultOf(source) !== undefined || !work.isTree) return [];
  const options = propertyOf(object, 'parserOptions');
  const isSaid =
    options !== undefined && ts.isObjectLiteralExpression(options) && propertyOf(options, 'sourceType') !== undefined;
  if (isSaid || work.extended(object, source).every(isSilentOnType)) return [];
  const isNode = /\b(node|commonjs)['"]?: true/.test(propertyOf(object, 'env')?.getText() ?? '');
  const type: Code = { kind: 'text', value: isNode ? 'commonjs' : 'script' };
  return [opened([{ key: 'languageOptions', value: opened([{ key: 'sourceType', value: type }]) }])];
}

function trailing({ environments }: ConfigFileParts, imports: Imports): readonly Code[] {
  return [...environments].map(([names, files]) => withGlobals(names.split(','), files, imports));
}

function withGlobals(names: readonly string[], files: readonly string[] | undefined, imports: Imports): Code {
  const globals = imports.whole('globals', 'globals');
  const spreads = names.map((name) => ({
    value: raw(/^\w+$/.test(name) ? `...${globals}.${name}` : `...${globals}["${name}"]`),
  }));
  return opened([
    ...(files === undefined ? [] : [{ key: 'files', value: texts(files) }]),
    { key: 'languageOptions', value: opened([{ key: 'globals', value: opened(spreads) }]) },
  ]);
}

function ignoreName(path: string): string {
  return path === '.gitignore' ? 'gitignorePath' : `ignorePath_${path.replaceAll(/\W+/g, '_')}`;
}

function loadedCode(
  source: ConfigSource,
  count: number,
  { imports, folder }: { readonly imports: Imports; readonly folder: string },
): Code {
  imports.member('@eslint/eslintrc', 'FlatCompat');
  const from = relative(source.folder, folder);
  const path = from === '.' ? `./${source.path.split('/').at(-1)}` : `./${from}/${source.path.split('/').at(-1)}`;
  const name = imports.whole(path, count === 1 ? 'oldConfig' : `oldConfig${count}`);
  if (from === '.') return raw(`...compat.config(${name})`);
  imports.whole('node:path', 'path');
  return opened([
    { key: 'files', value: texts([below(from)]) },
    { key: 'extends', value: raw(`compatIn(${JSON.stringify(from)}).config(${name})`) },
  ]);
}

function setupOf(
  { form, style, ignoreFiles }: ConfigFileParts,
  imports: Imports,
  { loaded, body }: { readonly loaded: readonly ConfigSource[]; readonly body: string },
): readonly string[] {
  const isBridged = body.includes('compat.');
  const isNested = loaded.length > 0 && body.includes('compatIn(');
  const needsFolder = isBridged || isNested || ignoreFiles.length > 0;
  const lines: string[] = [];
  if (needsFolder && form === 'module') {
    const path = imports.whole('node:path', 'path');
    imports.member('node:url', 'fileURLToPath');
    lines.push(`const __filename = fileURLToPath(import.meta.url)${style.end}`);
    lines.push(`const __dirname = ${path}.dirname(__filename)${style.end}`);
  }
  const js = isBridged || isNested ? imports.whole('@eslint/js', 'js') : '';
  const members = (base: string) =>
    opened([
      { key: 'baseDirectory', value: raw(base) },
      { key: 'recommendedConfig', value: raw(`${js}.configs.recommended`) },
      { key: 'allConfig', value: raw(`${js}.configs.all`) },
    ]);
  const compat = (base: string): Code => ({ kind: 'call', callee: 'new FlatCompat', args: [members(base)] });
  const at = { indent: '', column: 0 };
  if (isBridged) lines.push(`const compat = ${writeCode(compat('__dirname'), style, at)}${style.end}`);
  if (isNested) {
    const path = imports.whole('node:path', 'path');
    const inner = style.indent;
    lines.push(
      `const compatIn = (folder) =>\n${inner}${writeCode(compat(`${path}.join(__dirname, folder)`), style, { ...at, indent: inner })}${style.end}`,
    );
  }
  for (const path of ignoreFiles)
    lines.push(`const ${ignoreName(path)} = path.resolve(__dirname, ${quoted(path, style)})${style.end}`);
  return lines;
}

function rulesdirCode(own: readonly (readonly [string, string])[], imports: Imports, style: CodeStyle): string {
  const entries = own.map(([name, path]) => {
    const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
    const variable = words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
    return { key: name, value: raw(imports.whole(path, `${variable}Rule`)) };
  });
  const value = opened([{ key: 'rules', value: opened(entries) }]);
  return `const rulesdir = ${writeCode(value, style, { indent: '', column: 0 })}${style.end}`;
}
