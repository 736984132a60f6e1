import type { Node } from 'libpg-query';
import type { TransactionMode } from '../history.ts';
import { isSwitchedOff } from './switched-off.ts';

/**
 * `transaction` counts them; `isInTransaction` is true where one is open for certain, `isManaged` where the tool has
 * opened it.
 */
export type Membership = {
  readonly transaction: number;
  readonly isInTransaction: boolean;
  readonly isManaged: boolean;
  /** No other statement of the text commits with it. */
  readonly isAlone: boolean;
};

/**
 * Which statements commit together. Where it is not known who runs the file, statements that could run in one
 * transaction are taken to do so, as most tools do; one that refuses to, or a written BEGIN, says otherwise. So it is
 * with what stands behind a COMMIT that ends a transaction of the tool.
 */
export function transactionsOf(nodes: readonly Node[], mode: TransactionMode): readonly Membership[] {
  const isOne = isShared(nodes, mode);
  let count = 0;
  let isOpen = false;
  // The text has ended the transaction that the tool has opened; what comes then the tool does not take back.
  let isLeft = false;
  const members = nodes.map((node) => {
    const kind = 'TransactionStmt' in node ? node.TransactionStmt.kind : undefined;
    const isAlone = (mode === 'where-possible' || (isLeft && !isOpen)) && refusesTransaction(node);
    if (isAlone) count += 1;
    else if (kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START') {
      if (!isOpen) count += 1;
      isOpen = true;
    } else if (!isOpen && !isOne) count += 1;
    const isManaged = !isLeft && (mode === 'one' || (mode === 'where-possible' && !isAlone));
    const isCertain = isManaged || (mode === 'query' && nodes.length > 1);
    const membership = { transaction: count, isInTransaction: isOpen || isCertain, isManaged };
    if (kind === 'TRANS_STMT_COMMIT' || kind === 'TRANS_STMT_ROLLBACK' || isAlone) {
      count += 1;
      isOpen = false;
      isLeft ||= isManaged;
    }
    return membership;
  });
  const sizes = new Map<number, number>();
  for (const { transaction } of members) sizes.set(transaction, (sizes.get(transaction) ?? 0) + 1);
  return members.map((member) => ({ ...member, isAlone: sizes.get(member.transaction) === 1 }));
}

function isShared(nodes: readonly Node[], mode: TransactionMode): boolean {
  if (mode === 'unknown') return !nodes.some((node) => refusesTransaction(node) || isBoundary(node));
  return mode !== 'each-statement';
}

function isBoundary(node: Node): boolean {
  const kind = 'TransactionStmt' in node ? node.TransactionStmt.kind : undefined;
  return kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START' || kind === 'TRANS_STMT_COMMIT';
}

/** Does the server refuse to run it in a transaction (SQLSTATE 25001)? */
export function refusesTransaction(node: Node): boolean {
  if ('IndexStmt' in node) return node.IndexStmt.concurrent === true;
  if ('DropStmt' in node) return node.DropStmt.concurrent === true;
  if ('ReindexStmt' in node) {
    const isWide = ['REINDEX_OBJECT_SCHEMA', 'REINDEX_OBJECT_SYSTEM', 'REINDEX_OBJECT_DATABASE'];
    return isWide.includes(node.ReindexStmt.kind ?? '') || isOptionOn(node.ReindexStmt.params, 'concurrently');
  }
  if ('VacuumStmt' in node) return node.VacuumStmt.is_vacuumcmd === true;
  if ('ClusterStmt' in node) return node.ClusterStmt.relation === undefined;
  if ('AlterTableStmt' in node) {
    return (node.AlterTableStmt.cmds ?? []).some((command) => {
      const def = 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined;
      return def !== undefined && 'PartitionCmd' in def && def.PartitionCmd.concurrent === true;
    });
  }
  return wholeServer.some((kind) => kind in node);
}

const wholeServer = ['CreatedbStmt', 'DropdbStmt', 'CreateTableSpaceStmt', 'DropTableSpaceStmt', 'AlterSystemStmt'];

/** Is an option in brackets on: `(CONCURRENTLY)`, and not `(CONCURRENTLY false)`? */
export function isOptionOn(options: readonly Node[] | undefined, name: string): boolean {
  return (options ?? []).some(
    (option) => 'DefElem' in option && option.DefElem.defname === name && !isSwitchedOff(option.DefElem.arg),
  );
}
