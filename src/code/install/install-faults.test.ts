import { expect, it } from 'vitest';
import { installFault } from './install-faults.ts';

/** What package managers printed on real failures, shortened; addresses are made up. */
function check(output: string): string {
  const { code, explanation } = installFault({ output, command: 'x install' });
  return `${code}: ${explanation.why}`;
}

it.each([
  [
    'npm: a direct dependency wants another peer',
    `npm error code ERESOLVE
npm error ERESOLVE unable to resolve dependency tree
npm error
npm error While resolving: shop@undefined
npm error Found: react@19.0.0
npm error node_modules/react
npm error   react@"19.0.0" from the root project
npm error
npm error Could not resolve dependency:
npm error peer react@"^18.2.0" from react-dom@18.2.0
npm error node_modules/react-dom
npm error   react-dom@"18.2.0" from the root project
npm error
npm error Fix the upstream dependency conflict, or retry this command with --force or --legacy-peer-deps to accept an incorrect (and potentially broken) dependency resolution.`,
    'no-solution: react-dom@18.2.0 wants react ^18.2.0, and react@19.0.0 is what the rest wants.',
  ],
  [
    'npm: with a scope and a range of many parts',
    `npm error code ERESOLVE
npm error Found: eslint@9.10.0
npm error
npm error Could not resolve dependency:
npm error peer eslint@"^3.0.0 || ^8.0.0-0" from @x/plugin@4.6.0
npm error node_modules/@x/plugin
npm error   @x/plugin@"4.6.0" from @x/config@1.0.0
npm error   node_modules/@x/config`,
    'no-solution: @x/plugin@4.6.0 (which @x/config@1.0.0 brings) wants eslint ^3.0.0 || ^8.0.0-0, and eslint@9.10.0 is what the rest wants.',
  ],
  [
    'pnpm: strict peers',
    ` ERR_PNPM_PEER_DEP_ISSUES  Unmet peer dependencies

.
└─┬ react-dom 18.2.0
  └── ✕ unmet peer react@^18.2.0: found 19.0.0`,
    'no-solution: react-dom@18.2.0 wants react@^18.2.0, found 19.0.0.',
  ],
  [
    'npm: no such package',
    `npm error code E404
npm error 404 Not Found - GET https://registry.example/no-such-package
npm error 404
npm error 404  The requested resource 'no-such-package@1.0.0' could not be found or you do not have permission to access it.`,
    'registry-failed: The registry does not know no-such-package@1.0.0, or does not show it to you.',
  ],
  [
    'pnpm: no such package',
    ` ERR_PNPM_FETCH_404  GET https://registry.example/@x%2Fno-such-package: Not Found - 404`,
    'registry-failed: The registry does not know @x/no-such-package, or does not show it to you.',
  ],
  [
    'Yarn 4: no such package',
    `➤ YN0000: ┌ Resolution step
➤ YN0035: │ no-such-package@npm:1.0.0: Package not found
➤ YN0035: │   Response Code: 404 (Not Found)`,
    'registry-failed: The registry does not know no-such-package@npm:1.0.0, or does not show it to you.',
  ],
  [
    'npm: no such version',
    `npm error code ETARGET
npm error notarget No matching version found for left-pad@99.0.0.
npm error notarget In most cases you or one of your dependencies are requesting a package version that doesn't exist.`,
    'registry-failed: The registry has no version left-pad@99.0.0.',
  ],
  [
    'Yarn 1: no such version',
    `error Couldn't find any versions for "left-pad" that matches "99.0.0"`,
    'registry-failed: The registry has no version left-pad@99.0.0.',
  ],
  [
    'Yarn 4: no such version',
    '➤ YN0082: │ left-pad@npm:99.0.0: No candidates found',
    'registry-failed: The registry has no version left-pad@npm:99.0.0.',
  ],
  [
    'Bun: no such version',
    `error: No version matching "99.0.0" found for specifier "left-pad" (but package exists)
error: left-pad@99.0.0 failed to resolve`,
    'registry-failed: The registry has no version left-pad@99.0.0.',
  ],
  [
    'npm: a token that is not valid',
    `npm error code E401
npm error Unable to authenticate, your authentication token seems to be invalid.`,
    'registry-failed: The registry refused: it does not know who asks (401).',
  ],
  [
    'Yarn 4: no token',
    '➤ YN0041: │ left-pad@npm:1.3.0: Invalid authentication (as an anonymous user)',
    'registry-failed: The registry refused: it does not know who asks (401).',
  ],
  [
    'Yarn 1: any refusal',
    `error Error: http://registry.example/left-pad: no
    at params.callback [as _callback] (yarn/lib/cli.js:66680:18)`,
    'registry-failed: The registry refused: it answered "no" for http://registry.example/left-pad.',
  ],
  [
    'npm: no such host',
    `npm error code ENOTFOUND
npm error syscall getaddrinfo
npm error errno ENOTFOUND
npm error network request to http://no-such-host.invalid/left-pad failed, reason: getaddrinfo ENOTFOUND no-such-host.invalid`,
    'registry-failed: It cannot be reached: its name is not known (no-such-host.invalid).',
  ],
  [
    'pnpm: nothing listens',
    ` ERR_PNPM_META_FETCH_FAIL  GET http://localhost:4898/left-pad: request to http://localhost:4898/left-pad failed, reason: connect ECONNREFUSED 127.0.0.1:4898`,
    'registry-failed: It cannot be reached: nothing listens there (127.0.0.1:4898).',
  ],
  [
    'npm: a fault of the registry',
    `npm error code E500
npm error 500 Internal Server Error - GET http://registry.example/left-pad - no`,
    'registry-failed: It has a fault of its own (500).',
  ],
  [
    'npm ci: the lock file is old',
    `npm error code EUSAGE
npm error
npm error \`npm ci\` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with \`npm install\` before continuing.
npm error
npm error Missing: is-odd@3.0.1 from lock file
npm error Invalid: lock file's left-pad@1.3.0 does not satisfy left-pad@1.2.0
npm error
npm error Clean install a project`,
    "install-failed: It does not hold what package.json declares: Missing: is-odd@3.0.1 from lock file; Invalid: lock file's left-pad@1.3.0 does not satisfy left-pad@1.2.0.",
  ],
  [
    'pnpm: the lock file is old',
    ` ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile" because pnpm-lock.yaml is not up to date with <ROOT>/package.json

  Failure reason:
  specifiers in the lockfile don't match specifiers in package.json:
* 1 dependencies were added: is-odd@3.0.1
* 1 dependencies are mismatched:
  - left-pad (lockfile: 1.3.0, manifest: 1.2.0)`,
    'install-failed: It does not hold what package.json declares: * 1 dependencies were added: is-odd@3.0.1; - left-pad (lockfile: 1.3.0, manifest: 1.2.0).',
  ],
  [
    'Yarn 4: the lock file is old',
    '➤ YN0028: │ The lockfile would have been modified by this install, which is explicitly forbidden.',
    'install-failed: It does not hold what package.json declares.',
  ],
  [
    'npm: Node is too old',
    `npm error code EBADENGINE
npm error engine Unsupported engine
npm error engine Not compatible with your version of node/npm: left-pad@1.0.0
npm error notsup Required: {"node":">=99"}
npm error notsup Actual:   {"node":"v20.20.2","npm":"11.19.1"}`,
    'install-failed: left-pad@1.0.0 does not run on this Node: it wants {"node":">=99"}.',
  ],
  [
    'Yarn 1: Node is too old',
    `error shop@: The engine "node" is incompatible with this module. Expected version ">=99". Got "20.20.2"`,
    'install-failed: shop@ does not run on this Node: it wants >=99.',
  ],
  [
    'npm: another npm is wanted',
    `npm error code EBADDEVENGINES
npm error EBADDEVENGINES Invalid devEngines.packageManager
npm error EBADDEVENGINES Invalid semver version "9.x" does not match "11.19.1" for "packageManager"`,
    'install-failed: Invalid semver version "9.x" does not match "11.19.1" for "packageManager".',
  ],
  [
    'npm: an override contradicts',
    `npm error code EOVERRIDE
npm error Override for left-pad@1.3.0 conflicts with direct dependency`,
    'install-failed: Override for left-pad@1.3.0 conflicts with direct dependency.',
  ],
  [
    'a full disk',
    'npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write',
    'install-failed: The disk is full.',
  ],
  [
    'no right to write',
    `npm error code EACCES
npm error syscall mkdir
npm error path node_modules/left-pad
npm error Error: EACCES: permission denied, mkdir 'node_modules/left-pad'`,
    'install-failed: This user may not write node_modules/left-pad.',
  ],
])('%s', (_, output, expected) => {
  expect(check(output)).toBe(expected);
});

it('a script that fails is named with its last words', () => {
  const output = `> postinstall
> echo hello; exit 3

hello
npm error code 3
npm error path app/node_modules/left-pad
npm error command failed
npm error command sh -c echo hello; exit 3`;
  expect(check(output)).toMatch(/^install-failed: The script of left-pad ended with an error:\n[\s\S]*hello/);
});

it('a script of the tree that cannot reach something is no fault of the registry', () => {
  const output = `> app@1.0.0 prepublish
> npm test

reason: getaddrinfo ENOTFOUND api.example.invalid
npm error code 1
npm error path <ROOT>
npm error command failed
npm error command sh -c npm test`;
  expect(check(output)).toMatch(/^install-failed: The script of this tree ended with an error:\n[\s\S]*api\.example/);
});

it('what is not known is told in its own words', () => {
  expect(check('npm error Something new\nnpm error A complete log of this run can be found in: x.log')).toBe(
    'install-failed: Its last words:\nSomething new',
  );
});
