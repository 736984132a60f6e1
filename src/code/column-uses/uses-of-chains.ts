import type * as TypeScript from 'typescript';
import { nodesBelow } from '../engine/compiler-tree.ts';
import ts from '../typescript.cts';
import type { ChainRoles } from './chain-names.ts';
import { chainUses } from './chain-uses.ts';
import type { CodeUse, UseTree } from './code-use.ts';
import { type ChainWords, queryChain } from './query-chain.ts';
import { constantsOf } from './syntax.ts';

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
    const known = { constants: constantsOf(source), names };
    const isChain = (call: TypeScript.CallExpression) => queryChain(call, words, known) !== undefined;
    for (const node of nodesBelow(source)) {
      const chain = ts.isCallExpression(node) ? queryChain(node, words, known) : undefined;
      if (chain !== undefined) uses.push(...(await chainUses({ chain, roles, file, tree, isChain })));
    }
  }
  return uses;
}
