import type { Reading } from '../check-tool.ts';
import { firstWords } from './first-words.ts';
import type { TestOutcome } from './measurement.ts';

/** Reads a JUnit XML report, suites in suites included. There is no standard for it; what common runners write is read. */
export function readJunit(xml: string): Reading {
  const tests: TestOutcome[] = [];
  const suites: string[] = [];
  const tags = /<(testsuite)\b([^>]*?)(\/?)>|<\/(testsuite)>|<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;
  for (const [, opened, attributes = '', alone, closed, own, body = ''] of xml.matchAll(tags)) {
    if (closed !== undefined) suites.pop();
    else if (own !== undefined) tests.push(testOf(attributesIn(own), body, suites));
    else if (opened !== undefined && alone !== '/') {
      const { name = '', file } = attributesIn(attributes);
      suites.push(name === file ? '' : name);
    }
  }
  if (!xml.includes('<testsuite')) return { kind: 'unreadable', why: 'It is no JUnit report.' };
  return { kind: 'test', tests };
}

function testOf({ name = '', file }: Record<string, string>, body: string, suites: readonly string[]): TestOutcome {
  const failure = /<(?:failure|error)\b([^>]*)/.exec(body);
  const skipped = /<skipped\b([^>]*)/.exec(body);
  const message = firstWords(attributesIn(failure?.[1] ?? '').message ?? '');
  const isTodo = /todo/i.test(attributesIn(skipped?.[1] ?? '').message ?? '');
  return {
    ...(file === undefined ? {} : { file }),
    name: [...suites, name].filter((part) => part !== '').join(' > '),
    outcome: failure !== null ? 'failed' : skipped === null ? 'passed' : isTodo ? 'todo' : 'skipped',
    ...(message === '' ? {} : { message }),
  };
}

function attributesIn(text: string): Record<string, string> {
  const found = [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decoded(value)]);
  return Object.fromEntries(found);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return entities[name] ?? whole;
  });
}
