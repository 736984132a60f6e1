import ts from 'typescript';
import { type Breach, folderOf, isTest, lineOf, type Rule, type Source } from '../house.ts';

/** Who may import whom: only along the arrows, never up, never sideways. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  report: ['core'],
  run: ['core'],
  code: ['core'],
  db: ['core'],
  app: ['core', 'db', 'code', 'run', 'report'],
  interfaces: ['core', 'report', 'app'],
};

/** Imports between top-level folders point one way; type-only imports count. */
export const importsPointOneWay: Rule = (sources) =>
  eachImport(sources, (source, { target }) => {
    const from = folderOf(source.path);
    const to = target === undefined ? undefined : folderOf(target);
    if (from === undefined || to === undefined || from === to) return undefined;
    const allowed = mayImport[from];
    if (allowed === undefined) return `src/${from}/ is not a folder of the house; see the picture in ARCHITECTURE.md`;
    if (allowed.includes(to)) return undefined;
    const list = allowed.length === 0 ? 'nothing' : allowed.join(', ');
    return `${from} imports ${to}, but may import only ${list}; move the shared word to core, or the meeting to app`;
  });

/** A wall is crossed as `#folder/name`; inside a folder paths are relative and name the file with `.ts`. */
export const importsShowWalls: Rule = (sources) =>
  eachImport(sources, (source, { specifier, target }) => {
    const from = folderOf(source.path);
    if (from === undefined || target === undefined) return undefined;
    const to = folderOf(target);
    const isRelative = specifier.startsWith('.');
    if (isRelative && to === from) return /\.(c?ts|json)$/.test(specifier) ? undefined : `${specifier} needs its .ts`;
    if (isRelative && isTest(source.path) && target.startsWith('test/')) return undefined;
    if (isRelative) return `${specifier} walks through a wall unseen; write #folder/name`;
    return to === from ? `${specifier} is in the same folder; write a relative path` : undefined;
  });

/** What src imports from npm stands under dependencies or optionalDependencies. */
export function importsAreDeclared(dependencies: readonly string[]): Rule {
  return (sources) =>
    eachImport(sources, (source, { specifier, target }) => {
      const isOurs = target !== undefined || specifier.startsWith('node:');
      if (isOurs || isTest(source.path) || folderOf(source.path) === undefined) return undefined;
      const name = packageOf(specifier);
      return dependencies.includes(name) ? undefined : `${name} is not under dependencies in package.json`;
    });
}

/** The compiler is loaded through the one module that requires it: an import of it costs Node 20 a second. */
export const compilerIsRequired: Rule = (sources) =>
  eachImport(sources, (source, { specifier, isTypeOnly }) => {
    if (specifier !== 'typescript' || isTypeOnly || isTest(source.path)) return undefined;
    return 'typescript is imported; import src/code/typescript.cts, which requires it';
  });

/** The module graph over src has no cycle; type-only imports count. */
export const noImportCycles: Rule = (sources) => {
  const graph = new Map(sources.map((source) => [source.path, source]));
  const settled = new Set<string>();
  const breaches: Breach[] = [];
  const visit = (source: Source, path: readonly string[]): void => {
    for (const { target, line } of source.imports) {
      const next = target === undefined ? undefined : graph.get(target);
      if (next === undefined || settled.has(next.path)) continue;
      const at = path.indexOf(next.path);
      if (at === -1) visit(next, [...path, next.path]);
      else breaches.push({ file: source.path, line, message: cycleMessage([...path.slice(at), next.path]) });
    }
    settled.add(source.path);
  };
  for (const source of sources) if (!settled.has(source.path)) visit(source, [source.path]);
  return breaches;
};

/** Folders and files between reading the world and changing it: functions from data to data. */
const purePlaces = [
  'src/core/',
  'src/report/',
  'src/db/operations/',
  'src/db/planning/',
  'src/db/diff.ts',
  'src/db/target.ts',
  'src/db/plan.ts',
  'src/code/version-places/',
  'src/code/package-managers/',
  'src/code/toolings/',
  'src/code/recipes/',
  'src/code/workspace/conflicts.ts',
];
const worldModules = /^(node:)?(fs|process|child_process|os|net|tls|http|https|dns|worker_threads|timers)(\/|$)/;
const worldGlobals = ['process', 'console', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'fetch'];
const worldCalls = ['Date.now', 'Math.random', 'crypto.randomUUID', 'crypto.getRandomValues'];
const randomNames = ['randomUUID', 'randomBytes', 'randomInt'];

