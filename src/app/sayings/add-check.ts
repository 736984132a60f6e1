import { sqlTable } from '../plain-words/sql-name.ts';
import type { Saying } from '../saying.ts';

export const addCheck: Saying = {
  name: 'add-check',
  summary: 'A condition that all rows of a table have to hold',
  forms: ['(add|create) [a] check [constraint] (on|to) [the] [table] {table} that {text}'],
  examples: [
    {
      says: 'add a check on orders that total >= 0',
      command: "godwit plan 'ALTER TABLE orders ADD CHECK (total >= 0)'",
    },
  ],
  means({ table = '', text = '' }) {
    // What is joined to it is no part of the condition.
    if (/\b(?:and|then)\s+(?:add|alter|change|create|delete|drop|make|move|remove|rename|set)\b|;/i.test(text))
      return undefined;
    if (prose.test(text.replaceAll(/'[^']*'|"[^"]*"|\([^()]*\)|\bcase\b.*\bend\b/gi, ''))) return undefined;
    return { sql: `ALTER TABLE ${sqlTable(table)} ADD CHECK (${text})` };
  },
};

/** Words of a sentence that goes on behind the condition. */
const prose = /\b(?:but|except|unless|for|when|if|only|because|so|please|during|after|before|without)\b/i;
