import { jsonOf } from '../../../text/read-data.ts';
import { baseName, folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';

/** Bundlers that read TypeScript as they read JavaScript, with what starts and what configures them. */
const bundlers = [
  { name: 'vite', program: 'vite', config: /^vite\.config\.[cm]?[jt]s$/, page: true },
  { name: '@rsbuild/core', program: 'rsbuild', config: /^rsbuild\.config\.[cm]?[jt]s$/, page: false },
  { name: 'parcel', program: 'parcel', config: /^\.parcelrc$/, page: true },
  { name: 'next', program: 'next', config: /^next\.config\.[cm]?[jt]s$/, page: false },
  { name: 'astro', program: 'astro', config: /^astro\.config\.[cm]?[jt]s$/, page: false },
] as const;

/** Programs that build from JavaScript and have to be told of TypeScript, and their configuration. */
const builders =
  /^(webpack|webpack-cli|webpack-dev-server|rspack|rollup|microbundle|babel|esbuild|rolldown|tsup|tsdown|swc|browserify|ncc|gulp)$/;
const builderConfig =
  /^(webpack|rspack|rollup|rolldown|tsup|tsdown)\.config(\.\w+)?\.[cm]?[jt]s$|^gulpfile\.[cm]?[jt]s$/;
const builderImport =
  /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)['"](webpack|@rspack\/core|rollup|esbuild|rolldown|@swc\/core|@babel\/core)['"]/;

type Look = {
  readonly home: string;
  readonly paths: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  /** Texts of the package's own scripts. */
  readonly texts: ReadonlyMap<string, string>;
  /** The page at the top of the package. */
  readonly page: string | undefined;
};

/**
 * The bundler by which the package runs: one that a script starts, that is configured, or that has a page to begin at. That it
 * is installed says nothing: tests need Vite too. Pure.
 */
export function bundlerOf(look: Look): string | undefined {
  const programs = new Set(Object.values(look.scripts).flatMap(programsOf));
  const isDependency = (name: string) => Object.hasOwn(look.dependencies, name);
  const hasEntry = /<script\b[^>]*\btype=["']?module\b/.test(look.page ?? '');
  return bundlers.find(
    ({ name, program, config, page }) =>
      programs.has(program) ||
      topFiles(look, config).some((path) => !isOfTests(look.texts.get(path) ?? '', look.dependencies)) ||
      (isDependency(name) && ((page && hasEntry) || isCalled(name, look))),
  )?.name;
}

/** What builds the package and is not taught TypeScript here: how it is known. Pure. */
export function builderOf(look: Look): string | undefined {
  for (const [name, script] of Object.entries(look.scripts)) {
    if (programsOf(script).some((program) => builders.test(program)))
      return `Its script ${name} builds it by \`${script}\``;
    for (const [path, text] of look.texts) {
      const called = isNamed(path, script, look.home) ? builderImport.exec(text)?.[1] : undefined;
      if (called !== undefined) return `Its script ${name} builds it by ${path}, which calls ${called}`;
    }
  }
  const [config] = topFiles(look, builderConfig);
  return config === undefined ? undefined : `It is built as ${config} says`;
}

function topFiles({ home, paths }: Look, name: RegExp): readonly string[] {
  return paths.filter((path) => folderPath(path) === home && name.test(baseName(path)));
}

function isNamed(path: string, script: string, home: string): boolean {
  return script.split(/[\s"'=;&|]+/).some((word) => word !== '' && joined(home, word) === path);
}

/** A server of its own starts the bundler by its API. */
function isCalled(name: string, { texts, scripts, home }: Look): boolean {
  const call = new RegExp(`(?:\\bfrom\\s*|\\bawait import\\(\\s*|\\brequire\\(\\s*)['"]${name}['"]`);
  return [...texts].some(
    ([path, text]) => call.test(text) && Object.values(scripts).some((script) => isNamed(path, script, home)),
  );
}

/** Words before a program that only say how it is started. */
const wrappers =
  /^(npx|bunx|cross-env(-shell)?|env|dotenv|dotenvx|pnpm|yarn|bun|npm|exec|dlx|x|time|sudo|nice|then|do|!|-{1,2}\S*|[A-Za-z_]\w*=\S*)$/;

/** Every program that a script starts itself, also within the quotes of another. */
function programsOf(script: string): readonly string[] {
  const commands = script.split(/&&|\|\||[;|&()"'`\n]|\s--\s/);
  return commands.flatMap((command) => {
    const words = command.trim().split(/\s+/);
    const rest = words.slice(words.findIndex((word) => !wrappers.test(word)));
    const [first = '', second = ''] = rest;
    const own = first === 'node' && second.includes('node_modules/') ? second : first;
    return own === '' || wrappers.test(own) ? [] : [baseName(own).replace(/\.([cm]?js|cmd|exe)$/, '')];
  });
}

/** Members of a configuration of Vite that say how tests run, and of nothing that is bundled. */
const testMembers = /^(test|resolve|define|esbuild|oxc|cacheDir)$/;

/** True for a configuration of Vite in which only Vitest finds something. */
function isOfTests(text: string, dependencies: Look['dependencies']): boolean {
  if (!Object.hasOwn(dependencies, 'vitest') || !/\btest\s*:/.test(text)) return false;
  const source = ts.createSourceFile('config.ts', text, ts.ScriptTarget.ESNext, true);
  const exported = source.statements.find(ts.isExportAssignment)?.expression;
  const object = exported === undefined ? undefined : objectIn(exported);
  return object?.properties.every(({ name }) => name !== undefined && testMembers.test(name.getText(source))) === true;
}

/** `{…}`, also as the argument of `defineConfig`, or what the function there gives. */
function objectIn(node: ts.Expression): ts.ObjectLiteralExpression | undefined {
  if (ts.isObjectLiteralExpression(node)) return node;
  if (ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node) || ts.isAsExpression(node))
    return objectIn(node.expression);
  if (ts.isCallExpression(node) && node.arguments[0] !== undefined) return objectIn(node.arguments[0]);
  return ts.isArrowFunction(node) && !ts.isBlock(node.body) ? objectIn(node.body) : undefined;
}

/** Paths that a part of a package.json names, with conditions and lists taken apart. */
export function targetsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(targetsIn);
}

/** Scripts of a package that others start as commands, by name. Pure. */
export function commandsOf(text: string, home: string): ReadonlyMap<string, string> {
  const fields = jsonOf(text);
  const bin = typeof fields === 'object' && fields !== null && 'bin' in fields ? fields.bin : undefined;
  if (typeof bin === 'string') return new Map([['', joined(home, bin)]]);
  if (typeof bin !== 'object' || bin === null) return new Map();
  const named = Object.entries(bin).filter((one): one is [string, string] => typeof one[1] === 'string');
  return new Map(named.map(([name, path]) => [name, joined(home, path)]));
}
