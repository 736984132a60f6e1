import { type Finding, isOver, type Severity } from '#core/finding';
import type { Report, SilencedFinding } from '#core/report';
import { findingsIn, titleOf } from '../findings-in.ts';
import { byFile, effectsOf } from '../findings-words.ts';
import type { Format } from '../format.ts';

/**
 * JUnit XML, as CI systems take it (https://github.com/testmoapp/junitxml). What fails the run is a failure,
 * what does not passes and is told, what is silenced is skipped; a file or a check with nothing to say is a test that passes.
 */
export const junit: Format = {
  id: 'junit',
  summary: 'Test results in JUnit XML',
  render(report) {
    const suites = suitesOf(report);
    const body = suites.map(({ name, cases }) =>
      element('testsuite', { name, ...countsOf(cases) }, cases.map(testCase)),
    );
    const all = suites.flatMap(({ cases }) => cases);
    const root = element('testsuites', { name: titleOf(report), ...countsOf(all) }, body);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
  },
};

type Case = {
  readonly name: string;
  readonly suite: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly kind: string;
  readonly message: string;
  readonly detail: string;
};
type Suite = { readonly name: string; readonly cases: readonly Case[] };

function suitesOf(report: Report): readonly Suite[] {
  const title = titleOf(report);
  if (report.kind === 'checks') {
    const failing = new Map(findingsIn(report).map((finding) => [finding.rule, finding]));
    const cases = report.checks.map(({ id, detail, isToCome }): Case => {
      const finding = failing.get(`check/${id}`);
      if (finding !== undefined) return { ...caseOf(finding, { suite: title, failOn: 'error' }), name: id };
      return { ...passed(id, title), outcome: isToCome === true ? 'skipped' : 'passed', message: detail };
    });
    return [{ name: title, cases }];
  }
  const groups = byFile(findingsIn(report));
  const { silenced = [], sources = {}, failOn = 'warning' } = report.kind === 'findings' ? report : {};
  const named = [...Object.keys(sources), ...groups.keys(), ...silenced.map(({ finding }) => finding.file)];
  const files = [...new Set(named)].sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
  const suites = files.map((file): Suite => {
    const name = file ?? title;
    const cases = (groups.get(file) ?? []).map((finding) => caseOf(finding, { suite: name, failOn }));
    const skipped = silenced.filter(({ finding }) => finding.file === file).map((one) => skippedCase(one, name));
    const total = [...cases, ...skipped];
    return { name, cases: total.length === 0 ? [passed(name, name)] : total };
  });
  return suites.length === 0 ? [{ name: title, cases: [passed(title, title)] }] : suites;
}

function caseOf(
  finding: Finding,
  { suite, failOn }: { readonly suite: string; readonly failOn: Severity | 'never' },
): Case {
  const { severity, rule, line, column, message, instead, cure } = finding;
  const place = line === undefined ? '' : ` ${[line, column].filter((part) => part !== undefined).join(':')}`;
  const effects = effectsOf(finding);
  const detail = [
    `${suite}${place === '' ? '' : `:${place.trim()}`} ${severity} ${rule}`,
    message,
    ...(effects === undefined ? [] : [`Effect: ${effects}.`]),
    ...(instead === undefined ? [] : [`Instead: ${instead}`]),
    ...(cure === undefined ? [] : [cure]),
  ].join('\n');
  const outcome = isOver(severity, failOn) ? 'failed' : 'passed';
  return { name: `${rule}${place}`, suite, outcome, kind: severity, message, detail };
}

function skippedCase({ finding, by, reason }: SilencedFinding, suite: string): Case {
  const why = by === 'baseline' ? 'in the baseline' : `suppressed${reason === undefined ? '' : `: ${reason}`}`;
  return { ...caseOf(finding, { suite, failOn: 'never' }), outcome: 'skipped', message: why };
}

function passed(name: string, suite: string): Case {
  return { name, suite, outcome: 'passed', kind: 'none', message: '', detail: '' };
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, string>> {
  const having = (outcome: Case['outcome']) => String(cases.filter((one) => one.outcome === outcome).length);
  return {
    tests: String(cases.length),
    failures: having('failed'),
    errors: '0',
    skipped: having('skipped'),
    time: '0',
  };
}

function testCase({ name, suite, outcome, kind, message, detail }: Case): string {
  const inner = {
    failed: () => [element('failure', { type: kind, message }, [escaped(detail)])],
    skipped: () => [element('skipped', { message }, [])],
    passed: () => (detail === '' ? [] : [element('system-out', {}, [escaped(detail)])]),
  };
  return element('testcase', { name, classname: suite, time: '0' }, inner[outcome]());
}

function element(name: string, attributes: Readonly<Record<string, string>>, inner: readonly string[]): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`);
  if (inner.length === 0) return `<${name}${list.join('')}/>`;
  const isText = inner.every((part) => !part.startsWith('<'));
  return `<${name}${list.join('')}>${isText ? inner.join('') : `\n${inner.join('\n')}\n`}</${name}>`;
}

function attribute(text: string): string {
  return escaped(text).replaceAll('\t', '&#9;').replaceAll('\r', '&#13;').replaceAll('\n', '&#10;');
}

/** XML 1.0 has no place at all for most control characters, lone surrogates, U+FFFE and U+FFFF: the replacement character it is. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
