import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Finding, findingSchema } from '#core/finding';
import { findingsSummary } from '#core/findings-summary';
import type { FindingsReport } from '#core/report';
import { formats } from './index.ts';

const index: Finding = {
  rule: 'pg/index-not-concurrent',
  aliases: ['require-concurrent-index-creation', 'E6'],
  severity: 'error',
  message: 'Building the index users_name blocks all writes to public.users.',
  instead: 'CREATE INDEX CONCURRENTLY',
  lock: 'SHARE',
  tables: ['public.users'],
  rewrite: false,
  scan: true,
  file: 'migrations/0 ü&%:1.sql',
  line: 3,
  column: 4,
  endLine: 3,
  endColumn: 43,
  fingerprint: '0123456789abcdef',
  edit: { offset: 16, length: 6, before: 'CREATE', text: 'CREATE INDEX CONCURRENTLY' },
};
const table: Finding = {
  rule: 'hy/naming',
  severity: 'advice',
  message: 'A name with <b>, "quotes", | and \u0007 & a\nsecond line: 100%.',
  file: 'migrations/0 ü&%:1.sql',
  line: 4,
  column: 1,
  endLine: 9,
  endColumn: 2,
};
const plain: Finding = { rule: 'tx/x', severity: 'warning', message: 'In no file.', cure: 'Do it.' };
const source =
  'SELECT 1;\r\n\r\n\t-\tCREATE INDEX users_name ON users (name);\r\nCREATE TABLE "Tö" (\n  a int,\n  b int,\n  c int,\n  d int\n);\n';
const sources = { 'migrations/0 ü&%:1.sql': source, 'migrations/clean.sql': '' };
const findings = [table, plain, index];
const report: FindingsReport = {
  kind: 'findings',
  title: 'Lint of migrations',
  findings,
  sources,
  summary: findingsSummary(findings, { files: 2, suppressed: 1, inBaseline: 1 }),
  rules: {
    'pg/index-not-concurrent': {
      summary: 'An index is built without CONCURRENTLY.',
      why: 'Writers wait.',
      instead: 'Build it concurrently.',
      docs: 'https://example.org/rules/x',
    },
    'hy/naming': { summary: 'A name.', why: 'So.', instead: 'Other.', docs: 'docs/rules/x.md' },
  },
  silenced: [
    { finding: { ...index, line: 1, endLine: 1 }, by: 'comment', reason: 'it is "small"' },
    { finding: { ...table, file: 'migrations/old.sql' }, by: 'baseline' },
  ],
  notices: ['A DO block on line 9 could not be looked into.'],
};

function rendered(id: string, of: FindingsReport = report): string {
  return formats.find((format) => format.id === id)?.render(of) ?? '';
}

describe('findings of a linter', () => {
  it.each(formats.map(({ id }) => id))('as %s', async (id) => {
    await expect(rendered(id)).toMatchFileSnapshot(`__snapshots__/findings.${id}.txt`);
  });

  it.each(formats.map(({ id }) => id))('none, as %s', (id) => {
    const summary = findingsSummary([], { files: 1, suppressed: 0, inBaseline: 0 });
    const empty: FindingsReport = { kind: 'findings', title: 'Lint', findings: [], sources: { 'a.sql': '' }, summary };
    expect(rendered(id, empty)).toMatchSnapshot();
  });

  it('say in one line what there is', () => {
    expect(rendered('text').trimEnd().split('\n').at(-1)).toBe(
      '1 error, 1 warning, 1 advice in 1 of 2 files; 1 suppressed; 1 in the baseline',
    );
  });
});

/** What SARIF 2.1.0 asks of the parts that are written: nothing else may stand there. Sections of the specification. */
const message = z.strictObject({ text: z.string().min(1) });
const level = z.enum(['none', 'note', 'warning', 'error']);
const bag = z.record(z.string(), z.unknown());
/** 3.30 */
const region = z.strictObject({
  startLine: z.int().min(1),
  startColumn: z.int().min(1).optional(),
  endLine: z.int().min(1).optional(),
  endColumn: z.int().min(1).optional(),
});
/** 3.4: a URI reference, relative to the root of the sources. */
const artifactLocation = z.strictObject({
  uri: z.string().regex(/^(?:[\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/),
  uriBaseId: z.literal('%SRCROOT%'),
});
/** 3.27 */
const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(0),
  level,
  message,
  locations: z.array(z.strictObject({ physicalLocation: z.strictObject({ artifactLocation, region }) })).optional(),
  partialFingerprints: z.record(z.string(), z.string()).optional(),
  suppressions: z
    .array(z.strictObject({ kind: z.enum(['inSource', 'external']), justification: z.string().optional() }))
    .optional(),
  fixes: z
    .array(
      z.strictObject({
        description: message,
        artifactChanges: z.array(
          z.strictObject({
            artifactLocation,
            replacements: z.array(z.strictObject({ deletedRegion: region, insertedContent: message })).min(1),
          }),
        ),
      }),
    )
    .optional(),
  properties: bag,
});
/** 3.49 */
const rule = z.strictObject({
  id: z.string(),
  shortDescription: message.optional(),
  fullDescription: message.optional(),
  help: z.strictObject({ text: z.string(), markdown: z.string() }).optional(),
  helpUri: z.url().optional(),
  defaultConfiguration: z.strictObject({ level }).optional(),
  properties: bag.optional(),
});
/** 3.13 and 3.14 */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({ driver: z.strictObject({ name: z.literal('godwit'), rules: z.array(rule) }) }),
      columnKind: z.literal('utf16CodeUnits'),
      invocations: z.array(
        z.strictObject({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(z.strictObject({ level, message })),
        }),
      ),
      results: z.array(result),
      properties: bag,
    }),
  ]),
});

