import type { UndoSpelling } from '../../../spelling.ts';
import { quoteQualified } from '../quote.ts';

const schema = 'godwit';

export const undoSpelling: UndoSpelling = {
  createUndo(name, key, types) {
    const keys = key.map(({ type }, place) => ({ name: `k${place + 1}`, type }));
    const columns = [
      ...keys.map((column) => `${column.name} ${column.type} NOT NULL`),
      ...(types.old === undefined ? [] : [`old ${types.old}`]),
      ...(types.new === undefined ? [] : [`new ${types.new}`]),
      `PRIMARY KEY (${keys.map((column) => column.name).join(', ')})`,
    ];
    return `CREATE TABLE ${quoteQualified({ schema, name })} (${columns.join(', ')})`;
  },
  dropUndo: (name) => `DROP TABLE IF EXISTS ${quoteQualified({ schema, name })}`,
  undoRelation: (name) => quoteQualified({ schema, name }),
};
