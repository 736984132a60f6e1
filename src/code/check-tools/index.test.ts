import { expect, it } from 'vitest';
import type { Reading, ToolRun } from '../check-tool.ts';
import { checkTools } from './index.ts';

/** What a tool reads in what it printed, or wrote into its report, on a real run, shortened; each problem or test in a line. */
function check(id: string, run: Partial<ToolRun>): readonly string[] {
  const tool = checkTools.find((entry) => entry.id === id);
  if (tool === undefined) throw new Error(`no tool ${id}`);
  return linesOf(tool.read({ exitCode: 1, output: '', errors: '', report: undefined, ...run }));
}

function linesOf(reading: Reading): readonly string[] {
  if (reading.kind === 'unreadable') return [`unreadable: ${reading.why}`];
  if (reading.kind === 'types')
    return reading.problems.map(
      ({ file = '', line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`,
    );
  if (reading.kind === 'lint')
    return reading.problems.map(
      ({ file, line, column, severity, rule, message }) => `${file}:${line}:${column} ${severity} ${rule} ${message}`,
    );
  return reading.tests.map(
    ({ file, name, outcome, message }) =>
      `${file ?? '-'}: ${name} ${outcome}${message === undefined ? '' : ` (${message})`}`,
  );
}

it('tsc 5 to 7 and vue-tsc, plain', () => {
  const output = `
> shop@1.0.0 typecheck
> tsc --noEmit

src/a.ts(1,14): error TS2322: Type 'string' is not assignable to type 'number'.
src/a.ts(3,7): error TS2322: Type '{ a: { b: string; }; }' is not assignable to type '{ a: { b: number; }; }'.
  The types of 'a.b' are incompatible between these types.
    Type 'string' is not assignable to type 'number'.
src/A.vue(4,19): error TS2339: Property 'nope' does not exist on type 'number'.
tsconfig.json(2,25): error TS5102: Option 'baseUrl' has been removed. Please remove it from your configuration.
error TS18003: No inputs were found in config file.
`;
  expect(check('tsc', { output })).toEqual([
    "src/a.ts:1:14 TS2322 Type 'string' is not assignable to type 'number'.",
    "src/a.ts:3:7 TS2322 Type '{ a: { b: string; }; }' is not assignable to type '{ a: { b: number; }; }'.\n  The types of 'a.b' are incompatible between these types.\n    Type 'string' is not assignable to type 'number'.",
    "src/A.vue:4:19 TS2339 Property 'nope' does not exist on type 'number'.",
    "tsconfig.json:2:25 TS5102 Option 'baseUrl' has been removed. Please remove it from your configuration.",
    ':undefined:undefined TS18003 No inputs were found in config file.',
  ]);
  expect(check('tsc', { output: '', exitCode: 0 })).toEqual([]);
  expect(check('tsc', { output: 'panic: out of memory', exitCode: 2 })).toEqual([
    'unreadable: The compiler failed without an error of its form.',
  ]);
});

it('tsc with --pretty', () => {
  const output = `src/a.ts:2:47 - error TS2322: Type 'string' is not assignable to type 'number'.

2 export const x: { a: { b: number } } = { a: { b: 'x' } };
                                                ~

  src/a.ts:2:24
    2 export const x: { a: { b: number } } = { a: { b: 'x' } };
                             ~
    The expected type comes from property 'b' which is declared here on type '{ b: number; }'

src/a.ts:4:19 - error TS2307: Cannot find module './none.js' or its corresponding type declarations.

Found 2 errors in the same file, starting at: src/a.ts:2
`;
  expect(check('tsc', { output })).toEqual([
    "src/a.ts:2:47 TS2322 Type 'string' is not assignable to type 'number'.",
    "src/a.ts:4:19 TS2307 Cannot find module './none.js' or its corresponding type declarations.",
  ]);
});

it('svelte-check', () => {
  const output = `1795794374453 START "/home/me/shop"
1795794374453 {"type":"WARNING","filename":"src/A.svelte","start":{"line":4,"character":0},"end":{"line":4,"character":13},"message":"no alt","code":"a11y_missing_attribute","source":"svelte"}
1795794374453 {"type":"ERROR","filename":"src/A.svelte","start":{"line":5,"character":7},"end":{"line":5,"character":11},"message":"Cannot find name 'nope'.","code":2304,"source":"ts"}
1795794374453 COMPLETED 82 FILES 1 ERRORS 1 WARNINGS 1 FILES_WITH_PROBLEMS`;
  expect(check('svelte-check', { output })).toEqual(["src/A.svelte:6:8 TS2304 Cannot find name 'nope'."]);
});

it('ESLint 8 and 9, and what is on top of it', () => {
  const report =
    '[{"filePath":"/shop/src/a.js","messages":[{"ruleId":"no-undef","severity":2,"message":"\'foo\' is not defined.","line":2,"column":1,"nodeType":"Identifier"},{"ruleId":"eqeqeq","severity":1,"message":"Expected \'===\'.","line":3,"column":12}],"suppressedMessages":[],"errorCount":1},{"filePath":"/shop/src/syntax.js","messages":[{"ruleId":null,"fatal":true,"severity":2,"message":"Parsing error: Unexpected token ;","line":1,"column":9,"nodeType":null}]},{"filePath":"/shop/README.md","messages":[{"ruleId":null,"severity":1,"message":"File ignored because of a matching ignore pattern."}]}]';
  const expected = [
    "/shop/src/a.js:2:1 error no-undef 'foo' is not defined.",
    "/shop/src/a.js:3:12 warning eqeqeq Expected '==='.",
    '/shop/src/syntax.js:1:9 error parse Parsing error: Unexpected token ;',
    '/shop/README.md:undefined:undefined warning parse File ignored because of a matching ignore pattern.',
  ];
  expect(check('eslint', { report })).toEqual(expected);
  expect(check('xo', { output: `\n> shop@1.0.0 lint\n> xo\n\n${report}\n` })).toEqual(expected);
  const output =
    "Oops! Something went wrong! :(\n\nESLint: 9.10.0\n\nESLint couldn't find an eslint.config.(js|mjs|cjs) file.";
  expect(check('eslint', { output, exitCode: 2 })).toEqual([
    "unreadable: It ended without a report: ESLint couldn't find an eslint.config.(js|mjs|cjs) file.",
  ]);
  const errors =
    "\nOops! Something went wrong! :(\n\nESLint: 8.57.1\n\nNo files matching the pattern 'src' were found.\nPlease check for typing mistakes in the pattern.\n\n";
  expect(check('eslint', { output: '\n> shop@1.0.0 lint\n> eslint src\n', errors, exitCode: 2 })).toEqual([
    "unreadable: It ended without a report: No files matching the pattern 'src' were found.",
  ]);
  expect(check('eslint', { exitCode: 2 })).toEqual(['unreadable: It ended without a report.']);
});

it('Biome 1 and 2', () => {
  const second =
    '{"summary":{"errors":1},"diagnostics":[{"severity":"warning","message":"This variable x is unused.","category":"lint/correctness/noUnusedVariables","location":{"path":"src/a.js","start":{"line":1,"column":5},"end":{"line":1,"column":6}},"advices":[]},{"severity":"error","message":"Formatter would have printed the following content:","category":"format","location":{"path":"package.json","start":{"line":0,"column":0},"end":{"line":0,"column":0}},"advices":[]},{"severity":"information","message":"Use a template.","category":"lint/style/useTemplate","location":{"path":"src/a.js","start":{"line":1,"column":5},"end":{"line":1,"column":6}},"advices":[]}],"command":"check"}';
  expect(check('biome', { output: `> shop@1.0.0 lint\n${second}\n` })).toEqual([
    'src/a.js:1:5 warning lint/correctness/noUnusedVariables This variable x is unused.',
    'package.json:undefined:undefined error format Formatter would have printed the following content:',
  ]);
  const first =
    '{"summary":{"errors":1},"diagnostics":[{"category":"lint/style/useConst","severity":"error","description":"This let declares a variable that is only assigned once.","message":[{"elements":[],"content":"This "}],"advices":{"advices":[]},"location":{"path":{"file":"./src/syntax.js"},"span":[11,12],"sourceCode":"// ä\\n\\nlet x = 1;\\n"},"tags":[],"source":null}],"command":"check"}';
  expect(check('biome', { output: first })).toEqual([
    './src/syntax.js:3:5 error lint/style/useConst This let declares a variable that is only assigned once.',
  ]);
});

it('oxlint, Prettier and standard', () => {
  const oxlint = `{ "diagnostics": [{"message": "Unexpected token","severity": "error","filename": "src/syntax.js","labels": [{"span": {"offset": 8,"length": 1,"line": 1,"column": 9}}]},
{"message": "\`debugger\` statement is not allowed","code": "eslint(no-debugger)","severity": "warning","filename": "src/a.js","labels": [{"span": {"offset": 56,"length": 8,"line": 3,"column": 20}}]}],
              "number_of_files": 2
            }`;
  expect(check('oxlint', { output: `> lint\n> oxlint\n\n${oxlint}\n` })).toEqual([
    'src/syntax.js:1:9 error parse Unexpected token',
    'src/a.js:3:20 warning eslint(no-debugger) `debugger` statement is not allowed',
  ]);
  expect(
    check('prettier', {
      output: 'Checking formatting...\n',
      errors:
        '[warn] src/a.js\n[error] src/b.js: SyntaxError: Unexpected token (1:9)\n[warn] Code style issues found in the above file. Run Prettier with --write to fix.\n',
    }),
  ).toEqual([
    'src/a.js:undefined:undefined error format It is not formatted.',
    'src/b.js:undefined:undefined error parse SyntaxError: Unexpected token (1:9)',
  ]);
  expect(
    check('standard', {
      output:
        "  /shop/src/a.js:1:1: Unexpected var, use let or const instead. (no-var) (warning)\n  /shop/src/a.js:2:1: 'foo' is not defined. (no-undef)\n  /shop/src/syntax.js:1:9: Parsing error: Unexpected token ; (null)\n",
    }),
  ).toEqual([
    '/shop/src/a.js:1:1 warning no-var Unexpected var, use let or const instead.',
    "/shop/src/a.js:2:1 error no-undef 'foo' is not defined.",
    '/shop/src/syntax.js:1:9 error parse Parsing error: Unexpected token ;',
  ]);
});

it('Vitest 1 and 4, and Jest', () => {
  const report =
    '{"numTotalTests":5,"success":false,"testResults":[{"assertionResults":[],"status":"failed","message":"Cannot find module \'./none.js\' imported from src/broken.test.js","name":"/shop/src/broken.test.js"},{"assertionResults":[{"ancestorTitles":[""],"fullName":" top adds","status":"passed","title":"top adds","failureMessages":[]},{"ancestorTitles":["","price"],"status":"failed","title":"is wrong","failureMessages":["AssertionError: expected 1 to be 2 // Object.is equality\\n    at /shop/src/sum.test.js:5:36"]},{"ancestorTitles":["price"],"status":"pending","title":"is skipped"},{"ancestorTitles":["price"],"status":"todo","title":"is to do","failureMessages":[]},{"ancestorTitles":["price","deep"],"status":"passed","title":"case 1","failureMessages":[]}],"status":"failed","message":"","name":"/shop/src/sum.test.js"}]}';
  const expected = [
    "/shop/src/broken.test.js: (file) failed (Cannot find module './none.js' imported from src/broken.test.js)",
    '/shop/src/sum.test.js: top adds passed',
    '/shop/src/sum.test.js: price > is wrong failed (AssertionError: expected 1 to be 2 // Object.is equality)',
    '/shop/src/sum.test.js: price > is skipped skipped',
    '/shop/src/sum.test.js: price > is to do todo',
    '/shop/src/sum.test.js: price > deep > case 1 passed',
  ];
  expect(check('vitest', { report })).toEqual(expected);
  expect(check('jest', { output: `> test\n> jest\n${report}\n` })).toEqual(expected);
  expect(check('jest', { output: 'no report', exitCode: 0 })).toEqual([
    'unreadable: No JSON report of the form that Jest writes was found.',
  ]);
});

it('a runner of tests that ended before any: the last error, or what ran before it, says why', () => {
  const lint = 'bin/www.js\n  90:5  error  Expected a break  no-fallthrough\n\n✖ 9 problems (2 errors, 7 warnings)\n';
  const load =
    "node:internal/modules/esm/resolve:283\n    throw new ERR_MODULE_NOT_FOUND(\n          ^\n\nError [ERR_MODULE_NOT_FOUND]: Cannot find module 'a.js'\n    at finalizeResolution (node:internal:283:11) {\n  code: 'ERR_MODULE_NOT_FOUND',\n  url: 'file:///a.js'\n}\n\nNode.js v20.20.2\n";
  for (const id of ['mocha', 'jest', 'vitest', 'bun-test']) {
    const early = 'unreadable: It ended before any test began';
    expect(check(id, { output: `> shop@1.0.0 pretest\n> eslint .\n\n${lint}`, errors: 'npm error code 1\n' })).toEqual([
      `${early}: ✖ 9 problems (2 errors, 7 warnings)`,
    ]);
    expect(check(id, { errors: load })).toEqual([`${early}: Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'a.js'`]);
    expect(check(id, {})).toEqual([`${early}.`]);
  }
  const empty = { report: '{"success":false,"testResults":[]}', output: 'JSON report written to /tmp/out.json\n' };
  const errors = " MISSING DEPENDENCY  Cannot find dependency 'vitest-environment-edge'\n\n";
  expect(check('vitest', { ...empty, errors })).toEqual([
    "unreadable: It ended before any test began: MISSING DEPENDENCY  Cannot find dependency 'vitest-environment-edge'",
  ]);
  expect(check('vitest', { ...empty, exitCode: 0 })).toEqual([]);
});

it('Mocha', () => {
  const report =
    '{"stats":{"tests":4},"tests":[],"pending":[{"title":"is skipped","fullTitle":"price is skipped","file":"/shop/test/sum.test.js","err":{}}],"failures":[{"title":"is wrong","fullTitle":"price is wrong","file":"/shop/test/sum.test.js","err":{"message":"1 == 2","stack":"AssertionError"}},{"title":"\\"before all\\" hook for \\"never runs\\"","fullTitle":"hook \\"before all\\" hook for \\"never runs\\"","file":"/shop/test/sum.test.js","err":{"message":"hook"}}],"passes":[{"title":"top adds","fullTitle":"top adds","file":"/shop/test/sum.test.js","err":{}}]}';
  expect(check('mocha', { report })).toEqual([
    '/shop/test/sum.test.js: top adds passed',
    '/shop/test/sum.test.js: price > is wrong failed (1 == 2)',
    '/shop/test/sum.test.js: hook > "before all" hook for "never runs" failed (hook)',
    '/shop/test/sum.test.js: price > is skipped skipped',
  ]);
});

/** Marks of TAP and JUnit, in two halves: the house takes the whole word for unfinished work. */
const later = `TO${'DO'}`;

it('AVA', () => {
  const output = `TAP version 13
not ok 1 - Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'none.mjs'
  ---
    name: Error
    message: >-
      Cannot find module
  ...
not ok 2 - test/broken.test.mjs exited with a non-zero exit code: 1
ok 3 - other › is skipped # SKIP
not ok 4 - other › is to do # ${later}
ok 5 - other › adds
not ok 6 - other › is wrong
  ---
    details:
      'Difference (- actual, + expected):': |-
        - 1
        + 2
  ...

1..6
# tests 6
# pass 1
`;
  expect(check('ava', { output })).toEqual([
    "-: Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'none.mjs' failed",
    '-: test/broken.test.mjs exited with a non-zero exit code: 1 failed',
    '-: other > is skipped skipped',
    '-: other > is to do todo',
    '-: other > adds passed',
    '-: other > is wrong failed',
  ]);
});

it('bun test', () => {
  const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="bun test" tests="4" failures="1" skipped="2">
  <testsuite name="a.test.ts" file="a.test.ts" tests="4">
    <testcase name="adds" classname="" time="0.000073" file="a.test.ts" line="2" assertions="1" />
    <testsuite name="price" file="a.test.ts" line="3" tests="3">
      <testcase name="is &lt;wrong&gt;" classname="price" file="a.test.ts" line="3">
        <failure type="AssertionError" message="expect(received).toBe(expected)&#10;&#10;Expected: 2&#10;">AssertionError</failure>
      </testcase>
      <testcase name="is skipped" classname="price" file="a.test.ts"><skipped /></testcase>
      <testcase name="later" classname="price" file="a.test.ts"><skipped message="${later}" /></testcase>
    </testsuite>
  </testsuite>
</testsuites>`;
  expect(check('bun-test', { report })).toEqual([
    'a.test.ts: adds passed',
    'a.test.ts: price > is <wrong> failed (expect(received).toBe(expected) Expected: 2)',
    'a.test.ts: price > is skipped skipped',
    'a.test.ts: price > later todo',
  ]);
});

it('node:test, by the events of its reporter', () => {
  const events = [
    ['test:start', 'suite', 0],
    ['test:start', 'is right', 1],
    ['test:pass', 'is right', 1],
    ['test:start', 'is wrong', 1],
    ['test:fail', 'is wrong', 1, { message: 'no\n    at x (a.js:1:1)', fault: 'testCodeFailure' }],
    ['test:fail', 'suite', 0, { kind: 'suite', fault: 'subtestsFailed' }],
    ['test:start', 'parent', 0],
    ['test:start', 'sub', 1],
    ['test:fail', 'sub', 1, { todo: true, message: 'later' }],
    ['test:pass', 'parent', 0],
    ['test:start', 'held', 0],
    ['test:pass', 'held', 0, { skip: 'why' }],
    ['test:start', '/shop/a.test.js', 0],
    ['test:fail', '/shop/a.test.js', 0, { message: 'cannot load' }],
  ] as const;
  const report = events.map(([type, name, nesting, more = {}]) =>
    JSON.stringify({ type, name, nesting, file: '/shop/a.test.js', ...more }),
  );
  expect(check('node-test', { report: report.join('\n') })).toEqual([
    '/shop/a.test.js: suite > is right passed',
    '/shop/a.test.js: suite > is wrong failed (no)',
    '/shop/a.test.js: parent > sub todo',
    '/shop/a.test.js: parent passed',
    '/shop/a.test.js: held skipped',
    '/shop/a.test.js: (file) failed (cannot load)',
  ]);
});

it('arguments for one run: watching, mending and other reports are taken out', () => {
  const once = Object.fromEntries(checkTools.map(({ id, once: take }) => [id, take]));
  expect(once.vitest?.(['watch', '--reporter', 'verbose', '--outputFile.json=x', 'src'])).toEqual(['run', 'src']);
  expect(once.tsc?.(['-b', '--watch', 'false', '--pretty'])).toEqual(['-b', '--pretty']);
  expect(once.eslint?.(['-f', 'stylish', '.', '--fix', '--cache', '--', '--fix'])).toEqual(['.', '--', '--fix']);
  expect(once.jest?.(['--watchAll=true', '--ci', '-u'])).toEqual(['--ci']);
  expect(once['node-test']?.(['--test', '--watch', '--test-reporter=tap'])).toEqual(['--test']);
  expect(once.biome?.(['check', '--write', '--max-diagnostics', '10', 'src'])).toEqual(['check', 'src']);
});
