// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code that is looked at
import { expect, it } from 'vitest';
import { lookAtMarked } from './support/look-at-marked.ts';

it('Kysely: every call that takes names of columns, in every form of its arguments', async () => {
  const found = await lookAtMarked(calls, 'kysely');
  expect(found.map(({ final }) => final)).toEqual(found.map(({ wanted }) => wanted));
});

it('Kysely: what may name the column is possible, never silent', async () => {
  const found = await lookAtMarked(possible, 'kysely');
  expect(
    found.filter(
      ({ marks, places, text, final }) => final !== text || !marks.every((at) => places.get(at) === 'possible'),
    ),
  ).toEqual([]);
});

it('Kysely: a value, an alias and a column of another table are none', async () => {
  const found = await lookAtMarked(others, 'kysely');
  expect(
    found.filter(
      ({ text, final, places }) => final !== text || [...places.keys()].some((at) => text.startsWith('name', at)),
    ),
  ).toEqual([]);
});

/** `§` stands before a name that is edited, `¶` where it keeps its alias as an output, `‡` where it does in SQL. */
const calls = [
  "function withName(eb: ExpressionBuilder<DB, 'users'>) { return eb.or([eb('§name', '=', x), eb.ref('users.§name')]); }",
  "function named(qb: SelectQueryBuilder<DB, 'users' | 'orders', {}>) { return qb.where('users.§name', '=', x); }",
  "const eb = expressionBuilder<DB, 'users'>();\nuse(eb('§name', '=', x));",
  "db.selectFrom('users as c').select((eb) => [eb.fn.count('c.§name').as('n')]).execute();",
  "db.selectFrom('users').select((eb) => eb.fn.max('§name').as('m')).execute();",
  "db.selectFrom('users').select(({ fn }) => [fn.min('users.§name').as('m')]).execute();",
  "db.selectFrom('users').select(({ fn }) => fn.coalesce('§name', 'email').as('m')).execute();",
  "db.selectFrom('users').select((eb) => eb.fn.coalesce('email', eb.ref('§name')).as('m')).execute();",
  "db.selectFrom('users').select((eb) => eb.fn.agg('string_agg', ['§name']).as('m')).execute();",
  "db.selectFrom('users').select((eb) => eb.fn.agg<number>('rank').over((ob) => ob.partitionBy('§name').orderBy('§name', 'desc')).as('m')).execute();",
  "db.selectFrom('users').select((eb) => eb.fn<string>('upper', ['§name']).as('m')).execute();",
  "db.selectFrom('users').select((eb) => eb.fn('concat', ['email', eb.val('x'), '§name']).as('m')).execute();",
  "db.selectFrom('users').select(db.fn.count('§name').as('n')).execute();",
  "db.selectFrom('users').select(db.fn.count<number>('§name').distinct().as('n')).execute();",
  "db.selectFrom('users').select((eb) => eb.fn.count('id').filterWhere('§name', '=', 'x').as('n')).execute();",
  "db.selectFrom('users').select((eb) => eb.fn.sum(eb.ref('§name')).as('n')).execute();",
  "db.selectFrom('users').select((eb) => eb.ref('§name').as('n')).execute();",
  "db.selectFrom('users').select(({ ref }) => ref('§name').as('n')).execute();",
  "db.selectFrom('users').select((eb) => ['id', '¶name', eb.val(1).as('one')]).execute();",
  "db.selectFrom('users').select(['¶name', (eb) => eb.fn.max('§name').as('x')]).execute();",
  "db.selectFrom('users').select((eb) => eb.case().when('§name', '=', 'x').then(1).else(2).end().as('k')).execute();",
  "db.selectFrom('users').select((eb) => eb.case('§name').when('x').then(1).end().as('k')).execute();",
  "db.selectFrom('users').select((eb) => eb.case().when(eb('§name', '=', 'x')).then(eb.ref('§name')).else(eb.ref('email')).end().as('k')).execute();",
  "db.selectFrom('users').select((eb) => eb('§name', '=', 'x').as('k')).execute();",
  "db.selectFrom('users').select((eb) => eb.cast('§name', 'text').as('k')).execute();",
  "db.selectFrom('users').select('id').where((eb) => eb.and([eb('§name', '=', x), eb('id', '>', 1)])).execute();",
  "db.selectFrom('users').select('id').where((eb) => eb.and({ §name: 'x', id: 1 })).execute();",
  "db.selectFrom('users').select('id').where((eb) => eb.or({ §name: 'x' })).execute();",
  "db.selectFrom('users').select('id').where(({ eb, or, and, not, exists }) => or([eb('§name', '=', x), not(eb('§name', '=', y)), and({ §name: 'z' })])).execute();",
  "db.selectFrom('users').select('id').where((eb) => eb.not(eb('§name', '=', x))).execute();",
  "db.selectFrom('users').select('id').where((eb) => eb.between('§name', 'a', 'b')).execute();",
  "db.selectFrom('users').select('id').where((eb) => eb(eb.refTuple('id', '§name'), 'in', [eb.tuple(1, 'x')])).execute();",
  "db.selectFrom('users').select('id').where((eb) => eb.parens('§name', '=', 'x')).execute();",
  "db.selectFrom('users').select('id').where((eb) => eb('id', '=', eb.fn.any('§name'))).execute();",
  "db.selectFrom('users').select('id').where((eb) => { const a = []; a.push(eb('§name', '=', x)); return eb.and(a); }).execute();",
  "db.selectFrom('users').select('id').where(sql.ref('§name'), '=', x).execute();",
  "db.selectFrom('users').select(sql`lower(${sql.ref('users.§name')})`.as('x')).execute();",
  "db.selectFrom('users').select(sql`lower(${sql.id('users', '§name')})`.as('x')).execute();",
  "db.selectFrom('users').select(sql`lower(${sql.id('§name')})`.as('x')).execute();",
  "db.selectFrom('users').select((eb) => sql`lower(${eb.ref('§name')})`.as('x')).execute();",
  "db.selectFrom('users').select(sql`lower(§name)`.as('x')).execute();",
  "db.selectFrom('users').select('id').whereRef('§name', '=', 'email').execute();",
  "db.selectFrom('users').select('id').whereRef('email', '=', '§name').execute();",
  "db.selectFrom('users').select('id').where('§name', 'in', ['a']).execute();",
  "db.selectFrom('users').select('id').where('users.§name', 'is not', null).execute();",
  "db.selectFrom('orders').innerJoin('users', 'users.§name', 'orders.id').select('orders.id').execute();",
  "db.selectFrom('orders').leftJoin('users as u', (join) => join.onRef('u.§name', '=', 'orders.id').on('u.§name', '=', 'x')).select('orders.id').execute();",
  "db.selectFrom('orders').leftJoin('users as u', (join) => join.on((eb) => eb.or([eb('u.§name', '=', 'x')]))).select('orders.id').execute();",
  "db.selectFrom('orders').leftJoin('users as u', (join) => join.on('u.id', '=', (eb) => eb.ref('u.§name'))).select('orders.id').execute();",
  "db.selectFrom('users').select('id').orderBy('§name').execute();",
  "db.selectFrom('users').select('id').orderBy('§name', 'desc').execute();",
  "db.selectFrom('users').select('id').orderBy(['§name desc', 'id']).execute();",
  "db.selectFrom('users').select('id').orderBy('§name desc').execute();",
  "db.selectFrom('users').select('id').orderBy((eb) => eb.fn('lower', ['§name']), 'asc').execute();",
  "db.selectFrom('users').select('id').orderBy(({ fn }) => fn.coalesce('§name', 'email')).execute();",
  "db.selectFrom('users').select('id').orderBy('§name', (ob) => ob.desc().nullsLast()).execute();",
  "db.selectFrom('users').select('id').groupBy('§name').execute();",
  "db.selectFrom('users').select('id').groupBy(['id', '§name']).execute();",
  "db.selectFrom('users').select('id').groupBy((eb) => [eb.fn('lower', ['§name'])]).execute();",
  "db.selectFrom('users').select('id').having('§name', '=', 'x').execute();",
  "db.selectFrom('users').select('id').having((eb) => eb.fn.count('§name'), '>', 1).execute();",
  "db.selectFrom('users').distinctOn('§name').select('id').execute();",
  "db.selectFrom('users').distinctOn(['id', '§name']).select('id').execute();",
  "db.updateTable('users').set((eb) => ({ §name: eb.fn('upper', ['§name']) })).execute();",
  "db.updateTable('users').set({ §name: (eb) => eb.ref('email') }).execute();",
  "db.updateTable('users').set('§name', 'x').execute();",
  "db.updateTable('users').set((eb) => ({ email: eb('§name', '||', 'x') })).execute();",
  "db.updateTable('users').set({ id: 1 }).where('§name', '=', 'x').returning(['id', '¶name']).execute();",
  "db.updateTable('users').from('orders').set({ §name: 'x' }).whereRef('users.§name', '=', 'orders.id').execute();",
  "db.deleteFrom('users').where('§name', '=', 'x').returning('¶name').execute();",
  "db.deleteFrom('orders').using('users').where('users.§name', '=', 'x').execute();",
  "db.insertInto('users').values([{ §name: 'x' }]).returning(['§name as n']).execute();",
  "db.insertInto('users').values((eb) => ({ §name: eb.val('x') })).execute();",
  "db.insertInto('users').columns(['id', '§name']).expression((eb) => eb.selectFrom('orders').select(['id', 'total'])).execute();",
  "db.insertInto('users').values(row).onConflict((oc) => oc.column('§name').doNothing()).execute();",
  "db.insertInto('users').values(row).onConflict((oc) => oc.columns(['id', '§name']).doUpdateSet({ §name: 'x' })).execute();",
  "db.insertInto('users').values(row).onConflict((oc) => oc.column('id').doUpdateSet((eb) => ({ §name: eb.ref('excluded.§name') }))).execute();",
  "db.insertInto('users').values(row).onConflict((oc) => oc.column('id').doUpdateSet({ email: (eb) => eb.ref('excluded.§name') }).where('users.§name', '=', 'x')).execute();",
  "db.selectFrom('orders').select((eb) => ['id', jsonObjectFrom(eb.selectFrom('users').select(['users.id', 'users.¶name']).whereRef('users.id', '=', 'orders.user_id')).as('u')]).execute();",
  "db.selectFrom('users').select((eb) => ['id', jsonArrayFrom(eb.selectFrom('orders').select('orders.id').whereRef('orders.user_id', '=', 'users.§name')).as('o')]).execute();",
  "db.selectFrom('users').select((eb) => jsonBuildObject({ n: eb.ref('§name') }).as('o')).execute();",
  "db.withSchema('public').selectFrom('users').select('¶name').execute();",
  "db.selectFrom('public.users').select('public.users.id').where('public.users.§name', '=', 'x').execute();",
  "db.with('x', (qb) => qb.selectFrom('users').select('id').where('§name', '=', 'y')).selectFrom('x').selectAll().execute();",
  "db.withRecursive('x', (qb) => qb.selectFrom('users').select(['id', '¶name']).unionAll((eb) => eb.selectFrom('users').select(['users.id', 'users.¶name']))).selectFrom('x').selectAll().execute();",
  "db.mergeInto('users').using('orders', 'orders.id', 'users.§name').whenMatched().thenUpdateSet({ §name: 'x' }).execute();",
  "db.mergeInto('users').using('orders', 'orders.id', 'users.id').whenMatchedAnd('users.§name', '=', 'x').thenDelete().execute();",
  "db.mergeInto('users').using('orders', 'orders.id', 'users.id').whenNotMatched().thenInsertValues({ §name: 'x' }).execute();",
  "db.mergeInto('users').using('orders', (join) => join.onRef('orders.id', '=', 'users.§name')).whenMatched().thenUpdateSet((eb) => ({ email: eb.ref('users.§name') })).execute();",
  "db.selectFrom('users').select('id').$if(x, (qb) => qb.where('§name', '=', 'y').select('¶name')).execute();",
  "db.selectFrom('users').select('id').$call((qb) => qb.where('§name', '=', 'y')).execute();",
  "db.selectFrom('users').select('id').where((eb) => eb.exists(eb.selectFrom('orders').select('orders.id').whereRef('orders.user_id', '=', 'users.§name'))).execute();",
  "db.selectFrom('users').select('id').where('id', 'in', (eb) => eb.selectFrom('users as b').select('b.¶name')).execute();",
  "db.selectFrom('users').select('id').where('id', 'in', db.selectFrom('users').select('¶name')).execute();",
  "db.selectFrom('users').select('id').union(db.selectFrom('users').select('¶name')).execute();",
  "db.selectFrom('users').select('id').where(db.dynamic.ref('§name'), '=', x).execute();",
  "db.selectFrom('users').select('id').clearOrderBy().orderBy('users.§name').execute();",
  "db.selectFrom('users').select((eb) => eb.ref('§name', '->').key('a').as('x')).execute();",
  "db.selectFrom('users').selectAll().execute().then((rows) => rows.map((r) => r.§name));",
  "db.selectFrom(['users', 'orders']).select('users.¶name').execute();",
  "db.selectFrom(['users as u', 'orders as o']).select('u.¶name').whereRef('u.§name', '=', 'o.id').execute();",
  "db.selectFrom('users').select((eb) => [helper(eb.ref('§name')).as('h'), eb.selectFrom('orders').select(eb.fn.max('total').as('t')).as('t')]).execute();",
  "const rows = await db.selectFrom('users').select('§name as label').execute();",
  "db.selectFrom('users').select('id').where('users.' + '§name', '=', x).execute();",
  'sql`select ‡name from users`.execute(db);',
  "db.selectFrom('users').select('id').modifyEnd(sql`§name`).execute();",
];

const possible = [
  "db.selectFrom('users').select('id').fancyMethod('§name').execute();",
  "db.selectFrom('users').select([upper('§name')]).execute();",
  "db.with('x', (qb) => qb.selectFrom('users').selectAll()).selectFrom('x').select('x.§name').execute();",
  "db.selectFrom(db.selectFrom('users').selectAll().as('u')).select('u.§name').execute();",
];

const others = [
  "db.selectFrom('users').select('id').where('email', '=', 'name').execute();",
  "db.selectFrom('users').select((eb) => eb.val('name').as('name')).execute();",
  "db.updateTable('users').set('email', 'name').execute();",
  "db.selectFrom('users').select('id').where((eb) => eb.exists(eb.selectFrom('products').select('id').where('name', '=', x))).execute();",
  "const rows = await db.selectFrom('users as c').innerJoin('orders as o', 'o.user_id', 'c.id').selectAll('o').execute();",
];
