import { plainName, type UserType } from '../schema.ts';

/** An expression for the value of row number `i`, and how many different values it can give. */
export type Value = { readonly sql: string; readonly capacity: number };

const many = Number.MAX_SAFE_INTEGER;
const secondsInDay = 86_400;

/**
 * A value of the type for the row number that the expression `i` (of type bigint) gives: different numbers give
 * different values as far as the type has room. Undefined where no value is known.
 */
export function valueFor(type: string, i: string, types: readonly UserType[]): Value | undefined {
  const array = /^(.*)\[\]$/.exec(type);
  if (array?.[1] !== undefined) {
    const element = valueFor(array[1], i, types);
    return element === undefined ? undefined : { ...element, sql: `ARRAY[${element.sql}]::${type}` };
  }
  return builtIn(type, i) ?? userMade(type, i, types);
}

function builtIn(type: string, i: string): Value | undefined {
  const [, name = type, first, second] =
    /^([a-z "]+?)(?:\((\d+)(?:,(-?\d+))?\))?((?: with| without) time zone)?$/.exec(type) ?? [];
  const size = first === undefined ? undefined : Number(first);
  switch (name) {
    case 'smallint':
      return { sql: `((${i}) % 32767)::smallint`, capacity: 32_767 };
    case 'integer':
    case 'bigint':
    case 'oid':
    case 'real':
    case 'double precision':
    case 'money':
      return { sql: `(${i})::${type}`, capacity: name === 'real' ? 2 ** 23 : many };
    case 'numeric':
      return numeric(type, i, { precision: size, scale: Number(second ?? 0) });
    case 'boolean':
      return { sql: `((${i}) % 2 = 0)`, capacity: 2 };
    case 'text':
    case 'character varying':
    case 'character':
    case 'name':
      return text(type, i, name === 'name' ? 63 : (size ?? (name === 'character' ? 1 : undefined)));
    case 'bit':
    case 'bit varying':
      return {
        sql: `((${i}) % ${2 ** Math.min(size ?? 1, 30)})::int::bit(${size ?? 1})::${type}`,
        capacity: 2 ** Math.min(size ?? 1, 30),
      };
    default:
      return moment(type, name, i) ?? others(type, i);
  }
}

function numeric(
  type: string,
  i: string,
  { precision, scale }: { precision: number | undefined; scale: number },
): Value {
  if (precision === undefined) return { sql: `(${i})::numeric`, capacity: many };
  const capacity = Math.min(10 ** Math.min(precision, 15), many);
  const unit = scale > 0 ? ` / 1e${scale}` : scale < 0 ? ` * 1e${-scale}` : '';
  return { sql: `(((${i}) % ${capacity})::numeric${unit})::${type}`, capacity };
}

/** Digits: they fit most types that a text column may be changed to. */
function text(type: string, i: string, length: number | undefined): Value {
  const digits = Math.min(length ?? 15, 15);
  return { sql: `((${i}) % ${10 ** digits})::text::${type}`, capacity: 10 ** digits };
}

function moment(type: string, name: string, i: string): Value | undefined {
  switch (name) {
    case 'date':
      return { sql: `(date '2020-01-01' + ((${i}) % 1000000)::int)`, capacity: 1_000_000 };
    case 'timestamp':
      return { sql: `(timestamp '2020-01-01' + (${i}) * interval '1 second')::${type}`, capacity: many };
    case 'time':
      return {
        sql: `(time '00:00' + ((${i}) % ${secondsInDay}) * interval '1 second')::${type}`,
        capacity: secondsInDay,
      };
    case 'interval':
      return { sql: `((${i}) * interval '1 second')`, capacity: many };
    default:
      return undefined;
  }
}

const bySql: Readonly<Record<string, (i: string) => string>> = {
  uuid: (i) => `pg_catalog.md5((${i})::text)::uuid`,
  json: (i) => `pg_catalog.json_build_object('n', ${i})`,
  jsonb: (i) => `pg_catalog.jsonb_build_object('n', ${i})`,
  bytea: (i) => `pg_catalog.decode(pg_catalog.lpad(pg_catalog.to_hex(${i}), 16, '0'), 'hex')`,
  inet: (i) => `(inet '10.0.0.0' + (${i}) % 16777216)`,
  cidr: (i) => `(inet '10.0.0.0' + (${i}) % 16777216)::cidr`,
  macaddr: (i) => `pg_catalog.lpad(pg_catalog.to_hex(${i}), 12, '0')::macaddr`,
  xml: (i) => `('<n>' || (${i}) || '</n>')::xml`,
  tsvector: (i) => `(${i})::text::tsvector`,
  point: (i) => `pg_catalog.point((${i})::float8, 0)`,
  int4range: (i) => `pg_catalog.int4range((2 * (${i}))::int, (2 * (${i}) + 1)::int)`,
  int8range: (i) => `pg_catalog.int8range(2 * (${i}), 2 * (${i}) + 1)`,
  numrange: (i) => `pg_catalog.numrange(2 * (${i}), 2 * (${i}) + 1)`,
  daterange: (i) =>
    `pg_catalog.daterange(date '2020-01-01' + (2 * (${i}))::int, date '2020-01-02' + (2 * (${i}))::int)`,
  tsrange: (i) =>
    `pg_catalog.tsrange(timestamp '2020-01-01' + (${i}) * interval '2 s', timestamp '2020-01-01' + ((${i}) * 2 + 1) * interval '1 s')`,
  tstzrange: (i) =>
    `pg_catalog.tstzrange(timestamptz '2020-01-01Z' + (${i}) * interval '2 s', timestamptz '2020-01-01Z' + ((${i}) * 2 + 1) * interval '1 s')`,
};

function others(type: string, i: string): Value | undefined {
  const sql = bySql[type]?.(i);
  return sql === undefined ? undefined : { sql, capacity: many };
}

function userMade(type: string, i: string, types: readonly UserType[]): Value | undefined {
  const made = types.find((one) => plainName(one) === type.replaceAll('"', ''));
  if (made?.kind === 'enum' && made.labels.length > 0) {
    const labels = made.labels.map((label) => `'${label.replaceAll("'", "''")}'`).join(', ');
    return { sql: `((ARRAY[${labels}])[1 + (${i}) % ${made.labels.length}])::${type}`, capacity: made.labels.length };
  }
  const base = made?.kind === 'domain' ? domainBase(made.definition) : undefined;
  const value = base === undefined ? undefined : valueFor(base, i, types);
  return value === undefined ? undefined : { ...value, sql: `(${value.sql})::${type}` };
}

/** The type below a domain, as the inspector writes its definition. */
export function domainBase(definition: string): string | undefined {
  return / AS (.+?)(?: COLLATE .*| DEFAULT .*| NOT NULL.*| CONSTRAINT .*)?$/s.exec(definition)?.[1];
}
