import type { Finding } from '#core/finding';
import { basename, dirname, distinct } from '#db/lint/folder/paths';
import type { GatheredFile } from './gather-files.ts';

const languages: Readonly<Record<string, string>> = {
  cjs: 'JavaScript',
  cs: 'C#',
  cts: 'TypeScript',
  ex: 'Elixir',
  exs: 'Elixir',
  go: 'Go',
  java: 'Java',
  js: 'JavaScript',
  json: 'JSON',
  kt: 'Kotlin',
  mjs: 'JavaScript',
  mts: 'TypeScript',
  php: 'PHP',
  py: 'Python',
  rb: 'Ruby',
  rs: 'Rust',
  scala: 'Scala',
  ts: 'TypeScript',
  xml: 'XML',
  yaml: 'YAML',
  yml: 'YAML',
};

const migrationFolder = /^((\w+_)?migrate|(\w+[_-])?migrations?|changelogs?|changes)$/i;

/** Migrations that are no SQL, one finding for each folder and language: what is not read must not look as if it had been. */
export function programsNotRead(files: readonly GatheredFile[]): readonly Finding[] {
  const programs = files.flatMap(({ path, top }) => {
    const language = top === undefined || isMigration(path) ? languageOf(path) : undefined;
    return language === undefined ? [] : [{ path, language, place: `${placeOf(path)}\n${language}` }];
  });
  return distinct(programs.map(({ place }) => place)).flatMap((place) => {
    const [first, ...more] = programs.filter((program) => program.place === place);
    if (first === undefined) return [];
    const count = more.length === 0 ? '1 file' : `${more.length + 1} files`;
    return [
      {
        rule: 'lint/not-sql',
        severity: 'advice',
        message: `Not read: ${count} of ${first.language} here, such as ${basename(first.path)}.`,
        cure: 'Only SQL is linted: let the tool print the SQL of these migrations, and lint that.',
        file: placeOf(first.path),
      },
    ];
  });
}

/** Is a file code or data of another language than SQL, by its ending? */
export function isProgram(path: string): boolean {
  return languageOf(path) !== undefined;
}

function languageOf(path: string): string | undefined {
  return languages[/\.([a-z]+)$/.exec(basename(path))?.[1] ?? ''];
}

function isMigration(path: string): boolean {
  const [name, folder] = [basename(path), basename(dirname(path))];
  if (/[._](test|spec)\.[a-z]+$|\.d\.[cm]?ts$/.test(name)) return false;
  if (folder === 'versions' && name.endsWith('.py')) return true;
  const isNumbered = /^(\d+|V\d[\d._]*__|Version\d|m\d{6})/.test(name) || /^\d{8,}/.test(folder);
  return isNumbered && migrationFolderOf(path) !== undefined;
}

/** The folder of migrations that a file stands in, or in a folder of which it stands. */
function migrationFolderOf(path: string): string | undefined {
  const above = [dirname(path), dirname(dirname(path))];
  return above.findLast((folder) => migrationFolder.test(basename(folder)));
}

function placeOf(path: string): string {
  return migrationFolderOf(path) ?? dirname(path);
}

const databases: Readonly<Record<string, string>> = {
  bigquery: 'BigQuery',
  cassandra: 'Cassandra',
  clickhouse: 'ClickHouse',
  cockroach: 'CockroachDB',
  cockroachdb: 'CockroachDB',
  db2: 'Db2',
  derby: 'Derby',
  duckdb: 'DuckDB',
  h2: 'H2',
  hsqldb: 'HSQLDB',
  mariadb: 'MariaDB',
  mssql: 'SQL Server',
  mysql: 'MySQL',
  oracle: 'Oracle',
  snowflake: 'Snowflake',
  sqlite: 'SQLite',
  sqlite3: 'SQLite',
  sqlserver: 'SQL Server',
  vertica: 'Vertica',
};

/** Whose a file is by a name: `folder` is the folder so called, or the one with the file that is. */
export type ForeignName = { readonly database: string; readonly folder: string; readonly by: 'folder' | 'files' };

/**
 * The database that a folder between `top` and the file is named after, or the file itself before its ending, if it is not
 * PostgreSQL: `migrations/mysql/1_a.sql`, `1_a.mysql.up.sql`.
 */
export function databaseByName(path: string, top: string): ForeignName | undefined {
  let folder = top;
  const segments = dirname(path).slice(top.length).split('/');
  for (const segment of segments.filter((one) => one !== '')) {
    folder = `${folder}/${segment}`;
    const words = segment.toLowerCase().split(/[-_.]/);
    if (words.some((word) => /^(pg|postgres(ql)?)$/.test(word))) return undefined;
    const database = words.flatMap((word) => databases[word] ?? [])[0];
    if (database !== undefined) return { database, folder, by: 'folder' };
  }
  const dialect = /\.([a-z0-9]+)(?:\.[a-z]+)*\.(?:up|down)\.sql$/i.exec(basename(path))?.[1];
  const database = dialect === undefined ? undefined : databases[dialect.toLowerCase()];
  return database === undefined ? undefined : { database, folder: dirname(path), by: 'files' };
}
