import type { ColumnDef, Constraint } from 'libpg-query';

/**
 * The constraints that stand at a column, NOT ENFORCED (from PostgreSQL 18) put to the one that it is said of: the parser
 * makes a node of its own of it, and of INITIALLY DEFERRED. What is not enforced is not valid either.
 */
export function columnConstraints({ constraints }: ColumnDef): readonly Constraint[] {
  const found: Constraint[] = [];
  for (const node of constraints ?? []) {
    if (!('Constraint' in node)) continue;
    if (node.Constraint.contype === 'CONSTR_ATTR_DEFERRED') {
      const place = found.findLastIndex(({ contype = '' }) => !contype.startsWith('CONSTR_ATTR_'));
      const deferred = found[place];
      if (deferred !== undefined) found[place] = { ...deferred, deferrable: true, initdeferred: true };
    }
    const before = node.Constraint.contype === 'CONSTR_ATTR_NOT_ENFORCED' ? found.pop() : undefined;
    found.push(before === undefined ? node.Constraint : { ...before, is_enforced: false, skip_validation: true });
  }
  return found;
}
