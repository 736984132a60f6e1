import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { treeSnapshotSchema } from '#code/snapshot';
import { document, godwitOn } from '../support/godwit.ts';

const files = {
  'package.json': JSON.stringify({
    name: 'shop',
    private: true,
    engines: { node: '>=20' },
    scripts: { test: 'node --test' },
    dependencies: { express: '4.18.2' },
    devDependencies: {
      '@types/express': '4.17.21',
      '@types/express-serve-static-core': '4.19.6',
      '@types/node': '20.14.0',
    },
  }),
  '.nvmrc': '20\n',
  'tsconfig.json': '{ "compilerOptions": { "module": "nodenext", "strict": true } }',
  'src/app.ts':
    "import express from 'express';\nexpress().get('/', (request, response) => {\n  response.send(request.param('id'));\n});\n",
  'old.test.js': "require('node:test').test('old', () => {\n  new Buffer(1);\n});\n",
};

/** An Express 4 application, installed by npm from the registry of this machine, looked at by the built command line. */
it('a real application against the real registry', async () => {
  const godwit = await godwitOn(undefined);
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(godwit.cwd, path)), { recursive: true });
      await writeFile(join(godwit.cwd, path), text);
    }
    await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: godwit.cwd });
    const ran = await godwit.run('inspect', '--json', '--run-tests');
    const { code } = document(ran, z.object({ code: treeSnapshotSchema }));
    expect(code.packageManager).toMatchObject({ name: 'npm', lockFile: 'package-lock.json' });
    const express = code.packages[0]?.dependencies.find(({ name }) => name === 'express');
    expect(express).toMatchObject({ installed: '4.18.2', locked: '4.18.2', registry: { inRange: '4.18.2' } });
    expect(express?.registry?.majorsBehind).toBeGreaterThanOrEqual(1);
    expect(code.tools.map(({ name }) => name)).toContain('Express');
    const uses = code.deprecatedUses.map(
      ({ name, package: from, place }) => `${place.file}:${place.line} ${name} ${from}`,
    );
    expect(uses).toContain('src/app.ts:3 param express-serve-static-core');
    expect(uses).toContain('old.test.js:2 Buffer node');
    const warnings = code.testRun?.warnings.map(({ code: id, place }) => [id, place?.file, place?.line]);
    expect(warnings).toContainEqual(['DEP0005', 'old.test.js', 2]);
    expect(code.unknown).toEqual([]);
  } finally {
    await godwit.remove();
  }
});