/** The middle is pure: no clock, chance, files, process or console; core knows only its schema library and hashes. */
export const middleIsPure: Rule = (sources) =>
  sources
    .filter(({ path }) => !isTest(path) && purePlaces.some((place) => path.startsWith(place)))
    .flatMap((source) => [...worldImports(source), ...worldUses(source)]);

const writingNames =
  /^(appendFile|chmod|chown|copyFile|cp|createWriteStream|link|mkdir|mkdtemp|open|rename|rm|rmdir|symlink|truncate|unlink|utimes|writeFile)(Sync)?$/;

/** Files of a working tree are written by tree.ts, which stages them, and by kept-files.ts, which brings back what was there. */
const treeWriters = ['src/code/tree/tree.ts', 'src/code/repository/kept-files.ts'];

export const treesAreOnlyRead: Rule = (sources) =>
  sources
    .filter(({ path }) => path.startsWith('src/code/') && !treeWriters.includes(path) && !isTest(path))
    .flatMap((source) =>
      source.nodes.flatMap((node) => {
        if (!ts.isStringLiteral(node) && !ts.isIdentifier(node)) return [];
        const isWhole = ts.isNamespaceImport(node.parent) && /\bfs\b/.test(node.parent.parent.parent.getText());
        const isWriting = ts.isImportSpecifier(node.parent) && writingNames.test(node.text);
        if (!isWhole && !isWriting) return [];
        return [{ file: source.path, line: lineOf(node), message: `${node.text} may write; go through tree.ts` }];
      }),
    );

function worldImports(source: Source): readonly Breach[] {
  return source.imports.flatMap(({ specifier, target, line }) => {
    const isForeign = target === undefined;
    if (isForeign && folderOf(source.path) === 'core' && !['zod', 'node:crypto'].includes(specifier)) {
      return [{ file: source.path, line, message: `core may import only zod and node:crypto, not ${specifier}` }];
    }
    if (!worldModules.test(specifier)) return [];
    return [{ file: source.path, line, message: `a pure place imports ${specifier}; let the caller hand in the data` }];
  });
}

function worldUses(source: Source): readonly Breach[] {
  const declared = namesDeclared(source);
  return source.nodes.flatMap((node) => {
    const what = worldUse(node);
    if (what === undefined || declared.has(what)) return [];
    return [{ file: source.path, line: lineOf(node), message: `a pure place uses ${what}; take it as an argument` }];
  });
}

function worldUse(node: ts.Node): string | undefined {
  if (ts.isNewExpression(node)) {
    return node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0 ? 'new Date()' : undefined;
  }
  if (ts.isPropertyAccessExpression(node) && worldCalls.includes(node.getText())) return node.getText();
  if (!ts.isIdentifier(node)) return undefined;
  if (ts.isImportSpecifier(node.parent)) return randomNames.includes(node.text) ? node.text : undefined;
  return worldGlobals.includes(node.text) && !isKey(node) ? node.text : undefined;
}

/** True where an identifier is the name of a property and no variable. */
function isKey(node: ts.Identifier): boolean {
  const { parent } = node;
  const isNamed = ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent);
  const isMember = ts.isPropertySignature(parent) || ts.isMethodSignature(parent) || ts.isMethodDeclaration(parent);
  return (isNamed || isMember) && parent.name === node;
}

/** Names that a file declares itself; they are not the globals of that name. */
function namesDeclared(source: Source): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of source.nodes) {
    const isNaming = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
    const isDeclared = isNaming || ts.isFunctionDeclaration(node) || ts.isTypeAliasDeclaration(node);
    if (isDeclared && node.name !== undefined && ts.isIdentifier(node.name)) names.add(node.name.text);
  }
  return names;
}

function eachImport(
  sources: readonly Source[],
  check: (source: Source, entry: Source['imports'][number]) => string | undefined,
): readonly Breach[] {
  return sources.flatMap((source) =>
    source.imports.flatMap((entry) => {
      const message = check(source, entry);
      return message === undefined ? [] : [{ file: source.path, line: entry.line, message }];
    }),
  );
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function cycleMessage(path: readonly string[]): string {
  return `an import cycle: ${path.join(' → ')}; move what both need to a file of its own`;
}
