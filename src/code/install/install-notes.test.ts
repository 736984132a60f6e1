import { expect, it } from 'vitest';
import { installNotes, looseSettings } from './install-notes.ts';
import { lockLossFindings } from './lock-loss-findings.ts';
import { lockLosses } from './lock-losses.ts';
import { redact, secretsIn } from './redact.ts';

function check(output: string): readonly string[] {
  return installNotes(output).map(({ rule, message }) => `${rule}: ${message}`);
}

it('tells which peers were passed over', () => {
  expect(
    check(`npm warn ERESOLVE overriding peer dependency
npm warn While resolving: x@1.0.0
npm warn Found: y@2.0.0
npm warn node_modules/y
npm warn   peer y@"*" from z@1.0.0
npm warn
npm warn Could not resolve dependency:
npm warn peer y@"^1.0.0" from x@1.0.0
npm warn node_modules/x`),
  ).toEqual(['install/peer-passed-over: x@1.0.0 wants y ^1.0.0, and another version was installed.']);
  expect(check('warning " > react-dom@18.2.0" has incorrect peer dependency "react@^18.2.0".')).toEqual([
    'install/peer-passed-over: react-dom@18.2.0 wants react ^18.2.0, and another version was installed.',
  ]);
  expect(
    check(
      ' WARN  Issues with peer dependencies found\n.\n└─┬ react-dom 18.2.0\n  └── ✕ unmet peer react@^18.2.0: found 19.0.0\n',
    ),
  ).toEqual(['install/peer-passed-over: react-dom@18.2.0 wants react@^18.2.0, and found 19.0.0.']);
  expect(
    check(
      "➤ YN0060: │ react is listed by your project with version 19.0.0 (p737b76), which doesn't satisfy what react-dom requests (^18.2.0).",
    ),
  ).toEqual(['install/peer-passed-over: react-dom wants react ^18.2.0, and another version was installed.']);
});

it('tells which install scripts were left alone', () => {
  expect(
    check(`npm warn install-scripts 2 packages have install scripts not yet covered by allowScripts:
npm warn install-scripts   core-js@3.40.0 (postinstall: node -e "1")
npm warn install-scripts   esbuild@0.25.0 (postinstall: node install.js)
npm warn install-scripts
npm warn install-scripts Run \`npm install-scripts ls\` to review, or \`npm install-scripts approve <pkg>\` to allow.`),
  ).toEqual([
    'install/scripts-not-run: Install scripts of 2 packages were not run, because nobody allowed them: core-js@3.40.0, esbuild@0.25.0.',
  ]);
  expect(
    check(`╭ Warning ────────────────────────────────────────────────────────────────────╮
│                                                                              │
│   Ignored build scripts: core-js@3.40.0, esbuild@0.25.0.                     │
│   Run "pnpm approve-builds" to pick which dependencies should be allowed     │
│   to run scripts.                                                            │
╰──────────────────────────────────────────────────────────────────────────────╯`),
  ).toEqual([
    'install/scripts-not-run: Install scripts of 2 packages were not run, because nobody allowed them: core-js@3.40.0, esbuild@0.25.0.',
  ]);
  expect(check('Blocked 1 postinstall. Run `bun pm untrusted` for details.')).toEqual([
    'install/scripts-not-run: Install scripts of one package were not run, because nobody allowed them.',
  ]);
  expect(check('added 3 packages in 7s')).toEqual([]);
});

it('tells of settings that loosen npm', () => {
  expect(looseSettings('npm', { legacyPeerDeps: true }).map(({ message }) => message)).toEqual([
    'Your npm configuration sets legacy-peer-deps=true: npm passes over peers that do not fit.',
  ]);
  expect(looseSettings('npm', { legacyPeerDeps: false })).toEqual([]);
  expect(looseSettings('pnpm', { legacyPeerDeps: true })).toEqual([]);
});

const entry = (version: string, platforms: readonly string[]) => ({
  version,
  optionalDependencies: Object.fromEntries(platforms.map((name) => [name, version])),
});

it('finds what a lock file lost for other platforms', () => {
  const before = JSON.stringify({
    packages: {
      '': { name: 'shop' },
      'node_modules/a': entry('1.0.0', ['@a/linux', '@a/darwin']),
      'node_modules/@a/linux': { version: '1.0.0' },
      'node_modules/@a/darwin': { version: '1.0.0' },
      'node_modules/old': entry('1.0.0', ['old-linux']),
    },
  });
  const after = JSON.stringify({
    packages: {
      '': { name: 'shop' },
      'node_modules/a': entry('1.0.0', ['@a/linux', '@a/darwin']),
      'node_modules/@a/linux': { version: '1.0.0' },
      'node_modules/old': entry('1.0.0', ['old-linux']),
      'node_modules/b': entry('2.0.0', ['b-linux', 'b-darwin']),
      'node_modules/b/node_modules/b-linux': { version: '2.0.0' },
    },
  });
  expect(lockLosses(before, after)).toEqual([
    { wanter: 'a@1.0.0', name: '@a/darwin', range: '1.0.0' },
    { wanter: 'b@2.0.0', name: 'b-darwin', range: '2.0.0' },
  ]);
  expect(lockLosses(before, before)).toEqual([]);
  expect(lockLosses(undefined, 'not JSON')).toEqual([]);
});

it('advises what helps: another version where the registry does not give a package, else a lock file made anew', async () => {
  const losses = [
    { wanter: 'vite@8.4.0', name: 'start-time', range: '^0.1.0' },
    { wanter: 'esbuild@0.25.0', name: '@esbuild/win32-x64', range: '0.25.0' },
    { wanter: 'shop', name: 'start-time', range: '^0.1.0' },
  ];
  const asked: string[] = [];
  const findings = await lockLossFindings(losses, async (name, range) => {
    asked.push(`${name}@${range}`);
    return name !== 'start-time';
  });
  expect(asked).toEqual(['start-time@^0.1.0', '@esbuild/win32-x64@0.25.0', 'start-time@^0.1.0']);
  expect(findings.map(({ object, cure }) => `${object}: ${cure}`)).toEqual([
    expect.stringMatching(
      /^vite@8\.4\.0: start-time \^0\.1\.0 is not in the registry.*`"overrides": \{ "vite": "<8\.4\.0" \}`/,
    ),
    'esbuild@0.25.0: npm made it of what was installed here: take the old lock file back, remove node_modules, install again, and apply again.',
    expect.stringMatching(
      /^shop: start-time .* Roll back, name another version in package\.json or remove it there, and plan again\.$/,
    ),
  ]);
});

it('hides credentials, known and unknown', () => {
  const secrets = secretsIn({ NPM_TOKEN: 'value-of-it', PATH: '/usr/bin', SHORT_TOKEN: 'x' });
  expect(
    redact(
      'GET https://me:pass@registry.example/a //registry.example/:_authToken=abcdef Authorization: Bearer abc.def-123 with value-of-it npm_abcdefghijklmnop1234 x',
      secrets,
    ),
  ).toBe(
    'GET https://[hidden]@registry.example/a //registry.example/:_authToken=[hidden] Authorization: Bearer [hidden] with [hidden] [hidden] x',
  );
});
