import { beforeAll, expect, it } from 'vitest';
import { loadParser, parseTree } from '../../drivers/postgres/sql/syntax-tree.ts';
import { columnConstraints } from './column-constraints.ts';

beforeAll(loadParser);

/** The constraints of the one column of a table, less what only says something of others. */
function constraintsOf(column: string) {
  const node = parseTree(`CREATE TABLE t (${column})`).statements[0]?.stmt;
  const element = node !== undefined && 'CreateStmt' in node ? node.CreateStmt.tableElts?.[0] : undefined;
  const found = element !== undefined && 'ColumnDef' in element ? columnConstraints(element.ColumnDef) : [];
  return found
    .filter(({ contype = '' }) => !contype.startsWith('CONSTR_ATTR_'))
    .map(({ contype, is_enforced = false, skip_validation = false, initdeferred = false }) => ({
      contype,
      is_enforced,
      skip_validation,
      initdeferred,
    }));
}

const held = { is_enforced: true, skip_validation: false, initdeferred: false };
const noted = { is_enforced: false, skip_validation: true, initdeferred: false };

it.each([
  ['a int CHECK (a > 0) NOT ENFORCED', [{ contype: 'CONSTR_CHECK', ...noted }]],
  ['a int CHECK (a > 0) ENFORCED', [{ contype: 'CONSTR_CHECK', ...held }]],
  ['a int REFERENCES b DEFERRABLE NOT ENFORCED', [{ contype: 'CONSTR_FOREIGN', ...noted }]],
  [
    'a int REFERENCES b DEFERRABLE INITIALLY DEFERRED NOT ENFORCED',
    [{ contype: 'CONSTR_FOREIGN', ...noted, initdeferred: true }],
  ],
  ['a int REFERENCES b NOT ENFORCED INITIALLY DEFERRED', [{ contype: 'CONSTR_FOREIGN', ...noted, initdeferred: true }]],
  [
    'a int CHECK (a > 0) CHECK (a < 9) NOT ENFORCED',
    [
      { contype: 'CONSTR_CHECK', ...held },
      { contype: 'CONSTR_CHECK', ...noted },
    ],
  ],
])('%s', (column, expected) => {
  expect(constraintsOf(column)).toEqual(expected);
});
