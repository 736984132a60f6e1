import type { Danger } from './danger.ts';

const instead = 'Let godwit plan it: `godwit plan "…"` names what is lost, keeps a way back, and asks a person.';

const forms: readonly (readonly [RegExp, string])[] = [
  [/\bdropDatabase\s*\(/, 'It drops a whole database.'],
  [
    /\.(dropSchema|dropTable|dropTableIfExists|drop_table|drop_all|dropAll|dropCollection|dropAllTables|drop_database)\s*\(/,
    'It drops something, and with it what is stored in it.',
  ],
  [/\.(deleteMany|destroyMany)\s*\(\s*(?:\{\s*\}\s*)?\)/, 'It deletes all rows of a table.'],
  [/\.updateMany\s*\(\s*\{(?![^)]*\bwhere\b)\s*data\b/, 'It changes all rows of a table at once.'],
  [
    /\b[A-Z]\w*(?:\.(?:all|unscoped))?\.(delete_all|destroy_all|update_all)\b/,
    'It deletes or changes all rows of a table.',
  ],
  [
    /\.objects\s*\.\s*all\s*\(\s*\)\s*\.\s*(delete|update|_raw_delete)\s*\(/,
    'It deletes or changes all rows of a table.',
  ],
  [
    /\b[A-Z]\w*(?:::|\.)truncate\s*\(|\bknex\s*\([^)]*\)\s*\.\s*(truncate|del|delete)\s*\(/,
    'It deletes all rows of a table.',
  ],
  [/\b[A-Z]\w*::query\s*\(\s*\)\s*->\s*(delete|update)\s*\(/, 'It deletes or changes all rows of a table.'],
  [/\bsync(?:hronize)?\s*\(\s*(?:true\b|\{[^}]*\bforce\s*:\s*true)/, 'It drops tables and makes them anew.'],
  [
    /\b(?:call_command|Artisan::call)\s*\(\s*["'](flush|reset_db|migrate:(?:fresh|reset|refresh)|db:wipe)/,
    'It deletes all rows.',
  ],
];

/** What of some code, by the ways in which libraries of databases are called, destroys data past a plan. Pure. */
export function dangerOfCode(code: string): Danger | undefined {
  const why = forms.find(([form]) => form.test(code))?.[1];
  return why === undefined ? undefined : { why, instead };
}
