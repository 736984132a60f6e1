import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import type { ChainRoles } from './chain-names.ts';
import type { ChainTable } from './chain-table.ts';
import type { ChainCall, QueryChain } from './query-chain.ts';

type Known = {
  readonly chainOf: (call: TypeScript.CallExpression) => QueryChain | undefined;
  readonly roles: ChainRoles;
};

/** The tables whose every column comes out of a subquery or a WITH of a chain, under the name that this has. */
export function derivedTables({ calls }: QueryChain, { chainOf, roles }: Known): readonly ChainTable[] {
  return calls.flatMap(({ name, given }) => {
    const [first] = given;
    const called = /^with/.test(name) && first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
    return given
      .flatMap((one) => [...nodesBelow(one)])
      .flatMap((node): readonly ChainTable[] => {
        const inner = ts.isCallExpression(node) ? chainOf(node) : undefined;
        const alias = called ?? (inner && aliasOf(inner));
        if (inner === undefined || alias === undefined || !givesAll(inner, roles)) return [];
        return inner.tables.map((table) => ({ ...table, alias }));
      });
  });
}

/** `.as('u')` */
function aliasOf({ calls }: QueryChain): string | undefined {
  const [alias] = calls.find(({ name }) => name === 'as')?.given ?? [];
  return alias !== undefined && ts.isStringLiteralLike(alias) ? alias.text : undefined;
}

/** Does a chain give all columns of its tables? */
export function givesAll(chain: Pick<QueryChain, 'calls' | 'others' | 'goesOn'>, roles: ChainRoles): boolean {
  return starOf(chain, roles) !== undefined || givesAllByDefault(chain, roles);
}

/** The call of a chain that asks for all columns. */
export function starOf({ calls }: Pick<QueryChain, 'calls'>, roles: ChainRoles) {
  return calls.find(({ name, given }) => roles.all.test(name) || (roles.outputs.test(name) && isStar(given)));
}

/** Does it give all columns because it asks for none? */
export function givesAllByDefault(
  { calls, others, goesOn }: Pick<QueryChain, 'calls' | 'others' | 'goesOn'>,
  roles: ChainRoles,
): boolean {
  if (!roles.isAllByDefault || goesOn) return false;
  return ![...calls, ...others].some(
    ({ name, given }) =>
      (roles.outputs.test(name) && given.length > 0) ||
      roles.writes.test(name) ||
      /^(count|del|delete|sum|min|max|avg|pluck|batchInsert|columnInfo)/.test(name),
  );
}

/** What stands between SELECT and FROM where a call asks for all columns: `*`, `"u".*`. */
export function starText({ given }: ChainCall): string {
  const texts = given.flatMap((one) => (ts.isArrayLiteralExpression(one) ? [...one.elements] : [one]));
  const stars = texts.flatMap((one) => {
    const [, name] = ts.isStringLiteralLike(one) ? (/^(\w+)(?:\.\*)?$/.exec(one.text) ?? []) : [];
    return name === undefined ? [] : [`"${name}".*`];
  });
  return stars.length === 0 || isStar(given, /^\*$/) ? '*' : stars.join(', ');
}

function isStar(given: readonly TypeScript.Expression[], pattern = /^(\w+\.)?\*$/): boolean {
  return given.some((one) => {
    if (ts.isArrayLiteralExpression(one)) return isStar(one.elements, pattern);
    return ts.isStringLiteralLike(one) && pattern.test(one.text);
  });
}
