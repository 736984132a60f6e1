import type { Finding } from '#core/finding';
import type { FindingsReport, Report, SilencedFinding } from '#core/report';
import { findingsIn, titleOf } from '../findings-in.ts';
import type { Format } from '../format.ts';
import { sarifLevels, sarifRules } from '../sarif-rules.ts';

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), for code scanning. Silenced findings
 * stand in it as suppressed results, so that they are closed and not gone.
 */
export const sarif: Format = {
  id: 'sarif',
  summary: 'SARIF 2.1.0, for code scanning',
  render: (report) => `${JSON.stringify(log(report), undefined, 2)}\n`,
};

function log(report: Report) {
  const findings = findingsIn(report);
  const of: Partial<FindingsReport> = report.kind === 'findings' ? report : {};
  const silenced = of.silenced ?? [];
  const rules = sarifRules([...findings, ...silenced.map(({ finding }) => finding)], of.rules);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const sources = of.sources ?? {};
  const results = [
    ...findings.map((finding) => resultOf(finding, { indexes, sources })),
    ...silenced.map((one) => ({ ...resultOf(one.finding, { indexes, sources }), suppressions: [suppressionOf(one)] })),
  ];
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'godwit', rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: (of.notices ?? []).map((text) => ({ level: 'note', message: { text } })),
          },
        ],
        results,
        properties: { title: titleOf(report) },
      },
    ],
  };
}

type Context = {
  readonly indexes: ReadonlyMap<string, number>;
  readonly sources: Readonly<Record<string, string>>;
};

function resultOf(finding: Finding, { indexes, sources }: Context) {
  const { rule, severity, message, instead, cure, fingerprint } = finding;
  const text = [
    message,
    ...(instead === undefined ? [] : [`Instead: ${instead}`]),
    ...(cure === undefined ? [] : [cure]),
  ];
  return {
    ruleId: rule,
    ruleIndex: indexes.get(rule) ?? -1,
    level: sarifLevels[severity],
    message: { text: text.join('\n') },
    ...(finding.file === undefined ? {} : { locations: [{ physicalLocation: locationOf(finding, finding.file) }] }),
    // GitHub tells alerts apart by primaryLocationLineHash alone, and else by the text of the line.
    ...(fingerprint === undefined
      ? {}
      : { partialFingerprints: { 'godwit/v1': fingerprint, primaryLocationLineHash: `${fingerprint}:1` } }),
    ...fixesOf(finding, sources),
    properties: propertiesOf(finding),
  };
}

function locationOf({ line, column, endLine, endColumn }: Finding, file: string) {
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return { artifactLocation: artifact(file), ...(line === undefined ? {} : { region }) };
}

function artifact(file: string) {
  return { uri: file.split('/').map(encodeSegment).join('/'), uriBaseId: '%SRCROOT%' };
}

/** RFC 3986: a relative reference whose first segment has a colon would have a scheme. Lone surrogates have no UTF-8. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replaceAll(/\p{Cs}/gu, '\ufffd'));
}

function fixesOf({ edit, file, instead, rule }: Finding, sources: Context['sources']) {
  if (edit === undefined || file === undefined) return {};
  const source = sources[file];
  const deletedRegion =
    source === undefined
      ? { charOffset: edit.offset, charLength: edit.length }
      : regionOf(source, edit.offset, edit.offset + edit.length);
  const replacements = [{ deletedRegion, insertedContent: { text: edit.text } }];
  return {
    fixes: [
      {
        description: { text: instead ?? `What ${rule} proposes.` },
        artifactChanges: [{ artifactLocation: artifact(file), replacements }],
      },
    ],
  };
}

function regionOf(source: string, from: number, to: number) {
  const [start, end] = [positionOf(source, from), positionOf(source, to)];
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** A comment stands in the source, the baseline outside of it. */
function suppressionOf({ by, reason }: SilencedFinding) {
  if (by === 'baseline') return { kind: 'external', justification: 'It stands in the baseline.' };
  if (by === 'plan') return { kind: 'external', justification: `The plan has seen to it: ${reason}.` };
  return { kind: 'inSource', ...(reason === undefined ? {} : { justification: reason }) };
}

function propertiesOf({ aliases, lock, tables, rewrite, scan, sqlstates }: Finding) {
  return { aliases, lock, tables, rewrite, scan, sqlstates };
}
