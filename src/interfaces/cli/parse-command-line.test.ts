import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isFailure } from '#core/error';
import { type Callable, parseCommandLine } from './parse-command-line.ts';

const plan: Callable = {
  name: 'plan',
  summary: 'Plan',
  description: 'Plans.',
  examples: [{ command: 'godwit plan x', says: 'so' }],
  argument: 'intent',
  takesConsent: true,
  input: z.strictObject({
    intent: z.string().optional().describe('What'),
    dryRun: z.boolean().optional().describe('Only look'),
    rows: z.number().int().optional().describe('Rows'),
    format: z.enum(['text', 'json']).default('text').describe('How'),
    only: z.array(z.string()).optional().describe('Only these'),
  }),
};

function parse(...args: readonly string[]) {
  return parseCommandLine(args, { verbs: [plan], commands: [], version: '1.2.3' });
}

function refusal(...args: readonly string[]): string {
  try {
    parse(...args);
  } catch (error) {
    if (isFailure(error, 'bad-input')) return `${error.explanation.what} ${error.explanation.why}`;
    throw error;
  }
  return 'nothing';
}

describe('parseCommandLine', () => {
  it('makes flags of the fields of an input, and takes global ones before and after the verb', () => {
    expect(
      parse('--json', 'plan', 'x', '--dry-run', '--rows', '5', '--only', 'a', '--only', 'b', '--db', 'u'),
    ).toMatchObject({
      kind: 'call',
      name: 'plan',
      input: { intent: 'x', dryRun: true, rows: 5, format: 'text', only: ['a', 'b'] },
      globals: { json: true, db: 'u', yes: false, color: true },
    });
    expect(parse('plan', 'x', '--no-color', '-q', '-y')).toMatchObject({
      globals: { color: false, quiet: true, yes: true },
    });
  });

  it('gathers consent beside the input, never in it', () => {
    const call = parse('plan', 'x', '--confirm', 'deploy', '--confirm', 'other');
    expect(call).toMatchObject({ confirmed: ['deploy', 'other'], input: { intent: 'x' } });
    expect(JSON.stringify('input' in call ? call.input : '')).not.toContain('deploy');
  });

  it('takes SQL that begins with a comment for an intent, not for a flag', () => {
    const sql = '-- godwit: up lower(name)\nALTER TABLE users';
    expect(parse('plan', sql, '--dry-run')).toMatchObject({ input: { intent: sql, dryRun: true } });
  });

  it('shows help for the whole and for a verb', () => {
    expect(parse()).toMatchObject({ kind: 'help' });
    const help = parse('plan', '--help');
    expect(help.kind === 'help' ? help.text : '').toContain('--dry-run');
    expect(help.kind === 'help' ? help.text : '').toContain('godwit plan x');
  });

  it.each([
    [['plna'], 'Did you mean plan?'],
    [['plan', '--dry-rnu'], 'Did you mean --dry-run?'],
    [['plan', 'a', 'b'], 'too many arguments'],
    [['plan', '--rows', 'many'], '--rows'],
    [['plan', '--rows', '1.5'], '--rows'],
    [['plan', '--format', 'xml'], 'text, json'],
    [['plan', '--rows'], 'argument missing'],
  ])('refuses %j', (args, says) => {
    expect(refusal(...args).toLowerCase()).toContain(says.toLowerCase());
  });
});
