import type { ConditionSpelling } from '../../../spelling.ts';
import { quoteLiteral, quoteName, quoteQualified } from '../quote.ts';
import { dollarQuoted } from './dollar-quoted.ts';

export const conditionSpelling: ConditionSpelling = {
  when: (condition, statements) =>
    `DO ${dollarQuoted(['BEGIN', `  IF ${condition} THEN`, ...statements.map((text) => `    ${text};`), '  END IF;', 'END'].join('\n'))}`,
  hasNoNull: (table, column) => `NOT EXISTS (SELECT FROM ${quoteQualified(table)} WHERE ${quoteName(column)} IS NULL)`,
  hasConstraint: (table, constraint, { isValid }) =>
    `EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = ${quoteLiteral(quoteQualified(table))}::regclass AND conname = ${quoteLiteral(constraint)} AND convalidated = ${isValid})`,
};
