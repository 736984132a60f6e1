import { expect, test } from 'vitest';
import { applyEdits } from '../../../engine/apply-edits.ts';
import { bindingsOf } from '../../../engine/bindings.ts';
import { parsedFile } from '../../../engine/recipe-file.ts';
import { type DefaultSuccessor, withoutDefault } from './default-import.ts';

const nothing: DefaultSuccessor = { kind: 'nothing' };
const named: DefaultSuccessor = { kind: 'names', names: ['memo'] };

test.each([
  [
    'a.js',
    "import R, { type A, type B } from 'react';",
    named,
    "import type { A, B } from 'react';\nimport { memo } from 'react';",
  ],
  [
    'a.tsx',
    'import R, { type A, use } from "react"',
    nothing,
    'import type { A } from "react"\nimport { use } from "react"',
  ],
  [
    'a.tsx',
    "import R, { use as u, } from 'react';",
    { kind: 'namespace' },
    "import { use as u } from 'react';\nimport * as R from 'react';",
  ],
  ['a.tsx', "import R from 'react';\n", nothing, ''],
  ['a.tsx', "import R, { /* one */ use } from 'react';", named, undefined],
  ['a.tsx', "import R, * as All from 'react';", named, undefined],
] as const)('%s: %s', async (path, text, successor, expected) => {
  const root = (await parsedFile(path, text)).root();
  const binding = bindingsOf(root, () => true).find(({ imported }) => imported === 'default');
  const edit = binding === undefined ? undefined : withoutDefault(root, binding, successor);
  expect(edit === undefined ? undefined : applyEdits(text, [edit]).text).toBe(expected);
});
