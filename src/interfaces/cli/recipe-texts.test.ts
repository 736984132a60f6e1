import { expect, it } from 'vitest';
import * as z from 'zod';
import { document, startGodwit } from '../../../test/support/godwit.ts';
import { makeTree } from '../../../test/support/tree.ts';

it('a recipe prints the text of files as it is, whatever the password of a database is', async () => {
  const before = "const express = require('uuid/v4');\n";
  const tree = await makeTree({ 'a.js': before });
  try {
    const env = { DATABASE_URL: 'postgres://app:express@127.0.0.1/app' };
    const ran = await startGodwit(['recipe', 'run', 'uuid-3-to-8', '--dry-run', '--json'], tree.root, env).ended;
    const { changes } = document(
      ran,
      z.object({ changes: z.array(z.object({ before: z.string(), after: z.string() })) }),
    );
    expect(changes).toEqual([{ before, after: "const { v4: express } = require('uuid');\n" }]);
  } finally {
    await tree.remove();
  }
});