describe('SARIF', () => {
  const [run] = sarif.parse(JSON.parse(rendered('sarif'))).runs;

  it('names for each result the rule at its index', () => {
    expect(run.results).toHaveLength(5);
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('proposes the change at its place in lines and columns', () => {
    const [fix] = run.results.find(({ fixes }) => fixes !== undefined)?.fixes ?? [];
    expect(fix?.artifactChanges[0]?.replacements[0]?.deletedRegion).toEqual({
      startLine: 3,
      startColumn: 4,
      endLine: 3,
      endColumn: 10,
    });
  });

  it('holds silenced findings as suppressed', () => {
    expect(run.results.flatMap(({ suppressions }) => suppressions ?? [])).toEqual([
      { kind: 'inSource', justification: 'it is "small"' },
      { kind: 'external', justification: 'It stands in the baseline.' },
    ]);
  });
});

it('a test fails where the run does, and what does not fail it is told', () => {
  const failed = (failOn: FindingsReport['failOn']) =>
    [
      ...rendered('junit', { ...report, ...(failOn === undefined ? {} : { failOn }) }).matchAll(
        /<failure type="(\w+)"/g,
      ),
    ].map(([, kind]) => kind);
  expect([undefined, 'never' as const, 'error' as const, 'warning' as const, 'advice' as const].map(failed)).toEqual([
    ['error', 'warning'],
    [],
    ['error'],
    ['error', 'warning'],
    ['error', 'advice', 'warning'],
  ]);
  expect(rendered('junit', { ...report, failOn: 'never' })).toContain('In no file.\nDo it.</system-out>');
});

it('GitLab tells findings apart without regard to their lines', () => {
  const issue = z.object({ fingerprint: z.string(), location: z.object({ path: z.string() }) });
  const of = (line: number) =>
    z.array(issue).parse(
      JSON.parse(
        rendered('gitlab', {
          ...report,
          findings: [
            { ...table, line },
            { ...table, line: line + 1 },
          ],
        }),
      ),
    );
  expect(of(4).map(({ fingerprint }) => fingerprint)).toEqual(of(40).map(({ fingerprint }) => fingerprint));
  expect(new Set(of(4).map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

it('XML is well formed whatever a finding says', () => {
  const nasty = '</failure> ]]> & "\' \ud800 \u0000\u000b\ufffe\uffff 😀';
  const xml = rendered('junit', { ...report, findings: [{ ...plain, rule: nasty, message: nasty, file: nasty }] });
  expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  expect(xml.replaceAll(/&(?:amp|lt|gt|quot|#\d+);/g, '')).not.toMatch(/&|="[^"]*[<>]/);
  const open: string[] = [];
  for (const [, closing, name = '', self] of xml.matchAll(/<(\/?)([a-z-]+)(?:\s+[a-z]+="[^"]*")*(\/?)>/g)) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (self !== '/') open.push(name);
  }
  expect(open).toEqual([]);
  expect(xml.match(/</g)?.length).toBe([...xml.matchAll(/<(\/?)([a-z-]+)(?:\s+[a-z]+="[^"]*")*(\/?)>/g)].length + 1);
});

it('workflow commands stand on one line each and cannot be forged', () => {
  const forged = { ...plain, message: 'x\n::set-env name=A::b\r', file: 'a,b:c\n::d.sql', line: 1 };
  const lines = rendered('github', { ...report, findings: [forged] })
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('file=a%2Cb%3Ac%0A%3A%3Ad.sql,line=1,title=tx/x::x%0A::set-env name=A::b%0D%0ADo it.');
});

it('a finding keeps its fingerprint through its schema', () => {
  expect(findingSchema.parse(index)).toEqual(index);
});
