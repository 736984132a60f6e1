import { knexMeanings } from '../chains/call-meanings.ts';
import type { ChainRoles } from '../chains/chain-names.ts';
import type { ChainWords } from '../chains/query-chain.ts';
import { usesOfChains } from '../chains/uses-of-chains.ts';
import type { UseFinder } from '../use-finder.ts';

const words: ChainWords = {
  tables: /^(from|fromRaw|into|table|batchInsert|updateFrom)$/,
  joins: /^((inner|left|leftOuter|right|rightOuter|fullOuter|outer|cross)?[jJ]oin)$/,
  isRoot: true,
  meanings: knexMeanings,
  after:
    /^(where\w*|select|columns?|insert|update|del|delete|\w*[jJ]oin|first|orderBy\w*|count|max|min|pluck|increment|decrement)$/,
};

/** Knex's builder; SQL in `raw` is read as any other. */
export const knex: UseFinder = {
  id: 'knex',
  summary: 'columns in calls of Knex’s builder, with knexSnakeCaseMappers too; folders of migrations apart',
  async find(tree) {
    if (!tree.usesPackage('knex')) return [];
    const roles: ChainRoles = {
      kind: 'knex',
      outputs: /^(select|columns?|returning|first|distinct|distinctOn)$/,
      writes: /^(insert|update|merge|upsert)$/,
      calls: knexMeanings,
      all: /^$/,
      isAllByDefault: true,
      isCamel: tree.files.some(({ text }) => /knexSnakeCaseMappers|knex-stringcase/.test(text)),
      shapeOf: ({ calls }) => (calls.some(({ name }) => name === 'first') ? 'row' : 'rows'),
    };
    return await usesOfChains({ roles, words }, tree);
  },
};
