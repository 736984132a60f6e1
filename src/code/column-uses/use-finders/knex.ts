import type { ChainRoles } from '../chain-names.ts';
import type { ChainWords } from '../query-chain.ts';
import type { UseFinder } from '../use-finder.ts';
import { usesOfChains } from '../uses-of-chains.ts';

const words: ChainWords = {
  tables: /^(from|into|table)$/,
  joins: /^((inner|left|leftOuter|right|rightOuter|fullOuter|outer|cross)?[jJ]oin)$/,
  isRoot: true,
};

/** Knex's builder; SQL in `raw` is read as any other. */
export const knex: UseFinder = {
  id: 'knex',
  summary: 'columns in calls of Knex’s builder, with knexSnakeCaseMappers too; folders of migrations apart',
  async find(tree) {
    if (!tree.declares('knex')) return [];
    const roles: ChainRoles = {
      kind: 'knex',
      outputs: /^(select|columns?|returning|first|distinct|distinctOn)$/,
      writes: /^(insert|update|merge|upsert)$/,
      reads:
        /^((and|or)?(where|having)\w*|orderBy|groupBy|on|andOn|orOn|onVal|using|count\w*|sum\w*|min|max|avg\w*|pluck|increment|decrement|onConflict|clearSelect|\w*[jJ]oin)$/,
      all: /^$/,
      isAllByDefault: true,
      isCamel: tree.files.some(({ text }) => /knexSnakeCaseMappers|knex-stringcase/.test(text)),
      shapeOf: ({ calls }) => (calls.some(({ name }) => name === 'first') ? 'row' : 'rows'),
    };
    return await usesOfChains({ roles, words }, tree);
  },
};
