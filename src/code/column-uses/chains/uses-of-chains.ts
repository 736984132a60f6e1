import type * as TypeScript from 'typescript';
import { nodesBelow } from '../../engine/compiler-tree.ts';
import ts from '../../typescript.cts';
import type { CodeUse, UseTree } from '../code-use.ts';
import type { ChainRoles } from './chain-names.ts';
import { chainUses } from './chain-uses.ts';
import { derivedTables } from './derived-tables.ts';
import { type ChainWords, outermostCall, type QueryChain, queryChain } from './query-chain.ts';

/** Uses in every chain of calls of a query builder whose methods are known by their names. */
export async function usesOfChains(
  { roles, words }: { readonly roles: ChainRoles; readonly words: ChainWords },
  tree: UseTree,
): Promise<readonly CodeUse[]> {
  const uses: CodeUse[] = [];
  for (const file of tree.files) {
    tree.signal.throwIfAborted();
    const source = file.tree();
    const names = file.names();
    if (source === undefined || names === undefined) continue;
    const known = { constants: tree.constants, names };
    const seen = new Map<TypeScript.CallExpression, QueryChain | undefined>();
    const chainOf: ChainOf = (call) => {
      if (!seen.has(call)) seen.set(call, queryChain(call, words, known));
      return seen.get(call);
    };
    const isChain = (call: TypeScript.CallExpression) => chainOf(call) !== undefined;
    for (const node of nodesBelow(source)) {
      const chain = ts.isCallExpression(node) ? chainOf(node) : undefined;
      if (chain === undefined) continue;
      const derived = derivedTables(chain, { chainOf, roles });
      const look = { chain, ...surroundingsOf(chain, chainOf), derived, roles, file, tree, isChain };
      uses.push(...halfEdited(asGuessed(await chainUses(look), chain)));
    }
  }
  return uses;
}

/** The chain that ends with a call, where it is one. */
export type ChainOf = (call: TypeScript.CallExpression) => QueryChain | undefined;

/** The chains that a chain stands in, and the parameters of the functions between. */
function surroundingsOf({ outermost }: QueryChain, chainOf: ChainOf) {
  const around: QueryChain[] = [];
  const receivers = new Set<string>();
  let passed: string[] = [];
  for (let at: TypeScript.Node = outermost; !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    if (ts.isArrowFunction(at) || ts.isFunctionExpression(at))
      passed.push(...at.parameters.flatMap(({ name }) => name.getText().match(/[\w$]+/g) ?? []));
    if (!ts.isCallExpression(parent) || parent.expression === at) continue;
    const outer = outermostCall(parent);
    const chain = ts.isCallExpression(outer) ? chainOf(outer) : undefined;
    if (chain === undefined) continue;
    if (chain.tables.length > 0) around.push(chain);
    for (const name of passed) receivers.add(name);
    passed = [];
  }
  return { around, receivers };
}

/** Where it is not certain that the chain begins with a client of the builder. */
function asGuessed(uses: readonly CodeUse[], { isGuess, client }: QueryChain): readonly CodeUse[] {
  if (!isGuess) return uses;
  const doubt = `It is not known whether ${client?.expression.getText() ?? 'it'} is a client of a query builder.`;
  return uses.map((use) => ({ ...use, doubt: use.doubt ?? doubt, first: [], final: [] }));
}

const half = 'Another place of this query is in the patch: change both together.';

/** Says so where a place of a query has no edit, although others have. */
function halfEdited(uses: readonly CodeUse[]): readonly CodeUse[] {
  const edited = new Set(
    uses.flatMap(({ doubt, final, change }) => (doubt === undefined && final.length > 0 ? [change] : [])),
  );
  return uses.map((use) => {
    const isLeft = use.role !== 'all' && use.kind !== 'row' && edited.has(use.change);
    if (isLeft && use.doubt !== undefined) return { ...use, doubt: `${use.doubt} ${half}` };
    return isLeft && use.unedited !== undefined ? { ...use, unedited: `${use.unedited} ${half}` } : use;
  });
}
