/**
 * What an argument of a builder's call means.
 * `output`: names of outputs, which keep their name for whoever reads the rows, also as the values of an object.
 * `write`: an object whose keys are written. `key`: names, also as the keys of an object. `pair`: its values are names too.
 * `named`: names, also as the values of an object. `order`: names, also as `{ column }`. `json`: a name, or lists that begin with one.
 * `bindings`: values for a text, of which those for `??` are names. `value`: no names. `guess`: it is not known whether it has names.
 */
export type Meaning = 'output' | 'write' | 'key' | 'pair' | 'named' | 'order' | 'json' | 'bindings' | 'value' | 'guess';

/** The meanings of a call's arguments, in order; the last one goes on. */
export type CallMeanings = readonly (readonly [RegExp, ...Meaning[]])[];

/** The calls of Knex's builder. https://knexjs.org/guide/query-builder.html */
export const knexMeanings: CallMeanings = [
  [/^(select|columns?|returning|first|distinct|del|delete)$/, 'output'],
  [/^(insert|update|merge|upsert)$/, 'write', 'output'],
  [/^batchInsert$/, 'value', 'write', 'value'],
  [/Raw$|^raw$/, 'value', 'bindings'],
  [/^((and|or)?[oO]n(Val|In|NotIn|Null|NotNull|Between|NotBetween))$/, 'pair', 'value'],
  [/^(and|or)?[oO]nJsonPathEquals$/, 'key', 'value', 'key', 'value'],
  [/^((and|or)?[oO]n|using|(and|or)?[wW]hereColumn)$/, 'pair'],
  [/^(and|or)?([wW]here|[oO]n)(Not)?Exists$/, 'value'],
  [/^(and|or)?([wW]here|[hH]aving)/, 'key', 'value'],
  [/^((inner|left|leftOuter|right|rightOuter|fullOuter|outer|cross)?[jJ]oin)$/, 'value', 'pair'],
  [/^orderBy$/, 'order', 'value'],
  [/^partitionBy$/, 'order'],
  [/^(rowNumber|rank|denseRank)$/, 'value', 'order'],
  [/^(count|countDistinct|sum|sumDistinct|min|max|avg|avgDistinct)$/, 'named'],
  [/^(increment|decrement)$/, 'key', 'value'],
  [/^json(Extract|Set|Insert|Remove)$/, 'json', 'value'],
  [/^(groupBy|pluck|distinctOn|onConflict|columnInfo|ref)$/, 'key'],
  [/^modify$/, 'value', 'guess'],
  [/^(from|into|table|updateFrom|with\w*|union|unionAll|intersect|except|as|alias|transaction)$/, 'value'],
  [/^(limit|offset|comment|hintComment|timeout|transacting|connection|options|debug|clear\w*|for[A-Z]\w*)$/, 'value'],
  [/^(skipLocked|noWait|to[A-Z]\w*|clone|queryContext|stream|pipe|asCallback|off|once|emit|queryBuilder)$/, 'value'],
];

/** The calls of Kysely's builder and of its expressions. https://kysely-org.github.io/kysely-apidoc/ */
export const kyselyMeanings: CallMeanings = [
  [/^(select|returning)$/, 'output'],
  [/^(values|set|doUpdateSet|thenUpdateSet|thenInsertValues)$/, 'write', 'value'],
  [
    /^(whereRef|havingRef|onRef|whenMatchedAndRef|whenNotMatchedAndRef|whenNotMatchedBySourceAndRef)$/,
    'key',
    'value',
    'key',
  ],
  [/^(where|orWhere|having|orHaving|on|when|filterWhere|parens|between|cast|betweenSymmetric)$/, 'key', 'value'],
  [/^(whenMatchedAnd|whenNotMatchedAnd|whenNotMatchedBySourceAnd)$/, 'key', 'value'],
  [/^filterWhereRef$/, 'key', 'value', 'key'],
  [
    /^((inner|left|right|full|cross|outer|crossApply|outerApply)?[jJ]oin(Lateral)?|using|crossApply|outerApply)$/,
    'value',
    'key',
  ],
  [/^(orderBy|withinGroupOrderBy)$/, 'key', 'value'],
  [/^(fn|agg|unary)$/, 'value', 'key'],
  [
    /^(groupBy|partitionBy|distinctOn|columns?|ref|refTuple|case|and|or|not|neg|sum|avg|min|max|count|coalesce|any)$/,
    'key',
  ],
  [/^id$/, 'value'],
  [/^\$?if$/, 'value'],
  [
    /^(selectFrom|insertInto|updateTable|deleteFrom|replaceInto|mergeInto|from|with\w*|union|unionAll|intersect\w*|except\w*)$/,
    'value',
  ],
  [
    /^(as|selectAll|returningAll|expression|val|lit|table|then|else|end\w*|exists|over|countAll|toJson|jsonAgg|tuple)$/,
    'value',
  ],
  [
    /^(limit|offset|fetch|top|clear\w*|execute\w*|compile|explain|stream|\$\w+|modify\w*|for[A-Z]\w*|ignore|distinct)$/,
    'value',
  ],
  [
    /^(constraint|doNothing|defaultValues|whenMatched|whenNotMatched\w*|thenDelete|thenDoNothing|skipLocked|noWait)$/,
    'value',
  ],
  [/^(jsonPath|at|key|value|isNull|toOperationNode|castTo|overriding\w*|onConflict|onDuplicateKeyUpdate)$/, 'value'],
];

/** What the arguments of a call of that name mean; a name that is not known is a guess. */
export function meaningsOf(name: string, calls: CallMeanings): readonly Meaning[] {
  const [, ...meanings] = calls.find(([pattern]) => pattern.test(name)) ?? [undefined, 'guess' as const];
  return meanings;
}
