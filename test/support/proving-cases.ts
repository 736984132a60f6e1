import type { AppVersion, Field, Fields, Spelt, Value, WorkloadShape } from '#db/workload/shape';

/** One change to a table of users, and how the two versions of its application see the table. */
export type ProvingCase = {
  readonly title: string;
  /** What is planned, with directives as the user writes them. */
  readonly sql: string;
  /** A field that the table of users does not have otherwise, with its column and what it holds in row `id`. */
  readonly field?: Field & { readonly column?: string; readonly fill?: string; initial(key: number): Value };
  /** Type of the key, `bigint` unless another is named. */
  readonly keyType?: string;
  /** More statements before the plan is made. */
  readonly setup?: string;
  readonly old?: Seen;
  /** The old version again after the way back, where it then sees exactly what it did before. */
  readonly returned?: Seen;
  /** A query that gives one row with `ok`, asked after contract and at the end, or after the way back. */
  readonly probe?: { readonly done: string; readonly back: string };
  readonly young?: Seen;
  /** Another table that both versions write at the same time. */
  readonly beside?: Beside;
  /** On the way back some rows keep what the new version wrote, and that is told. */
  readonly tellsExceptions?: boolean;
  /** What remains of a row's fields when the plan was taken back to the start. */
  readonly again?: (fields: Fields) => Fields;
};

/** A second table of the application, as its two versions see it. `setup` makes it. */
export type Beside = { readonly shape: WorkloadShape; readonly old: AppVersion; readonly young: AppVersion };

/** What a version sees otherwise than the table as it is at the start. A field that is left out is not known to it. */
export type Seen = {
  readonly table?: string;
  readonly fields?: Readonly<Record<string, Spelt | 'unknown'>>;
  readonly unknown?: Fields;
  /** The unique field on which it upserts; the key where left out. */
  readonly upsertsOn?: string;
};

const rows = 3_000;

const plain: Readonly<Record<string, Spelt>> = {
  name: { column: 'name' },
  email: { column: 'email' },
  note: { column: 'note', omitted: null },
};

/** The table, with its rows as `initial` says. */
export function setupOf({ field, keyType, setup }: ProvingCase): string {
  const [column, fill] = field?.column === undefined ? ['', ''] : [`, ${field.column}`, `, ${field.fill ?? 'NULL'}`];
  return `CREATE TABLE users (id ${keyType ?? 'bigint'}, name text NOT NULL, email text NOT NULL, note text${column});
    INSERT INTO users
    SELECT id, 'name of ' || id, 'user' || id || '@example.org', CASE WHEN id % 3 > 0 THEN 'note ' || id END${fill}
    FROM generate_series(1, ${rows}) AS id;
    ALTER TABLE users ADD PRIMARY KEY (id), ADD UNIQUE (email);
    CREATE INDEX users_name ON users (name);
    ${setup ?? ''};
    ANALYZE users`;
}

/** What the application's records are. */
export function shapeOf({ field }: ProvingCase): WorkloadShape {
  return {
    key: 'id',
    rows,
    fields: [
      { name: 'name', make: (_, turn) => `name ${turn}` },
      { name: 'email', make: (_, turn) => `mail${turn}@example.org`, isUnique: true },
      { name: 'note', make: (random) => `note ${Math.floor(random() * 1_000)}`, isNullable: true },
      ...(field === undefined ? [] : [field]),
    ],
    initial: (key) => ({
      name: `name of ${key}`,
      email: `user${key}@example.org`,
      note: key % 3 === 0 ? null : `note ${key}`,
      ...(field === undefined ? {} : { [field.name]: field.initial(key) }),
    }),
  };
}

/** The application before and after, and as it is when the plan was taken back. */
export function versionsOf({
  old,
  young,
  returned,
}: ProvingCase): Readonly<Record<'old' | 'young' | 'returned', AppVersion>> {
  return {
    old: versionOf('old', old ?? {}),
    young: versionOf('new', young ?? old ?? {}),
    returned: versionOf('old', returned ?? old ?? {}),
  };
}

function versionOf(name: string, { table, fields, unknown, upsertsOn }: Seen): AppVersion {
  const known = Object.entries({ ...plain, ...fields }).flatMap(([field, spelt]) =>
    spelt === 'unknown' ? [] : [[field, spelt] as const],
  );
  return {
    name,
    table: { schema: 'public', name: table ?? 'users' },
    fields: Object.fromEntries(known),
    unknown: unknown ?? {},
    ...(upsertsOn === undefined ? {} : { upsertsOn }),
  };
}
