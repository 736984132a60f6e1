import type { Rule } from '../../rule.ts';

export const extensionUpgrade: Rule = {
  id: 'pg/extension-upgrade',
  severity: 'warning',
  summary: 'An extension is brought to another version',
  why: "ALTER EXTENSION … UPDATE runs the extension's own scripts in one transaction: they may lock, drop and write anew whatever belongs to it. Without TO it goes to whatever version the server at hand has as its default.",
  instead:
    'Say the version with TO, and rehearse it on a copy with the same extension files; read what its release notes say of indexes to be rebuilt.',
  aliases: { 'pg-schema-diff': ['UPGRADING_EXTENSION_VERSION'], MigrationPilot: ['MP078'] },
  needs: 'static',
  claims: [],
  bad: [
    { sql: 'ALTER EXTENSION pg_trgm UPDATE;', given: 'CREATE EXTENSION pg_trgm;' },
    { sql: "ALTER EXTENSION pg_trgm UPDATE TO '1.4';", given: "CREATE EXTENSION pg_trgm VERSION '1.3';" },
  ],
  good: [
    { sql: 'CREATE EXTENSION IF NOT EXISTS pg_trgm;' },
    { sql: 'CREATE SCHEMA tools;\nALTER EXTENSION pg_trgm SET SCHEMA tools;', given: 'CREATE EXTENSION pg_trgm;' },
  ],
  on: ['AlterExtensionStmt'],
  check({ node }) {
    if (!('AlterExtensionStmt' in node)) return [];
    const { extname, options = [] } = node.AlterExtensionStmt;
    const [version] = options.flatMap((option) =>
      'DefElem' in option && option.DefElem.arg !== undefined && 'String' in option.DefElem.arg
        ? [option.DefElem.arg.String.sval]
        : [],
    );
    const to = version === undefined ? 'to whatever version the server has as its default' : `to ${version}`;
    return [{ message: `Extension ${extname} is brought ${to}: its own scripts decide what they lock and change.` }];
  },
};
