import type * as TypeScript from 'typescript';
import type { TextEdit } from '../../recipe.ts';
import ts from '../../typescript.cts';
import type { Plugin } from './equal/fit.ts';
import type { OriginName } from './equal/origins.ts';
import { type Assigned, checkHandedOver, joinLent, readChanges } from './flow/changes.ts';
import { checkHanded } from './flow/check-handed.ts';
import { checkSources } from './flow/check-sources.ts';
import { decideGroups, type Outlook, refusedOrigins } from './flow/decide-groups.ts';
import { followOrigin } from './flow/follow.ts';
import { openState, type State, shown } from './flow/state.ts';
import { type MomentNames, momentNames } from './reading/moment-names.ts';
import { readTypes, type TypeUse } from './reading/type-uses.ts';

/** A use of moment that stays, and why; `because` is where the reason stands, and the sentence still open. */
export type Left = {
  readonly node: TypeScript.Node;
  readonly message: string;
  readonly because?: TypeScript.Node;
};

/** What becomes of one file. */
export type ConvertedFile = {
  readonly path: string;
  readonly source: TypeScript.SourceFile;
  readonly names: MomentNames;
  /** Edits of the code; imports are not among them. */
  readonly edits: readonly TextEdit[];
  /** Identifiers that stand for moment no longer. */
  readonly gone: ReadonlySet<TypeScript.Node>;
  readonly plugins: ReadonlySet<Plugin>;
  readonly left: readonly Left[];
};

/** Follows every value of moment in a file and decides which become values of Day.js. Pure. */
export function convertFile(
  path: string,
  source: TypeScript.SourceFile,
  {
    checker,
    outlook,
    taken,
  }: { readonly checker: TypeScript.TypeChecker; readonly outlook: Outlook; readonly taken: string | undefined },
): ConvertedFile {
  const names = momentNames(source);
  const state = openState(source, checker, names);
  const others = followAll(state);
  checkHanded(state);
  checkSources(state);
  joinLent(state);
  const assigned = readChanges(state);
  checkHandedOver(state);
  const types = readTypes(state, names);
  const decided = decideGroups(state, outlook);
  if (taken !== undefined)
    for (const { group, call } of state.origins) state.refusals.push({ group, node: call, why: taken });
  const refused = new Set(state.refusals.map(({ group }) => state.groups.of(group)));
  const isGood = (group: number): boolean => !refused.has(state.groups.of(group));
  const gone = new Set<TypeScript.Node>();
  const edits: TextEdit[] = [];
  const replace = (node: TypeScript.Node, text: string): void => {
    edits.push({ offset: node.getStart(), length: node.end - node.getStart(), text });
  };
  for (const { root } of [...state.origins, ...state.tests].filter((one) => isGood(one.group))) {
    gone.add(root);
    replace(root, 'dayjs');
  }
  for (const { node } of state.tests.filter((one) => isGood(one.group)))
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
      replace(node.expression.name, 'isDayjs');
  for (const { called, as } of decided.renamed) if (isGood(called.value.group)) replace(called.access.name, as);
  for (const one of assigned) if (isGood(one.holder.group)) edits.push(...assignment(one));
  for (const one of types.converted.filter(({ group }) => isGood(group))) {
    gone.add(one.root);
    replace(one.node, 'dayjs.Dayjs');
  }
  const plugins = new Set([...decided.pluginsOf].flatMap(([group, all]) => (isGood(group) ? [...all] : [])));
  const left = [
    ...refusedOrigins(state).map(({ origin, first }) => ({
      node: origin.call,
      message: `\`${shown(origin.call)}\` stays moment: ${first.why}`,
      because: first.node,
    })),
    ...others,
    ...state.tests.filter(({ group }) => !isGood(group)).map(({ node }) => testLeft(node)),
    ...[...types.left, ...types.converted.filter(({ group }) => !isGood(group))].map(typeLeft),
    ...names.loose.map((node) => ({
      node,
      message: `\`${shown(node)}\` stays: moment is loaded, mocked or extended here in a way that is not followed.`,
    })),
  ];
  return { path, source, names, edits, gone, plugins, left };
}

const makers: ReadonlyMap<string, OriginName> = new Map<string, OriginName>([
  ['utc', 'utc'],
  ['unix', 'unix'],
  ['duration', 'duration'],
]);

/** Follows what each use of the name makes; answers the uses that make nothing which is followed. */
function followAll(state: State): readonly Left[] {
  const left: Left[] = [];
  for (const symbol of state.moments)
    for (const root of state.referencesOf(symbol)) {
      const { parent } = root;
      if (isBinding(root)) continue;
      if (ts.isCallExpression(parent) && parent.expression === root) {
        followOrigin(parent, 'moment', root, state);
        continue;
      }
      const isMember = ts.isPropertyAccessExpression(parent) && parent.expression === root;
      const call = parent.parent;
      const made = isMember ? makers.get(parent.name.text) : undefined;
      if (isMember && made !== undefined && ts.isCallExpression(call) && call.expression === parent)
        followOrigin(call, made, root, state);
      else if (!ts.isQualifiedName(parent)) left.push(otherLeft(root, isMember));
    }
  return left.filter(({ node }) => !state.tests.some(({ root }) => root === node || root.parent === node));
}

function isBinding(root: TypeScript.Identifier): boolean {
  const { parent } = root;
  return (
    ts.isImportClause(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isNamespaceImport(parent) ||
    ts.isImportEqualsDeclaration(parent) ||
    (ts.isVariableDeclaration(parent) && parent.name === root)
  );
}

function otherLeft(root: TypeScript.Identifier, isMember: boolean): Left {
  const node = isMember ? root.parent : root;
  const why = isMember ? 'it is not known to be the same' : 'moment as a whole is handed on';
  return { node, message: `\`${shown(node)}\` stays moment: ${why}.` };
}

function testLeft(node: TypeScript.Node): Left {
  return { node, message: `\`${shown(node)}\` stays moment: what it asks about stays.` };
}

function typeLeft({ node }: TypeUse): Left {
  return {
    node,
    message: `The type \`${shown(node)}\` stays: it is not that of a variable or parameter whose every value becomes one of Day.js.`,
  };
}

/** The edits that make an assignment of a chain of changes; what was `const` is `let` then. */
function assignment({ holder, chain, isStatement }: Assigned): readonly TextEdit[] {
  const { declaration, symbol } = holder;
  const at = chain.getStart();
  const list = declaration.parent;
  const isConst = ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.Const) !== 0;
  const opened: TextEdit = { offset: at, length: 0, text: `${isStatement ? '' : '('}${symbol.name} = ` };
  return [
    opened,
    ...(isStatement ? [] : [{ offset: chain.end, length: 0, text: ')' }]),
    ...(isConst ? [{ offset: list.getStart(), length: 'const'.length, text: 'let' }] : []),
  ];
}
