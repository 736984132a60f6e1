import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { configSchema } from '#app/config';
import { errorDocument, explainError } from '#app/explain-error';
import { redactor } from '#app/redact';
import { fail } from '#core/error';
import { errorText } from './show-error.ts';

const url = 'postgres://ada:p%40ss%2Fword@db.example.org/shop';
const clean = redactor({
  choice: { db: url },
  config: configSchema.parse({ targets: { live: { url: 'env:LIVE_URL', class: 'production' } } }),
  env: { LIVE_URL: 'postgres://bob:liveword@h/d', PGPASSWORD: 'fromenv' },
});

describe('errors', () => {
  it('never show a credential, however it is spelt', () => {
    const secrets = ['p@ss/word', 'p%40ss%2Fword', 'liveword', 'fromenv', 'elsewhere'];
    const text = `${secrets.slice(0, 4).join(' ')} ${url} postgres://eve:elsewhere@h/d`;
    const error = explainError(fail('step-failed', { what: text, why: text, next: text }, new Error(text)), clean);
    const shown = `${JSON.stringify(errorDocument(error))}${errorText(error, { colors: pc.createColors(false), isVerbose: true })}`;
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(shown).toContain('db.example.org');
  });

  it('say what, why and next, with the lines of a caret kept', () => {
    const error = explainError(fail('sql-syntax', { what: 'a', why: 'line 1\n  ^', next: 'c' }), clean);
    expect(errorText(error, { colors: pc.createColors(false), isVerbose: false })).toBe(
      '✗ a\n  why:  line 1\n          ^\n  next: c\n',
    );
    expect(errorDocument(error)).toEqual({ error: { code: 'sql-syntax', what: 'a', why: 'line 1\n  ^', next: 'c' } });
  });

  it('tell a mistake of ours apart', () => {
    expect(explainError(new TypeError('x is undefined'), clean)).toMatchObject({ code: 'bug', exit: 1 });
  });
});
