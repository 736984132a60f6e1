import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import { sloppyReasons } from '../sloppy/sloppy-reasons.ts';
import { strictDirective } from '../sloppy/strict-code.ts';
import { type ExportUse, exportUse } from './export-use.ts';
import type { Hindrance } from './hindrance.ts';
import { isInMainCheck, mainCheck, parentCheck } from './main-check.ts';
import { type Binding, type RequireCall, requireCall } from './require-call.ts';
import { isTarget, type Names, namesOf, type Reference } from './scope.ts';
import { type StubbedCall, stubbedCalls } from './stubbed-calls.ts';

/** What a file makes of a module that it has bound as a whole. */
export type WholeUse = {
  readonly members: ReadonlySet<string>;
  /** It gives a property another value. */
  readonly isMutated: boolean;
  /** It hands the module on, or uses it as a value. */
  readonly isPassed: boolean;
};

/** A file of CommonJS, read. */
export type CommonModule = {
  readonly path: string;
  readonly text: string;
  readonly source: TypeScript.SourceFile;
  readonly names: Names;
  readonly requires: readonly RequireCall[];
  /** Dynamic imports that are there already, by specifier. */
  readonly imported: readonly string[];
  readonly exportUses: readonly ExportUse[];
  readonly dirnames: readonly TypeScript.Identifier[];
  readonly filenames: readonly TypeScript.Node[];
  /** `require.main === module` and its like, each as a whole. */
  readonly mainChecks: readonly TypeScript.Expression[];
  /** `require` used otherwise than with a text: it stays, by createRequire. */
  readonly otherRequires: readonly {
    readonly node: TypeScript.Identifier;
    readonly argument: TypeScript.Expression | undefined;
  }[];
  /** Calls of proxyquire and its like: what they name is loaded by require. */
  readonly stubbed: readonly StubbedCall[];
  readonly strict: TypeScript.Statement | undefined;
  readonly hindrances: readonly Hindrance[];
};

type Found = {
  -readonly [Key in
    | 'requires'
    | 'imported'
    | 'exportUses'
    | 'dirnames'
    | 'filenames'
    | 'mainChecks']: CommonModule[Key][number][];
} & {
  readonly otherRequires: CommonModule['otherRequires'][number][];
  readonly hindrances: Hindrance[];
};

/** Reads a file as CommonJS. Pure. */
export function readCommonModule(path: string, text: string): CommonModule {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JSX);
  const names = namesOf(source);
  const strict = strictDirective(source.statements);
  const found: Found = {
    requires: [],
    imported: [],
    exportUses: [],
    dirnames: [],
    filenames: [],
    mainChecks: [],
    otherRequires: [],
    hindrances: [],
  };
  for (const reference of names.references) if (reference.scope === 'free') readFree(reference, found);
  walk(source, (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [given] = node.arguments;
      if (given !== undefined && ts.isStringLiteralLike(given)) found.imported.push(given.text);
    }
  });
  const more = [...namedModule(names), ...sloppyReasons(source, names, strict !== undefined)];
  return {
    path,
    text,
    source,
    names,
    ...found,
    stubbed: stubbedCalls(source),
    strict,
    hindrances: [...found.hindrances, ...more],
  };
}

function readFree({ node, isWrite }: Reference, found: Found): void {
  switch (node.text) {
    case '__dirname':
      found.dirnames.push(node);
      return;
    case '__filename':
      found.filenames.push(node);
      return;
    case 'require':
      if (isWrite) found.hindrances.push({ node, why: 'it gives `require` another value' });
      else readRequire(node, found);
      return;
    case 'module':
      readModuleName(node, found);
      return;
    case 'exports':
      found.exportUses.push(exportUse(node));
  }
}

function readRequire(node: TypeScript.Identifier, found: Found): void {
  const { parent } = node;
  if (ts.isCallExpression(parent) && parent.expression === node) {
    const [given] = parent.arguments;
    if (given !== undefined && ts.isStringLiteralLike(given)) found.requires.push(requireCall(parent, given.text));
    else found.otherRequires.push({ node, argument: given });
    return;
  }
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    if (parent.name.text === 'main') {
      const check = mainCheck(parent);
      if (check !== undefined) found.mainChecks.push(check);
      else
        found.hindrances.push({ node: parent, why: 'it asks more of `require.main` than whether it is this module' });
      return;
    }
    if (parent.name.text === 'extensions') {
      found.hindrances.push({ node: parent, why: '`require.extensions` changes how CommonJS is loaded' });
      return;
    }
  }
  found.otherRequires.push({ node, argument: undefined });
}

function readModuleName(node: TypeScript.Identifier, found: Found): void {
  const { parent } = node;
  if (isInMainCheck(node)) return;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
    const name = parent.name.text;
    if (name === 'exports') {
      found.exportUses.push(exportUse(parent));
      return;
    }
    if (name === 'filename') {
      found.filenames.push(parent);
      return;
    }
    const check = name === 'parent' ? parentCheck(parent) : undefined;
    if (check !== undefined) {
      found.mainChecks.push(check);
      return;
    }
    found.hindrances.push({ node: parent, why: `\`module.${name}\` is of CommonJS alone` });
    return;
  }
  found.hindrances.push({ node, why: 'it uses `module` as a value' });
}

/** Names that a file of CommonJS may declare, and that would clash with what is written for it. */
function namedModule({ references, declared }: Names): readonly Hindrance[] {
  const taken = ['require', 'module', 'exports', '__dirname', '__filename'].find((name) => declared.has(name));
  if (taken === undefined) return [];
  const node = references.find((one) => one.node.text === taken)?.node;
  return node === undefined ? [] : [{ node, why: `it declares a \`${taken}\` of its own` }];
}

/** Calls `see` for every node of a file. */
export function walk(node: TypeScript.Node, see: (node: TypeScript.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => walk(child, see));
}

/** How a file uses a module that it has bound as a whole. */
export function wholeUse({ names }: CommonModule, name: string): WholeUse {
  const members = new Set<string>();
  let [isMutated, isPassed] = [(names.declared.get(name) ?? 0) > 1, false];
  for (const { node, scope, isWrite } of names.references) {
    if (node.text !== name || scope !== 'module') continue;
    const { parent } = node;
    if (isWrite) isMutated = true;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
      members.add(parent.name.text);
      if (isTarget(parent)) isMutated = true;
    } else if (!isWrite) isPassed = true;
  }
  return { members, isMutated, isPassed };
}

/** True where a name that a require is bound to is given another value later, or declared again. */
export function isRebound({ names }: CommonModule, binding: Binding): boolean {
  const bound =
    binding.kind === 'whole'
      ? [binding.name]
      : binding.kind === 'names'
        ? (binding.names ?? []).map(({ to }) => to)
        : [];
  return bound.some(
    (name) =>
      (names.declared.get(name) ?? 0) > 1 ||
      names.references.some(({ node, scope, isWrite }) => isWrite && scope === 'module' && node.text === name),
  );
}
