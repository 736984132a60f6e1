import { describe, expect, it } from 'vitest';
import { memoryTree } from '../engine/memory-tree.ts';
import { runRecipe } from '../engine/run-recipe.ts';
import { directToFlagged } from './direct-to-flagged.ts';
import { flaggedToDirect } from './flagged-to-direct.ts';

type Texts = Readonly<Record<string, string>>;

const { signal } = new AbortController();
const params = { package: 'shop-kit', spec: 'npm:shop-kit@^5.2.1' };

async function run(recipe: typeof directToFlagged, texts: Texts, more: Texts = {}) {
  const { changes, unresolved, faults } = await runRecipe(recipe, memoryTree(texts), {
    params: { ...params, ...more },
    signal,
  });
  expect(faults).toEqual([]);
  const after = new Map(Object.entries(texts));
  for (const change of changes) {
    if (change.after === undefined) after.delete(change.path);
    else after.set(change.path, change.after);
  }
  return { texts: Object.fromEntries(after), unresolved: unresolved.map(({ file, line }) => `${file}:${line}`) };
}

const manifest = (type: string, more = ''): string =>
  `{\n  "name": "shop",\n  "type": "${type}",\n  "dependencies": {\n    "pg": "^8",\n    "shop-kit": "^4.0.0"\n  }${more}\n}\n`;

const cases: Readonly<
  Record<string, { readonly before: Texts; readonly after: Texts; readonly open?: readonly string[] }>
> = {
  'CommonJS, from two folders': {
    before: {
      'package.json': manifest('commonjs'),
      'src/app.js': "const kit = require('shop-kit');\n",
      'src/routes/users.js': "const { Router } = require('shop-kit');\n",
      'src/other.js': "const pg = require('pg');\n",
    },
    after: {
      'src/app.js': "const kit = require('./shop-kit-flag.js');\n",
      'src/routes/users.js': "const { Router } = require('../shop-kit-flag.js');\n",
      'src/shop-kit-flag.js':
        "// Side by side: shop-kit and shop-kit-next; SHOP_KIT_NEXT=1 takes shop-kit-next.\nmodule.exports = process.env.SHOP_KIT_NEXT === '1' ? require('shop-kit-next') : require('shop-kit');\n",
    },
  },
  'modules, with names and a default': {
    before: {
      'package.json': manifest('module'),
      'app.js': "import kit, { Router, json as parse } from 'shop-kit';\nkit(Router, parse);\n",
    },
    after: {
      'app.js': "import kit, { Router, json as parse } from './shop-kit-flag.js';\nkit(Router, parse);\n",
      'shop-kit-flag.js': `// Side by side: shop-kit and shop-kit-next; SHOP_KIT_NEXT=1 takes shop-kit-next.
import now from 'shop-kit';
import next from 'shop-kit-next';
import * as nowNames from 'shop-kit';
import * as nextNames from 'shop-kit-next';

const isNext = process.env.SHOP_KIT_NEXT === '1';
const chosen = isNext ? nextNames : nowNames;

export default isNext ? next : now;
export const Router = chosen.Router;
export const json = chosen.json;
`,
    },
  },
  'TypeScript: types stay those of before': {
    before: {
      'package.json': manifest('module'),
      'src/app.ts':
        "import './routes.js';\nimport { type Kit, Options, Router } from 'shop-kit';\nexport const make = (kit: Kit, options: Options) => Router(kit, options);\n",
      'src/types.ts': "import type { Kit } from 'shop-kit';\nexport type Mine = Kit;\n",
    },
    after: {
      'src/app.ts':
        "import './routes.js';\nimport { type Kit, Options, Router } from './shop-kit-flag.js';\nexport const make = (kit: Kit, options: Options) => Router(kit, options);\n",
      'src/shop-kit-flag.ts': `// Side by side: shop-kit and shop-kit-next; SHOP_KIT_NEXT=1 takes shop-kit-next.
import * as nowNames from 'shop-kit';
import * as nextNames from 'shop-kit-next';

const isNext = process.env.SHOP_KIT_NEXT === '1';
const chosen = isNext ? (nextNames as unknown as typeof nowNames) : nowNames;
export const Router = chosen.Router;
export type { Kit, Options } from 'shop-kit';
`,
    },
  },
  'what no adapter can give stays, and is told': {
    before: {
      'package.json': manifest('commonjs'),
      'app.js':
        "const kit = require('shop-kit');\nconst deep = require('shop-kit/lib/deep');\njest.mock('shop-kit');\n",
      'names.mjs': "import * as all from 'shop-kit';\nall.go();\n",
    },
    after: {
      'app.js':
        "const kit = require('./shop-kit-flag.js');\nconst deep = require('shop-kit/lib/deep');\njest.mock('shop-kit');\n",
      'shop-kit-flag.js':
        "// Side by side: shop-kit and shop-kit-next; SHOP_KIT_NEXT=1 takes shop-kit-next.\nmodule.exports = process.env.SHOP_KIT_NEXT === '1' ? require('shop-kit-next') : require('shop-kit');\n",
    },
    open: ['app.js:2', 'app.js:3', 'names.mjs:1'],
  },
};

describe.each(Object.entries(cases))('%s', (_, { before, after, open = [] }) => {
  it('goes through an adapter, and back to what it was', async () => {
    const there = await run(directToFlagged, before);
    const declared = there.texts['package.json'] ?? '';
    expect(JSON.parse(declared).dependencies).toEqual({
      pg: '^8',
      'shop-kit': '^4.0.0',
      'shop-kit-next': 'npm:shop-kit@^5.2.1',
    });
    expect(there.texts).toEqual({ ...before, ...after, 'package.json': declared });
    expect(there.unresolved).toEqual(open);
    expect((await run(directToFlagged, there.texts)).texts).toEqual(there.texts);
    expect((await run(flaggedToDirect, there.texts)).texts).toEqual(before);
  });
});

it('types that are published apart stand beside the new version too', async () => {
  const before = {
    'package.json': manifest('commonjs', ',\n  "devDependencies": {\n    "@types/shop-kit": "^4"\n  }'),
    'app.js': "require('shop-kit')();\n",
  };
  const there = await run(directToFlagged, before, { 'types-spec': 'npm:@types/shop-kit@^5' });
  expect(JSON.parse(there.texts['package.json'] ?? '').devDependencies).toEqual({
    '@types/shop-kit': '^4',
    '@types/shop-kit-next': 'npm:@types/shop-kit@^5',
  });
  expect((await run(flaggedToDirect, there.texts)).texts).toEqual(before);
});

it('does nothing where nobody depends on the package', async () => {
  const before = { 'package.json': '{}', 'app.js': "require('shop-kit');\n" };
  expect((await run(directToFlagged, before)).texts).toEqual(before);
  expect((await run(flaggedToDirect, before)).texts).toEqual(before);
});
