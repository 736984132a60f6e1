import type * as TypeScript from 'typescript';
import type { EditList } from '../../../engine/edit-list.ts';
import { folderPath } from '../../../text/search-text.ts';
import { relativeFrom } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import type { Forms } from '../deciding/forms.ts';
import { type Target, targetOf } from '../deciding/target.ts';
import { waysOf } from '../deciding/ways.ts';
import type { World } from '../deciding/world.ts';
import { isBuiltinName } from '../reading/builtin-modules.ts';
import { type CommonModule, isRebound } from '../reading/common-module.ts';
import type { RequireCall } from '../reading/require-call.ts';
import { lineEnd } from './line-end.ts';
import type { Style } from './style.ts';

/** What the writing of a file is given. */
export type Writing = {
  readonly module: CommonModule;
  readonly world: World;
  readonly forms: Forms;
  /** New paths of files that are renamed. */
  readonly placeOf: (path: string) => string;
  readonly style: Style;
  readonly edits: EditList;
};

/** What requires became. */
export type WrittenRequires = {
  /** Imports that stand at the head of the file. */
  readonly head: readonly string[];
  /** Names by which the values of requires are known now, for those that stand in an expression. */
  readonly names: ReadonlyMap<TypeScript.Node, string>;
  /** Statements that are nothing but imports now. */
  readonly imports: ReadonlySet<TypeScript.Node>;
  readonly kept: readonly RequireCall[];
  readonly awaited: readonly RequireCall[];
  /** Imports that come before a statement of which it is not known whether that can be seen. */
  readonly early: readonly { readonly call: RequireCall; readonly over: TypeScript.Node }[];
};

type Take = {
  readonly specifier: string;
  readonly names: ReadonlySet<string> | 'any';
  readonly whole: 'default' | 'namespace';
  readonly attributes: string;
};

/** Writes every require of a file as an import, an `await import()`, or leaves it. */
export function writeRequires(writing: Writing): WrittenRequires {
  const { module, world } = writing;
  const ways = waysOf(module, world);
  const head: string[] = [];
  const names = new Map<TypeScript.Node, string>();
  const known = new Map<string, string>();
  const [kept, awaited]: [RequireCall[], RequireCall[]] = [[], []];
  const early: WrittenRequires['early'][number][] = [];
  const imports = new Set<TypeScript.Node>();
  const lists = new Map<TypeScript.VariableStatement, Map<TypeScript.VariableDeclaration, readonly string[]>>();
  for (const call of module.requires) {
    const { kind: way, over } = ways.get(call) ?? { kind: 'require' };
    if (over !== undefined) early.push({ call, over });
    const target = targetOf(module, call, world);
    if (way === 'require') {
      kept.push(call);
      renameKept(call, target, writing);
      continue;
    }
    const take = takeOf(call, target, writing);
    if (call.binding.kind === 'effect') dropFreed(call.binding, writing);
    if (way === 'await') {
      awaited.push(call);
      writeAwait(call, take, writing);
      continue;
    }
    const declaration = declarationOf(call);
    if (declaration !== undefined) {
      const statement = declaration.parent.parent;
      if (!ts.isVariableStatement(statement)) continue;
      const list = lists.get(statement) ?? new Map();
      lists.set(statement, list.set(declaration, importLines(call, take, endedAs(statement, writing))));
    } else if (call.binding.kind === 'effect') {
      const { statement } = call.binding;
      const text = importText(undefined, take, endedAs(statement, writing));
      writing.edits.replace(statement.getStart(), statement.end, text);
      imports.add(statement);
      if (call.binding.freed !== undefined) imports.add(call.binding.freed);
    } else writeValue(call, take, { writing, head, names, known });
  }
  for (const [statement, list] of lists) {
    writeStatement(statement, list, writing);
    const isAll = list.size === statement.declarationList.declarations.length;
    if (isAll && [...list.values()].flat().every((line) => line.startsWith('import '))) imports.add(statement);
  }
  return { head, names, imports, kept, awaited, early };
}

