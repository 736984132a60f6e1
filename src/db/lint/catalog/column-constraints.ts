import type { ColumnDef, Constraint } from 'libpg-query';

/**
 * The constraints that stand at a column, NOT ENFORCED (from PostgreSQL 18) put to the one that it is said of: the parser
 * makes a node of its own of it, and of INITIALLY DEFERRED. What is not enforced is not valid either.
 */
export function columnConstraints({ constraints }: ColumnDef): readonly Constraint[] {
  const found: Constraint[] = [];
  for (const node of constraints ?? []) {
    if (!('Constraint' in node)) continue;
    const said = attributes[node.Constraint.contype ?? ''];
    const place = found.findLastIndex(({ contype = '' }) => !contype.startsWith('CONSTR_ATTR_'));
    const before = found[place];
    if (said !== undefined && before !== undefined) found[place] = { ...before, ...said };
    else found.push(node.Constraint);
  }
  return found;
}

const attributes: Readonly<Record<string, Partial<Constraint>>> = {
  CONSTR_ATTR_DEFERRED: { deferrable: true, initdeferred: true },
  CONSTR_ATTR_NOT_ENFORCED: { is_enforced: false, skip_validation: true },
};
