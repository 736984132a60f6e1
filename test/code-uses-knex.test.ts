// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is looked at
import { expect, it } from 'vitest';
import { look, users } from './support/look-at-code.ts';
import { lookAtMarked } from './support/look-at-marked.ts';

it('Knex: every call that takes names of columns, in every form of its arguments', async () => {
  const found = await lookAtMarked(calls, 'knex');
  expect(found.map(({ final }) => final)).toEqual(found.map(({ wanted }) => wanted));
});

it('Knex: what may name the column is possible, never silent', async () => {
  const found = await lookAtMarked(possible, 'knex');
  expect(
    found.filter(
      ({ marks, places, text, final }) => final !== text || !marks.every((at) => places.get(at) === 'possible'),
    ),
  ).toEqual([]);
});

it('Knex: a value, an alias and a column of another table are none', async () => {
  const found = await lookAtMarked(others, 'knex');
  expect(
    found.filter(
      ({ text, final, places }) => final !== text || [...places.keys()].some((at) => text.startsWith('name', at)),
    ),
  ).toEqual([]);
});

/** `§` stands before a name that is edited, `¶` where it keeps its alias as an output, `‡` where it does in SQL. */
const calls = [
  "db('users').orWhere('users.§name', 'like', '%');",
  "db('users').andWhere('§name','x');",
  "db('users').orderBy([{ column: '§name' }]);",
  "db('users').orderBy([{ column: '§name', order: 'desc' }, 'id']);",
  "db('users').orderBy(['id', '§name']);",
  "db('users').orderBy('§name', 'desc');",
  "db('users').max({ m: '§name' });",
  "db('users').max('§name');",
  "db('users').max('§name as m');",
  "db('users').max('§name', { as: 'm' });",
  "db('users').count('§name');",
  "db('users').count({ n: '§name' });",
  "db('users').count('id', '§name');",
  "db('users').countDistinct('§name');",
  "db('users').countDistinct('id', '§name');",
  "db('users').countDistinct({ n: ['id', '§name'] });",
  "db('users').min({ m: 'users.§name' });",
  "db('users').sum({ m: '§name' });",
  "db('users').sum('§name', { as: 'x' });",
  "db('users').avg({ m: '§name' });",
  "db('users').sumDistinct('§name');",
  "db('users').avgDistinct('§name');",
  "db('users').select(db.ref('users.§name').as('n'));",
  "db('users').select(knex.ref('users.§name').as('n'));",
  "db('users').where(knex.ref('users.§name'), '=', 'x');",
  "db('users').where('id', '=', knex.ref('users.§name'));",
  "db('users').orderBy(knex.ref('§name'));",
  "db({ u: 'users' }).select({ n: 'u.§name' });",
  "db({ u: 'users' }).select('u.¶name');",
  "db.select({ n: '§name' }).from({ u: 'users' });",
  "db.select('u.¶name').from({ u: 'users' });",
  "db.from('orders').join({ u: 'users' }, 'u.id', 'orders.user_id').select('u.¶name');",
  "db('users').first('¶name');",
  "db('users').first(['id', '¶name']);",
  "db('users').then((rows) => rows.map((r) => r.§name));",
  "db('users').first().then((r) => r.§name);",
  "db('users').select().then(([r]) => r.§name);",
  "db('users').where('§name', x);",
  "db('users').where({ §name: 1 });",
  "db('users').where('§name', 'in', [1]);",
  "db('users').whereNot('§name', x);",
  "db('users').whereNot({ §name: x });",
  "db('users').andWhereNot('§name', x);",
  "db('users').orWhereNot('§name', x);",
  "db('users').whereIn('§name', [1]);",
  "db('users').whereIn(['id', '§name'], [[1, 2]]);",
  "db('users').whereNotIn('§name', [1]);",
  "db('users').orWhereIn('§name', [1]);",
  "db('users').orWhereNotIn('§name', [1]);",
  "db('users').whereLike('§name', 'x');",
  "db('users').andWhereLike('§name', 'x');",
  "db('users').orWhereLike('§name', 'x');",
  "db('users').whereILike('§name', 'x');",
  "db('users').orWhereILike('§name', 'x');",
  "db('users').whereNull('§name');",
  "db('users').orWhereNull('§name');",
  "db('users').whereNotNull('§name');",
  "db('users').whereBetween('§name', [1, 2]);",
  "db('users').andWhereNotBetween('§name', [1, 2]);",
  "db('users').whereColumn('§name', '=', 'email');",
  "db('users').whereColumn('email', '=', '§name');",
  "db('users').whereColumn('email', '§name');",
  "db('users').whereRaw('?? = ?', ['§name', x]);",
  "db('users').whereRaw('§name = ?', [x]);",
  "db('users').orderByRaw('?? desc', ['§name']);",
  "db('users').select(db.raw('upper(??)', ['§name']));",
  "db('users').select(db.raw('upper(:col:)', { col: 'users.§name' }));",
  "db('users').groupByRaw('§name');",
  "db('users').havingRaw('count(§name) > 1');",
  "db('users').whereJsonObject('§name', {});",
  "db('users').orWhereJsonObject('§name', {});",
  "db('users').whereNotJsonObject('§name', {});",
  "db('users').whereJsonPath('§name', '$.a', '=', 1);",
  "db('users').whereJsonSupersetOf('§name', {});",
  "db('users').whereJsonSubsetOf('§name', {});",
  "db('users').whereJsonNotSubsetOf('§name', {});",
  "db('users').jsonExtract('§name', '$.a', 'a');",
  "db('users').jsonExtract([['§name', '$.a', 'a']]);",
  "db('users').jsonSet('§name', '$.a', 1, 'a');",
  "db('users').jsonInsert('§name', '$.a', 1, 'a');",
  "db('users').jsonRemove('§name', '$.a', 'a');",
  "db('users').where(function () { this.where('§name', x).orWhere('users.§name', y); });",
  "db('users').where((builder) => builder.where('§name', x).orWhere({ §name: y }));",
  "db('users').where((qb) => { qb.whereNull('§name'); qb.orWhereIn('§name', [1]); });",
  "db('users').where((qb) => { qb.whereIn(['id', '§name'], [[1, 2]]); });",
  "db('users').where((qb) => { qb.orderBy([{ column: '§name' }]); });",
  "db('users').modify((qb) => { qb.where('§name', x); });",
  "db('users').modify(function (qb) { qb.select('¶name').where({ §name: x }); });",
  "db('users').whereExists(function () { this.select('*').from('orders').whereRaw('orders.user_id = users.§name'); });",
  "db('users').whereExists(function () { this.select('id').from('orders').whereColumn('orders.user_id', 'users.§name'); });",
  "db('users').whereExists(db('orders').select('id').whereColumn('orders.user_id', 'users.§name'));",
  "db('users').whereExists(db.select('id').from('orders').where('orders.user_id', db.ref('users.§name')));",
  "db('users').groupBy('§name');",
  "db('users').groupBy('id', '§name');",
  "db('users').groupBy(['id', '§name']);",
  "db('users').having('§name', '>', 1);",
  "db('users').andHaving('§name', '>', 1);",
  "db('users').orHaving('§name', '>', 1);",
  "db('users').havingIn('§name', [1]);",
  "db('users').havingNotIn('§name', [1]);",
  "db('users').havingNull('§name');",
  "db('users').havingBetween('§name', [1, 2]);",
  "db('users').orHavingNotBetween('§name', [1, 2]);",
  "db('users').having(function () { this.having('§name', '>', 1); });",
  "db('users').distinct('¶name');",
  "db('users').distinct(['id', '¶name']);",
  "db('users').distinct({ n: '§name' });",
  "db('users').distinctOn('§name');",
  "db('users').distinctOn(['id', '§name']);",
  "db('users').pluck('§name');",
  "db('users').pluck('users.§name');",
  "db('users').increment('§name', 1);",
  "db('users').increment({ §name: 1 });",
  "db('users').decrement('§name');",
  "db('users').decrement({ §name: 1 });",
  "db('users').insert({ §name: 'x' }).returning('¶name');",
  "db('users').insert({ §name: 'x' }, '¶name');",
  "db('users').insert({ §name: 'x' }, ['id', '¶name']);",
  "db('users').insert([{ §name: 'x' }, { §name: 'y' }]);",
  "db('users').update('§name', 'x');",
  "db('users').update({ §name: 'x' }, '¶name');",
  "db('users').update({ §name: 'x' }, ['¶name']);",
  "db('users').update({ id: 1 }).returning(['¶name']);",
  "db('users').del('¶name');",
  "db('users').delete(['id', '¶name']);",
  "db('users').where({ id }).del().returning('¶name');",
  "db('users').insert({ §name: 'x' }).onConflict('§name').ignore();",
  "db('users').insert({ §name: 'x' }).onConflict(['id', '§name']).merge();",
  "db('users').insert(row).onConflict('id').merge(['§name']);",
  "db('users').insert(row).onConflict('id').merge({ §name: 'x' });",
  "db('users').insert(row).onConflict('id').merge({ §name: db.raw('excluded.§name') });",
  "db('users').insert(row).onConflict('id').merge({ email: db.ref('excluded.§name') });",
  "db('users').upsert({ §name: 'x' });",
  "db('users').upsert({ §name: 'x' }, ['¶name']);",
  "db('users').columnInfo('§name');",
  "db.batchInsert('users', [{ §name: 'x' }], 30);",
  "db.batchInsert('users', rows.map((r) => ({ §name: r.x })));",
  "db.batchInsert('users', rows).returning('¶name');",
  "knex('users').select('id').rowNumber('n', '§name');",
  "knex('users').select('id').rowNumber('n', '§name', 'id');",
  "knex('users').select('id').rowNumber('n', 'id', '§name');",
  "knex('users').select('id').rank('n', ['§name', 'id']);",
  "knex('users').select('id').denseRank('n', (b) => b.orderBy('§name').partitionBy('§name'));",
  "knex('users').select('id').rowNumber('n', function () { this.partitionBy('§name').orderBy([{ column: '§name' }]); });",
  "knex('users').select('id').rank('n', { column: '§name', order: 'desc' }, [{ column: '§name' }]);",
  "db('orders').join('users', 'orders.user_id', 'users.§name').select('orders.id');",
  "db('orders').join('users', 'orders.user_id', '=', 'users.§name').select('orders.id');",
  "db('orders').join('users', { 'orders.user_id': 'users.§name' }).select('orders.id');",
  "db('orders').leftJoin('users as u', 'u.§name', 'orders.user_id').select('orders.id');",
  "db('orders').leftOuterJoin('users as u', 'u.§name', 'orders.user_id').select('orders.id');",
  "db('orders').join('users', function () { this.on('users.§name', '=', 'orders.user_id').orOn('orders.user_id', '=', 'users.§name'); }).select('orders.id');",
  "db('orders').join('users', (j) => { j.on('users.id', 'orders.user_id').andOnVal('users.§name', '=', 'x'); }).select('orders.id');",
  "db('orders').join('users', (j) => j.on('users.id', 'orders.user_id').andOnIn('users.§name', ['x']).onNull('users.§name').andOnBetween('users.§name', [1, 2]).onVal('users.§name', 'x')).select('orders.id');",
  "db('orders').join('users', (j) => j.using('§name')).select('orders.id');",
  "db('orders').join('users', (j) => j.using(['id', '§name'])).select('orders.id');",
  "db('orders').joinRaw('JOIN users ON users.§name = orders.id').select('orders.id');",
  "db('orders').joinRaw('JOIN users ON users.id = orders.id').select('users.¶name');",
  "db('orders').joinRaw('natural full join users').where('users.§name', 1).select('orders.id');",
  "db.with('u', (qb) => { qb.select('¶name').from('users').where('§name', x); }).select('*').from('u');",
  "db.withRecursive('u', (qb) => { qb.select('¶name').from('users').union((q) => { q.select('users.¶name').from('users'); }); }).select('*').from('u');",
  "db.with('u', db.raw('select ‡name from users')).from('u');",
  "db.with('n', db('products').select('id')).from('users').select('¶name');",
  "db('users').union(db('users').select('¶name'));",
  "db('users').select('id').union(function () { this.select('¶name').from('users'); });",
  "db('users').select('id').union([db('users').select('¶name')]);",
  "db('users').select('id').unionAll((qb) => qb.select('¶name').from('users'));",
  "db('users').select('id').intersect(function () { this.select('¶name').from('users'); });",
  "db('users').withSchema('public').select('¶name');",
  "db.withSchema('public').from('users').select('¶name');",
  "db.withSchema('public').table('users').select('¶name');",
  "db('public.users').select('public.users.¶name');",
  "db.select('¶name').fromRaw('users');",
  "db.select('¶name').fromRaw('users as u');",
  "db.fromRaw('users').where('§name', x);",
  "db('users').select('§name as n');",
  "db('users').select('users.§name as n', 'id');",
  "db('users').select(['¶name']);",
  "db('users').select({ n: '§name' });",
  "db('users').select({ n: 'users.§name', i: 'id' });",
  "db('users').column('¶name');",
  "db('users').columns(['¶name']);",
  "db('users').columns('id', { n: '§name' });",
  "db.column('¶name').select().from('users');",
  "db('users').select('users.*').where('users.§name', x).then((r) => r[0].§name);",
  "db('users').select(db('orders').max('id').where('user_id', db.ref('users.§name')).as('m'));",
  "db('users').where('id', db('users').max('§name'));",
  "db('users').whereIn('id', db('users').select('¶name'));",
  "db('users').whereIn('id', function () { this.select('¶name').from('users'); });",
  "db('users').whereIn('§name', (qb) => qb.select('¶name').from('users'));",
  "db('orders').whereIn('user_id', function () { this.select('¶name').from('users').where('§name', x); });",
  "db('orders').whereIn('user_id', (q) => { q.from('users').pluck('§name'); });",
  "db.from('users').innerJoin('orders', 'users.§name', 'orders.id').pluck('users.§name');",
  "db.table('users').select('¶name');",
  "db.insert({ §name: 1 }).into('users');",
  "db.queryBuilder().from('users').select('¶name');",
  "db.queryBuilder().select('¶name').table('users').where({ §name: 1 });",
  "trx('users').transacting(t).forUpdate().where('§name', x);",
  "db('users').clearSelect().select('¶name');",
  "db('users').clear('select').column('¶name');",
  "db('users').as('u').select('¶name');",
  "db('users').whereWrapped('§name', x);",
  "db('users').where(a ? '§name' : 'id', x);",
  "db('users').orderBy(sort || '§name');",
  "db('users').select(...['id', '¶name']);",
  "db('users').select(...cols, '¶name');",
  "db('users').select([...cols, '¶name']);",
  "db('users').where({ ...f, §name: 1 });",
  "db('users').where({ [`users.§name`]: 1 });",
  "db('users').where({ ['§name']: 1 });",
  "db('users').orderBy([a ? '§name' : 'id']);",
  "knex.select(knex.raw('‡name')).from('users');",
  "db('users').where('users' + '.§name', x);",
  "db('users AS u').where('u.§name', x);",
  "db('users').where(`§name`, x);",
  "db('users').insert(db.select('¶name').from('users'));",
  "db('users').insert(function () { this.select('¶name').from('users'); });",
  "db.into('users').insert({ §name: 1 });",
  "db(db.raw('users')).where('§name', x);",
  "db.from(db.raw('users as u')).where('u.§name', x);",
  "db('users').updateFrom('orders').update({ §name: 1 });",
  "for await (const row of db('users').stream()) { use(row.§name); }",
  "db('users').select('id', '¶name').toSQL();",
];

