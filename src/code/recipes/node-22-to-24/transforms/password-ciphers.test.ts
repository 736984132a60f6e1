import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

/** What `createCipher('aes-192-cbc', password)` of Node 20 made of "what was written". */
const written = [
  ['secret', '44ac1d6cb790d118bd80008810850fe22015c73f8e86e12f4da210967a0e888c'],
  ['čaj', 'f6c816c9c1c48aece70c92686cf497e984d26f65e6ff0ff09bfb80f960b690b9'],
] as const;

test.each(written)(
  'what the old function wrote with the password %s is written and read as before',
  (password, hex) => {
    const text = readFileSync(join(import.meta.dirname, '../cases/password-ciphers/after.js'), 'utf8');
    const said: unknown[] = [];
    const known = { require: createRequire(import.meta.url), module: {}, Buffer, said, password, hex };
    runInNewContext(`${text}\nsaid.push(write('what was written', password), read(hex, password));`, known);
    expect(said).toEqual([hex, 'what was written']);
  },
);
