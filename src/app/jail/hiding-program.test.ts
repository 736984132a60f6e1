import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { hideValues } from './hide-values.ts';
import { hidingProgram } from './hiding-program.ts';

it('the program hides what the function hides', () => {
  const text = [
    'const password = "hunter2-hunter2";',
    "token: 'abcdefghij', apiKey=`klmnopqrst`",
    'url = postgres://shop:url-pass@db.example/shop',
    'API_TOKEN=abcdefghijk',
    'password = "<your own one>"; // stays',
    `Authorization: Bearer ${'b'.repeat(20)}`,
    `AKIA${'A'.repeat(16)}`,
    '-----BEGIN RSA PRIVATE KEY-----\nMIIabcdef\n-----END RSA PRIVATE KEY-----',
    'äöü and the rest',
  ].join('\n');
  const program = ['--input-type=module', '--eval', hidingProgram()];
  const printed = execFileSync(process.execPath, program, { input: text, encoding: 'utf8' });
  expect(printed).toBe(hideValues(text, {}));
  expect(printed).not.toMatch(/hunter2|abcdefghi|klmnop|url-pass|bbbb|AAAA|MII/);
});
