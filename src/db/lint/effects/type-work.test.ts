import { beforeAll, expect, test } from 'vitest';
import { loadParser } from '../../drivers/postgres/sql/syntax-tree.ts';
import { catalogOf } from '../catalog/base-catalog.ts';
import { typeWork } from './type-work.ts';

beforeAll(loadParser);

/** What PostgreSQL 12 to 18 were seen to do, all of them alike; `zone` under TimeZone UTC and Europe/Paris. */
const measured = {
  free: `
    varchar(20) > varchar(50)
    varchar(20) > varchar
    varchar(20) > text
    varchar > text
    text > varchar
    char(5) > bpchar
    text > bpchar
    varchar(10) > bpchar
    numeric(10,2) > numeric(12,2)
    numeric(10,2) > numeric
    numeric(10) > numeric(12)
    numeric(10) > numeric(10,0)
    int4 > oid
    oid > int4
    timestamp(3) > timestamp
    timestamp(3) > timestamp(6)
    timestamp > timestamp(6)
    time(3) > time
    time(3) > time(6)
    time > time(6)
    timetz(3) > timetz
    interval(3) > interval
    interval(3) > interval(6)
    interval > interval(6)
    interval day to second(3) > interval
    interval day to second(3) > interval day to second(6)
    interval year to month > interval
    interval day > interval day to second
    interval day > interval hour
    interval > interval day to second
    varbit(5) > varbit(10)
    varbit(5) > varbit
    bit(5) > varbit
    bit(5) > bit(5)
    cidr > inet
    xml > text
    varchar(10)[] > varchar[]
    numeric(10,2)[] > numeric[]
    text > citext
    citext > text
    varchar(20) > citext
    citext > varchar
    email_address > text
    text > email_address
    varchar(20) > email_address
    email_address > varchar
    positive > int4
    shortmail > text
    varchar(20) > shortmail
    varchar(10) > shortmail
    nndom > text
    email_address > plain2
    int4 > regclass
    regclass > oid
    regclass > int4
    oid > regclass
    regtype > oid
    int8 > int8
    text > text
`,
  rewrite: `
    varchar(20) > varchar(10)
    varchar > varchar(20)
    text > varchar(20)
    text > varchar(50)
    char(5) > text
    char(5) > varchar
    char(5) > varchar(10)
    char(5) > char(10)
    char(10) > char(5)
    text > char(10)
    varchar(5) > char(10)
    bpchar > char(5)
    bpchar > text
    bpchar > varchar
    name > text
    text > name
    name > varchar
    numeric(10,2) > numeric(12,3)
    numeric(10,2) > numeric(8,2)
    numeric(10,2) > numeric(10,3)
    numeric > numeric(10,2)
    numeric > int8
    int2 > int4
    int4 > int8
    int8 > int4
    int4 > numeric
    int4 > float8
    float4 > float8
    float8 > float4
    int4 > text
    oid > int8
    int8 > oid
    bool > text
    timestamp > timestamp(3)
    timestamp(6) > timestamp(3)
    timestamp(3) > timestamptz(3)
    timestamp(6) > timestamptz(3)
    timestamp(3) > timestamptz(2)
    timestamp > date
    date > timestamp
    date > timestamptz
    time > timetz
    timetz > time
    interval > interval(3)
    varbit(10) > varbit(5)
    bit(5) > varbit(5)
    bit(5) > bit(10)
    varbit > bit(5)
    inet > cidr
    inet > text
    cidr > text
    macaddr > macaddr8
    json > jsonb
    jsonb > json
    json > text
    jsonb > text
    uuid > text
    bytea > text
    int4[] > int8[]
    varchar(10)[] > varchar(20)[]
    varchar(10)[] > text[]
    varchar[] > text[]
    text[] > varchar[]
    numeric(10,2)[] > numeric(12,2)[]
    citext > varchar(20)
    order_status > text
    order_status > varchar
    email_address > varchar(20)
    int4 > positive
    positive > int8
    text > shortmail
    shortmail > varchar(30)
    point > box
    money > numeric
    numeric > money
    bpchar > char
    "char" > text
    text > "char"
    path > polygon
`,
  zone: `
    timestamp > timestamptz
    timestamptz > timestamp
    timestamp(3) > timestamptz
    timestamp(3) > timestamptz(6)
`,
};

const given = `CREATE TYPE order_status AS ENUM ('open'); CREATE DOMAIN email_address AS text; CREATE DOMAIN plain2 AS text;
CREATE DOMAIN positive AS integer CHECK (VALUE > 0); CREATE DOMAIN shortmail AS varchar(20); CREATE DOMAIN nndom AS text NOT NULL;`;

const cases = Object.entries(measured).flatMap(([work, lines]) =>
  lines.split('\n').flatMap((line) => {
    const [from, to] = line.trim().split(' > ');
    return from === undefined || to === undefined ? [] : [[from, to, work] as const];
  }),
);

test.each(cases)('%s to %s: %s', (from, to, work) => {
  const catalog = catalogOf(`${given} CREATE TABLE t (a ${from}, b ${to});`);
  const columns = catalog.relations.get('public.t')?.columns;
  const target = columns?.get('b')?.type;
  if (target === undefined) throw new Error(`No type: ${to}`);
  expect(typeWork({ column: 'a', from: columns?.get('a')?.type, to: target, using: undefined }, catalog)).toBe(work);
});
