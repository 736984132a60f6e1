import { expect, test } from 'vitest';
import type { Finding } from '#core/finding';
import { maskForeign } from './mask-foreign.ts';
import { withPlaceholders } from './placeholder-names.ts';

const finding: Finding = {
  rule: 'ds/drop-table',
  aliases: [],
  severity: 'error',
  message: '',
  instead: '',
  tables: [],
  rewrite: false,
  scan: false,
};

test.each([
  ['drop table {{ index .Options "Namespace" }}.users;', '{{ index .Options "Namespace" }}.users'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the placeholder.
  ['drop table ${Schema}.users;', '${Schema}.users'],
  ['drop table users;', 'users'],
])('%s is said as it is written', (text, written) => {
  const masked = maskForeign(text);
  const name = /table (.*);/.exec(masked.text)?.[1]?.toLowerCase() ?? '';
  const [said] = withPlaceholders(masked, [{ ...finding, message: `Table ${name} is dropped.`, tables: [name] }]);
  expect(said?.message).toBe(`Table ${written} is dropped.`);
  expect(said?.tables).toEqual([written]);
});
