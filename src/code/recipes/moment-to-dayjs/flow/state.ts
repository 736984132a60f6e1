import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../../engine/compiler-tree.ts';
import ts from '../../../typescript.cts';
import type { OriginName } from '../equal/origins.ts';
import type { MomentNames } from '../reading/moment-names.ts';

/** A value of moment on its way: the group with which it is converted, and the name that holds it, if one does. */
export type Value = { readonly group: number; readonly holder: TypeScript.Symbol | undefined };

export type Origin = {
  readonly call: TypeScript.CallExpression;
  readonly name: OriginName;
  /** The identifier that stands for moment. */
  readonly root: TypeScript.Identifier;
  readonly group: number;
};

/** A call of a method of a value that is followed. */
export type Called = {
  readonly call: TypeScript.CallExpression;
  readonly access: TypeScript.PropertyAccessExpression;
  readonly value: Value;
  readonly isChange: boolean;
};

/** A name that holds values which are followed. */
export type Holder = {
  readonly symbol: TypeScript.Symbol;
  readonly declaration: TypeScript.VariableDeclaration | TypeScript.ParameterDeclaration;
  readonly group: number;
};

export type Refusal = { readonly group: number; readonly node: TypeScript.Node; readonly why: string };

/** A function whose every call is seen. */
export type Closed = TypeScript.FunctionDeclaration | TypeScript.ArrowFunction | TypeScript.FunctionExpression;

/** What is learnt of a file while values are followed. */
export type State = {
  readonly checker: TypeScript.TypeChecker;
  readonly source: TypeScript.SourceFile;
  readonly referencesOf: (symbol: TypeScript.Symbol) => readonly TypeScript.Identifier[];
  readonly symbolOf: (node: TypeScript.Identifier) => TypeScript.Symbol | undefined;
  /** Expressions whose value is followed. */
  readonly dated: Map<TypeScript.Node, Value>;
  readonly origins: Origin[];
  readonly calls: Called[];
  readonly holders: Map<TypeScript.Symbol, Holder>;
  /** Functions that answer values which are followed, and parameters that take them. */
  readonly answering: Map<Closed, number>;
  /** Arguments whose place is judged when all is followed. */
  readonly handed: { readonly node: TypeScript.Expression; readonly call: TypeScript.CallExpression }[];
  /** Names whose value a parameter takes. */
  readonly lent: { readonly from: TypeScript.Symbol; readonly to: TypeScript.Symbol }[];
  /** Names whose value a function hands over to its caller. */
  readonly handedOver: Set<TypeScript.Symbol>;
  /** Groups in which an expression chooses between values that are held. */
  readonly joined: Map<number, TypeScript.Node>;
  /** Calls of `moment.isMoment` with a value that is followed. */
  readonly tests: { readonly root: TypeScript.Identifier; readonly node: TypeScript.Node; readonly group: number }[];
  readonly refusals: Refusal[];
  readonly groups: Sets;
  readonly aliases: Sets;
  readonly aliasIds: Map<TypeScript.Symbol, number>;
  readonly moments: ReadonlySet<TypeScript.Symbol>;
};

/** Sets of numbers that grow together. */
export type Sets = {
  add(): number;
  join(one: number, other: number): void;
  of(one: number): number;
};

/** Makes an empty family of disjoint sets. */
export function disjointSets(): Sets {
  const parents: number[] = [];
  const of = (one: number): number => {
    let at = one;
    for (let up = parents[at]; up !== undefined && up !== at; up = parents[at]) at = up;
    return at;
  };
  return {
    add: () => parents.push(parents.length) - 1,
    join(one, other) {
      parents[of(one)] = of(other);
    },
    of,
  };
}

/** Opens the books on a file. */
export function openState(
  source: TypeScript.SourceFile,
  checker: TypeScript.TypeChecker,
  { names }: MomentNames,
): State {
  const references = new Map<TypeScript.Symbol, TypeScript.Identifier[]>();
  const symbolOf = (node: TypeScript.Identifier): TypeScript.Symbol | undefined => localSymbol(node, checker);
  for (const node of nodesBelow(source)) {
    if (!ts.isIdentifier(node)) continue;
    const symbol = symbolOf(node);
    if (symbol === undefined) continue;
    const list = references.get(symbol) ?? [];
    list.push(node);
    references.set(symbol, list);
  }
  const moments = names.flatMap(({ name, part }) => (part === undefined ? (symbolOf(name) ?? []) : []));
  return {
    checker,
    source,
    symbolOf,
    referencesOf: (symbol) => references.get(symbol) ?? [],
    dated: new Map(),
    origins: [],
    calls: [],
    holders: new Map(),
    answering: new Map(),
    handed: [],
    lent: [],
    handedOver: new Set(),
    joined: new Map(),
    tests: [],
    refusals: [],
    groups: disjointSets(),
    aliases: disjointSets(),
    aliasIds: new Map(),
    moments: new Set(moments),
  };
}

function localSymbol(node: TypeScript.Identifier, checker: TypeScript.TypeChecker): TypeScript.Symbol | undefined {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent);
  if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
  return checker.getSymbolAtLocation(node);
}

/** The number under which the values of a name are compared with those of others. */
export function aliasOf(symbol: TypeScript.Symbol, state: State): number {
  const known = state.aliasIds.get(symbol);
  if (known !== undefined) return known;
  const id = state.aliases.add();
  state.aliasIds.set(symbol, id);
  return id;
}

/** Notes why a group cannot be converted. */
export function refuse(state: State, group: number, node: TypeScript.Node, why: string): void {
  state.refusals.push({ group, node, why });
}

/** A piece of code for a message. */
export function shown(node: TypeScript.Node): string {
  const text = node.getText().replaceAll(/\s+/g, ' ');
  return text.length > 50 ? `${text.slice(0, 49)}…` : text;
}