const possible = [
  "db('users').fancyMethod('§name');",
  "db('users').select('id').fancyMethod(['users.§name']);",
  "db('users').select('id').fancyMethod({ §name: 1 });",
  "db('users').select('id').paginate({ sortBy: 'users.§name as n' });",
  "db('users').select(upper('§name'));",
  "t('users').where('§name', x).select('id');",
  "db.select('u.§name').from(db('users').as('u'));",
  "db.with('u', db('users')).from('u').select('u.§name');",
];

const others = [
  "db('users').select('id').where('email', 'name');",
  "db('users').select('id').where({ email: 'name' }).orHaving('id', '=', 'name');",
  "db('users').select('id').count('id', { as: 'name' });",
  "db('users').select('id').rowNumber('name', 'id');",
  "db('users').select('id').limit('name').comment('name').as('name');",
  "db('users').update('email', 'name');",
  "db('users').select('id').whereRaw('email = ?', ['name']);",
  "db('orders').select('id').join('products', 'products.name', 'orders.id');",
  "db('users').select('id').whereExists(db('products').select('id').where('name', x));",
  "list('users').map('name');",
];

const query = "db('users').select('id').where('name', 'x');";

it.each([
  ['the package.json above', { 'package.json': '{"dependencies":{"knex":"3"}}', 'packages/api/package.json': '{}' }],
  ['a package.json beside', { 'packages/db/package.json': '{"dependencies":{"knex":"3"}}' }],
  ['an import of another file', { 'packages/api/db.ts': "import knex from 'knex';\nexport const db = knex({});\n" }],
  ['a require', { 'packages/api/db.js': "exports.db = require('knex')({});\n" }],
  ['an import of types', { 'packages/api/db.ts': "import type { Knex } from 'knex';\nexport let db: Knex;\n" }],
])('Knex is known by %s of the folder that is looked at', async (_, files) => {
  const { uses } = await look({ ...files, 'packages/api/a.ts': query }, undefined, ['packages/api']);
  expect(uses.map(({ path, kind }) => `${path} ${kind}`)).toEqual(['packages/api/a.ts knex']);
});

