import { expect, it } from 'vitest';
import type { ApiRule, Replacement } from './change.ts';
import { proposeEdit } from './propose-edit.ts';
import type { ImportStyle, Use } from './use.ts';

type Case = {
  readonly rule: ApiRule;
  readonly text: string;
  readonly at: string;
  readonly to: Partial<Replacement>;
  readonly role?: Partial<Extract<Use['role'], { kind: 'import' }>> & { readonly style: ImportStyle };
};

function edited({ rule, text, at, to, role }: Case): string | undefined {
  const offset = text.indexOf(at);
  const module = { offset: text.search(/lib['"]/), length: 3 };
  const use: Use = {
    place: { file: 'a.ts', line: 1, column: 1, offset, length: at.length },
    endLine: 1,
    endColumn: 1,
    text: at,
    keys: [],
    isJavascript: false,
    role:
      role === undefined
        ? {
            kind: 'call',
            call: { signature: undefined, arguments: 0, hasSpread: false, isResultUsed: false, isTag: false },
          }
        : { kind: 'import', name: at, local: at, isAlone: true, isRequired: false, module, ...role },
  };
  const replacement: Replacement = { name: 'fresh', because: '', isCertain: true, ...to };
  const change = {
    rule,
    symbol: at,
    keys: [],
    exported: [],
    trigger: { kind: 'any' },
    before: '',
    after: '',
    replacement,
  } as const;
  const edit = proposeEdit(change, use, { text });
  if (edit === undefined) return undefined;
  expect(text.slice(edit.offset, edit.offset + edit.length)).toBe(edit.before);
  return text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length);
}

const named = { style: 'named' } as const;

it.each<[string, Case, string | undefined]>([
  ['a member', { rule: 'api/renamed', text: 'x.old();', at: 'old', to: {} }, 'x.fresh();'],
  ['an element access', { rule: 'api/renamed', text: "x['old']();", at: "'old'", to: {} }, "x['fresh']();"],
  [
    'an import',
    { rule: 'api/renamed', text: "import { old } from 'lib';", at: 'old', to: {}, role: named },
    "import { fresh as old } from 'lib';",
  ],
  [
    'an import under another name',
    {
      rule: 'api/renamed',
      text: "import { old as mine } from 'lib';",
      at: 'old',
      to: {},
      role: { ...named, local: 'mine' },
    },
    "import { fresh as mine } from 'lib';",
  ],
  [
    'a destructured require',
    { rule: 'api/renamed', text: "const { old } = require('lib');", at: 'old', to: {}, role: { style: 'require' } },
    "const { fresh: old } = require('lib');",
  ],
  [
    'a moved export',
    {
      rule: 'api/moved',
      text: "import { old } from 'lib';",
      at: 'old',
      to: { name: 'old', specifier: 'lib/sub' },
      role: named,
    },
    "import { old } from 'lib/sub';",
  ],
  [
    'a moved export among others',
    {
      rule: 'api/moved',
      text: "import { a, old } from 'lib';",
      at: 'old',
      to: { name: 'old', specifier: 'lib/sub' },
      role: { ...named, isAlone: false },
    },
    "import { a } from 'lib';\nimport { old } from 'lib/sub';",
  ],
  [
    'a moved export of a require, under another name',
    {
      rule: 'api/moved',
      text: "const { a, old: mine } = require('lib')\n",
      at: 'old',
      to: { name: 'old', specifier: 'lib/sub' },
      role: { style: 'require', local: 'mine', isAlone: false },
    },
    "const { a } = require('lib')\nconst { old: mine } = require('lib/sub')\n",
  ],
  [
    'the default of a path that is a name of another',
    {
      rule: 'api/moved',
      text: "import old from 'lib';",
      at: 'old',
      to: { specifier: 'whole' },
      role: { style: 'default', name: 'default' },
    },
    "import { fresh as old } from 'whole';",
  ],
  [
    'a required path that is a name of another',
    {
      rule: 'api/moved',
      text: "const fresh = require('lib');",
      at: 'fresh',
      to: { specifier: 'whole' },
      role: { style: 'require', name: '*' },
    },
    "const { fresh } = require('whole');",
  ],
  [
    'what is read from a require',
    { rule: 'api/renamed', text: "require('lib').old();", at: 'old', to: {}, role: { style: 'require' } },
    "require('lib').fresh();",
  ],
  [
    'the default of a require',
    {
      rule: 'api/default-to-named',
      text: "const run = require('lib').default;",
      at: 'default',
      to: { name: 'run' },
      role: { style: 'require', name: 'default', local: 'default' },
    },
    "const run = require('lib').run;",
  ],
  [
    'a destructured name that is the default now',
    {
      rule: 'api/named-to-default',
      text: "const { old } = require('lib');",
      at: 'old',
      to: { name: 'default' },
      role: { style: 'require' },
    },
    "const { default: old } = require('lib');",
  ],
  [
    'a default that is named now',
    {
      rule: 'api/default-to-named',
      text: "import run from 'lib';",
      at: 'run',
      to: { name: 'run' },
      role: { style: 'default', name: 'default' },
    },
    "import { run } from 'lib';",
  ],
  [
    'a default beside names',
    {
      rule: 'api/default-to-named',
      text: "import go, { type A } from 'lib';",
      at: 'go',
      to: { name: 'run' },
      role: { style: 'default', name: 'default', isAlone: false },
    },
    "import { run as go, type A } from 'lib';",
  ],
  [
    'a name that is the default now',
    {
      rule: 'api/named-to-default',
      text: "import { old as x } from 'lib';",
      at: 'old',
      to: { name: 'default' },
      role: { ...named, local: 'x' },
    },
    "import x from 'lib';",
  ],
  [
    'a namespace that is the default now',
    {
      rule: 'api/export-equals-to-default',
      text: "import * as lib from 'lib';",
      at: 'lib',
      to: { name: 'default' },
      role: { style: 'namespace', name: '*' },
    },
    "import lib from 'lib';",
  ],
  ['what is not certain', { rule: 'api/renamed', text: 'x.old();', at: 'old', to: { isCertain: false } }, undefined],
])('edits %s', (_, given, expected) => {
  expect(edited(given)).toBe(expected);
});