function dropFreed({ freed }: { readonly freed?: TypeScript.Statement }, { module, edits }: Writing): void {
  if (freed !== undefined) edits.replace(freed.getStart(), lineEnd(module.text, freed.end), '');
}

/** What ends with a semicolon keeps it: another statement may stand on the same line. */
function endedAs(statement: TypeScript.Node, writing: Writing): Writing {
  return statement.getText().endsWith(';') ? { ...writing, style: { ...writing.style, end: ';' } } : writing;
}

function declarationOf({ binding }: RequireCall): TypeScript.VariableDeclaration | undefined {
  return binding.kind === 'whole' || binding.kind === 'names' ? binding.declaration : undefined;
}

/** A file that stays CommonJS and is renamed is required under its new name. */
function renameKept(call: RequireCall, target: Target, { module, placeOf, edits }: Writing): void {
  const [given] = call.node.arguments;
  if (target.kind !== 'local' || placeOf(target.path) === target.path || given === undefined) return;
  edits.replace(given.getStart() + 1, given.end - 1, wayTo(module.path, placeOf(target.path)));
}

function wayTo(from: string, to: string): string {
  return relativeFrom(folderPath(from), to);
}

function takeOf({ specifier, binding }: RequireCall, target: Target, { module, forms, world, placeOf }: Writing): Take {
  switch (target.kind) {
    case 'local': {
      const form = forms.get(target.path);
      const place = placeOf(target.path);
      if (form?.kind === 'named')
        return {
          specifier: wayTo(module.path, place),
          names: new Set(form.shape.exports.map(({ name }) => name)),
          whole: 'namespace',
          attributes: '',
        };
      return { specifier: wayTo(module.path, place), names: new Set(), whole: 'default', attributes: '' };
    }
    case 'json': {
      const way = target.path === undefined ? specifier : wayTo(module.path, target.path);
      return { specifier: way, names: new Set(), whole: 'default', attributes: " with { type: 'json' }" };
    }
    case 'package': {
      const { facts } = target;
      const isMutated = world.mutated.has(specifier);
      const isNamespace =
        !facts.hasDefault || (facts.kind === 'module' && !(binding.kind === 'whole' || binding.kind === 'value'));
      return {
        specifier: facts.specifier,
        names: isMutated ? new Set() : facts.names,
        whole: isNamespace ? 'namespace' : 'default',
        attributes: '',
      };
    }
    default:
      return { specifier, names: world.mutated.has(specifier) ? new Set() : 'any', whole: 'default', attributes: '' };
  }
}

function has({ names }: Take, name: string): boolean {
  return names === 'any' || names.has(name);
}

function importText(clause: string | undefined, { specifier, attributes }: Take, { style }: Writing): string {
  const from = `${style.quote}${specifier}${style.quote}${attributes.replaceAll("'", style.quote)}${style.end}`;
  return clause === undefined ? `import ${from}` : `import ${clause} from ${from}`;
}

function wholeClause(name: string, { whole }: Take): string {
  return whole === 'default' ? name : `* as ${name}`;
}

/** The lines that take the place of one declaration. */
function importLines(call: RequireCall, take: Take, writing: Writing): readonly string[] {
  const { module, style } = writing;
  const { binding } = call;
  const word = declaredWith(call);
  if (binding.kind === 'whole') {
    if (!isRebound(module, binding)) return [importText(wholeClause(binding.name, take), take, writing)];
    const name = style.fresh(call.specifier);
    return [importText(wholeClause(name, take), take, writing), `${word} ${binding.name} = ${name}${style.end}`];
  }
  if (binding.kind !== 'names') return [];
  const isPlain = binding.names?.every(({ from }) => has(take, from)) === true && !isRebound(module, binding);
  if (binding.names !== undefined && isPlain) {
    if (binding.names.length === 0) return [importText(undefined, take, writing)];
    const parts = binding.names.map(({ from, to }) => (from === to ? from : `${from} as ${to}`));
    return [importText(`{ ${parts.join(', ')} }`, take, writing)];
  }
  const name = style.fresh(call.specifier);
  const [first] = binding.names ?? [];
  const rest =
    binding.isMember && first !== undefined
      ? `${word} ${first.to} = ${name}.${first.from}${style.end}`
      : `${word} ${binding.declaration.name.getText()} = ${name}${style.end}`;
  return [importText(wholeClause(name, take), take, writing), rest];
}