it('names in camel case are known by a file that names no table', async () => {
  const change = { kind: 'rename-column', table: users, column: 'first_name', to: 'given_name' } as const;
  const files = {
    'package.json': '{"dependencies":{"knex":"3"}}',
    'db.ts': 'export const db = knex({ ...knexSnakeCaseMappers() });\n',
    'a.ts': "db('users').select('id').where('firstName', 'x');\n",
  };
  const { edited } = await look(files, [change]);
  expect(edited.map(({ final }) => final)).toEqual(["db('users').select('id').where('givenName', 'x');\n"]);
});

it('a place of a query that is not edited says that others are', async () => {
  const { uses } = await look({
    'package.json': '{"dependencies":{"knex":"3"}}',
    'a.ts': "db('users').select('id').where('name', 'x').fancyMethod('name');\n",
  });
  expect(uses.map(({ doubt }) => doubt)).toEqual([
    undefined,
    'It is given to fancyMethod(…), of which it is not known whether it takes names of columns. Another place of this query is in the patch: change both together.',
  ]);
});

it('a list that is selected and grouped by has no patch, since no name fits both', async () => {
  const text = "const LIST = ['id', 'name'];\ndb('users').select(LIST).groupBy(LIST);\n";
  const { uses, edited } = await look({ 'package.json': '{"dependencies":{"knex":"3"}}', 'a.ts': text });
  expect(uses.map(({ doubt, unedited }) => [doubt, unedited?.slice(0, 9)])).toEqual([[undefined, 'No patch:']]);
  expect(edited).toEqual([]);
});
