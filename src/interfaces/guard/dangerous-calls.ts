import type { DangerousCall } from './danger.ts';

const plan =
  'Write the change as SQL and let godwit plan it: `godwit plan "…"`, then `godwit rehearse` and `godwit apply`.';
const back = 'What was applied by a plan is taken back with `godwit rollback`.';
const byPerson = 'Say what it is for, and let the person decide.';

/** True where words stand in this order, with others between them. */
function has(...wanted: readonly string[]): (rest: readonly string[]) => boolean {
  return (rest) => {
    let at = 0;
    for (const word of rest) if (word === wanted[at] || word.startsWith(`${wanted[at]}=`)) at += 1;
    return at === wanted.length;
  };
}

function any(...tests: readonly ((rest: readonly string[]) => boolean)[]): (rest: readonly string[]) => boolean {
  return (rest) => tests.some((test) => test(rest));
}

const oneOf =
  (...names: readonly string[]) =>
  (rest: readonly string[]): boolean =>
    rest.some((word) => names.includes(word));

/** Calls that destroy data or the way back, whatever they are called on. */
export const dangerousCalls: readonly DangerousCall[] = [
  {
    programs: ['prisma'],
    why: 'It drops what it does not know, with the rows in it.',
    instead: plan,
    isMeant: any(has('migrate', 'reset'), has('db', 'push', '--accept-data-loss'), has('db', 'push', '--force-reset')),
  },
  {
    programs: ['drizzle-kit'],
    why: 'It changes the database past every plan, and may drop columns with their values.',
    instead: plan,
    isMeant: oneOf('drop', 'push'),
  },
  {
    programs: ['sequelize', 'sequelize-cli'],
    why: 'It drops the database, or takes every migration back at once.',
    instead: back,
    isMeant: oneOf('db:drop', 'db:migrate:undo:all'),
  },
  {
    programs: ['typeorm', 'typeorm-ts-node-commonjs', 'typeorm-ts-node-esm'],
    why: 'It drops or overwrites the schema.',
    instead: plan,
    isMeant: oneOf('schema:drop', 'schema:sync'),
  },
  {
    programs: ['ace'],
    why: 'It drops all tables, or takes migrations back.',
    instead: plan,
    isMeant: oneOf('db:wipe', 'db:truncate', 'migration:fresh', 'migration:refresh', 'migration:reset'),
  },
  {
    programs: ['sea-orm-cli'],
    why: 'It drops all tables, or takes migrations back.',
    instead: plan,
    isMeant: any(has('migrate', 'fresh'), has('migrate', 'refresh'), has('migrate', 'reset'), has('migrate', 'down')),
  },
  {
    programs: ['console'],
    why: 'It drops the database or its schema.',
    instead: plan,
    isMeant: oneOf('doctrine:database:drop', 'doctrine:schema:drop', 'd:d:d', 'd:s:d'),
  },
  {
    programs: ['flask'],
    why: 'It takes every migration back.',
    instead: back,
    isMeant: has('db', 'downgrade', 'base'),
  },
  {
    programs: ['flask'],
    why: 'It takes migrations back, and what they have added goes with its rows.',
    instead: back,
    isMeant: has('db', 'downgrade'),
    asks: true,
  },
  {
    programs: ['knex'],
    why: 'It takes every migration back at once.',
    instead: back,
    isMeant: any(has('migrate:rollback', '--all'), has('migrate:down', '--all')),
  },
  {
    programs: ['knex'],
    why: 'It takes migrations back, and what they have added goes with its rows.',
    instead: back,
    isMeant: oneOf('migrate:rollback', 'migrate:down'),
    asks: true,
  },
  {
    programs: ['mikro-orm'],
    why: 'It drops the schema.',
    instead: plan,
    isMeant: oneOf('schema:drop', 'schema:fresh', 'migration:fresh'),
  },
  { programs: ['supabase'], why: 'It sets the database back to nothing.', instead: plan, isMeant: has('db', 'reset') },
  {
    programs: ['rails', 'rake'],
    why: 'It drops the database or loads a schema over it.',
    instead: plan,
    isMeant: (rest) =>
      rest.some((word) =>
        /^db:(drop|reset|purge|schema:load|structure:load|migrate:reset|truncate_all|setup)(:|$)/.test(word),
      ),
  },
  {
    programs: ['artisan'],
    why: 'It drops all tables.',
    instead: plan,
    isMeant: oneOf('migrate:fresh', 'migrate:refresh', 'migrate:reset', 'db:wipe'),
  },
  {
    programs: ['manage.py', 'django-admin', 'django'],
    why: 'It deletes all rows, or takes every migration of an application back.',
    instead: plan,
    isMeant: any(oneOf('flush', 'reset_db'), has('migrate', 'zero')),
  },
  {
    programs: ['mix'],
    why: 'It drops the database, or takes migrations back.',
    instead: plan,
    isMeant: oneOf('ecto.drop', 'ecto.reset', 'ecto.rollback'),
  },
  {
    programs: ['diesel', 'sqlx', 'dotnet', 'dotnet-ef'],
    why: 'It drops the database.',
    instead: plan,
    isMeant: any(has('database', 'reset'), has('database', 'drop'), has('db', 'drop')),
  },
  {
    programs: ['hasura'],
    why: 'It takes every migration back.',
    instead: back,
    isMeant: has('migrate', 'apply', '--down'),
  },
  { programs: ['heroku'], why: 'It sets the database back to nothing.', instead: plan, isMeant: oneOf('pg:reset') },
  {
    programs: ['docker', 'docker-compose', 'podman'],
    why: 'It removes volumes, and with them the databases in them.',
    instead: 'Leave the volume; a fresh database for a trial is what `godwit rehearse` makes.',
    isMeant: any(
      has('volume', 'rm'),
      has('volume', 'prune'),
      has('down', '-v'),
      has('down', '--volumes'),
      has('prune', '--volumes'),
    ),
  },
  {
    programs: ['redis-cli'],
    why: 'It deletes every key.',
    instead: back,
    isMeant: (rest) => rest.some((word) => /^flush(all|db)$/i.test(word)),
  },
  { programs: ['alembic'], why: 'It takes every migration back.', instead: back, isMeant: has('downgrade', 'base') },
  {
    programs: ['alembic'],
    why: 'It takes migrations back, and what they have added goes with its rows.',
    instead: back,
    isMeant: oneOf('downgrade'),
    asks: true,
  },
  {
    programs: ['mvn', 'mvnw', 'gradle', 'gradlew'],
    why: 'It drops everything in its schemas.',
    instead: plan,
    isMeant: (rest) => rest.some((word) => /(^|:)(flyway:clean|flywayClean|liquibase:dropAll|dropAll)$/.test(word)),
  },
  { programs: ['flyway'], why: 'It drops everything in its schemas.', instead: plan, isMeant: oneOf('clean') },
  {
    programs: ['liquibase'],
    why: 'It drops everything in its schemas.',
    instead: plan,
    isMeant: oneOf('dropAll', 'drop-all'),
  },
  {
    programs: ['goose', 'migrate', 'dbmate', 'atlas'],
    why: 'It takes migrations back or drops the schema.',
    instead: back,
    isMeant: any(oneOf('drop', 'reset'), has('down', '-all'), has('schema', 'clean'), has('down-to', '0')),
  },
  { programs: ['dropdb', 'dropuser'], why: 'It drops a whole database or role.', instead: plan },
  {
    programs: ['pg_restore'],
    why: 'It drops what is there before it restores.',
    instead: back,
    isMeant: oneOf('-c', '--clean'),
  },
  { programs: ['mysqladmin'], why: 'It drops a whole database.', instead: plan, isMeant: has('drop') },
  {
    programs: ['godwit', 'godwit.cjs'],
    why: 'Consent belongs to a person: nobody else says that a gate is passed or a plan approved.',
    instead: 'Say what the gate asks for, and let the person call it in a terminal.',
    isMeant: any(has('approve'), has('--confirm')),
  },
  {
    programs: ['godwit', 'godwit.cjs'],
    why: 'It drops what is kept for the way back, which a person decides.',
    instead: 'Say that it can be purged, and let the person call it in a terminal.',
    isMeant: (rest) => rest.includes('purge') && !rest.includes('--dry-run'),
  },
  {
    programs: ['ssh-keygen'],
    why: 'Consent belongs to a person: nobody else signs that a plan is approved.',
    instead: 'Say what is to be signed, and let the person do so in a terminal.',
    isMeant: (rest) =>
      rest.some((word, at) => /^-\w*Ysign$/.test(word) || (/^-\w*Y$/.test(word) && rest[at + 1] === 'sign')),
  },
  {
    programs: ['claude'],
    why: 'It changes what guards the assistant.',
    instead: byPerson,
    isMeant: any(has('plugin', 'disable'), has('plugin', 'uninstall'), has('plugin', 'remove'), has('config', 'set')),
    asks: true,
  },
];