function declaredWith(call: RequireCall): string {
  const list = declarationOf(call)?.parent;
  if (list === undefined || !ts.isVariableDeclarationList(list)) return 'const';
  if ((list.flags & ts.NodeFlags.Const) !== 0) return 'const';
  return (list.flags & ts.NodeFlags.Let) !== 0 ? 'let' : 'var';
}

/** Declarations that are imports now go from their statement, which goes with the last of them. */
function writeStatement(
  statement: TypeScript.VariableStatement,
  list: ReadonlyMap<TypeScript.VariableDeclaration, readonly string[]>,
  { edits }: Writing,
): void {
  const { declarations } = statement.declarationList;
  const lines = declarations.flatMap((one) => list.get(one) ?? []);
  if (list.size === declarations.length) {
    edits.replace(statement.getStart(), statement.end, lines.join('\n'));
    return;
  }
  edits.insert(statement.getStart(), `${lines.join('\n')}\n`);
  const lastKept = declarations.findLastIndex((one) => !list.has(one));
  declarations.forEach((one, at) => {
    if (!list.has(one)) return;
    if (at < lastKept) edits.replace(one.getStart(), declarations[at + 1]?.getStart() ?? one.end, '');
    else edits.replace(declarations[at - 1]?.end ?? one.getStart(), one.end, '');
  });
}

type Values = {
  readonly writing: Writing;
  readonly head: string[];
  readonly names: Map<TypeScript.Node, string>;
  readonly known: Map<string, string>;
};

/** A require within an expression: an import at the head, and its name in the place of the call. */
function writeValue(call: RequireCall, take: Take, { writing, head, names, known }: Values): void {
  const { edits, style } = writing;
  const { node } = call;
  const key = `${take.whole} ${take.specifier}`;
  const name = known.get(key) ?? style.fresh(call.specifier);
  if (!known.has(key)) {
    const text = importText(wholeClause(name, take), take, writing);
    const at = isBuiltinName(call.specifier) ? undefined : placeFor(call, writing.module);
    if (at === undefined) head.push(text);
    else edits.insert(at.offset, at.isBehind ? `\n${text}` : `${text}\n`);
  }
  known.set(key, name);
  names.set(node, name);
  edits.replace(node.getStart(), node.end, name);
}

/**
 * Where the import for a require within an expression belongs, so that modules are loaded in the order of before: at its own statement; for
 * one in a function, behind everything that is loaded at the start. Undefined for the head.
 */
function placeFor(
  { moment, statement }: RequireCall,
  { requires }: CommonModule,
): { readonly offset: number; readonly isBehind: boolean } | undefined {
  if (moment !== 'later') return { offset: statement.getStart(), isBehind: false };
  const last = requires.findLast((one) => one.moment === 'load')?.statement;
  return last === undefined ? undefined : { offset: last.end, isBehind: true };
}

function writeAwait(call: RequireCall, take: Take, { edits, style }: Writing): void {
  const { node, binding } = call;
  const load = `await import(${style.quote}${take.specifier}${style.quote})`;
  const isNamed =
    (binding.kind === 'names' && !binding.isMember && binding.names?.every(({ from }) => has(take, from)) === true) ||
    (binding.kind === 'member' && has(take, binding.name)) ||
    (binding.kind === 'names' && binding.isMember && has(take, binding.names?.[0]?.from ?? ''));
  const isAlone = ts.isExpressionStatement(node.parent);
  if (isAlone) edits.replace(node.getStart(), node.end, load);
  else if (isNamed || take.whole === 'namespace') {
    const isOpen = ts.isVariableDeclaration(node.parent);
    edits.replace(node.getStart(), node.end, isOpen ? load : `(${load})`);
  } else edits.replace(node.getStart(), node.end, `(${load}).default`);
}
