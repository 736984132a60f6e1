import { asCell, asMarkdown } from './as-markdown.ts';
import { type SchemaTable, schemaTables, typeName } from './schema-tables.ts';

/** Plan first, then what stands in it, in the order in which a reader comes upon it. */
const ofPlan = [
  'plan',
  'intent',
  'origin',
  'fact',
  'phase',
  'gate',
  'step',
  'action',
  'irreversible',
  'codeUse',
  'codePatch',
  'timing',
];

/** docs/plan-format.md: plan.json and the journal, field by field, from the schemas of core. */
export function planFormatPage(notice: string): string {
  const plan = schemaTables('src/core/plan.ts');
  const ordered = ofPlan.flatMap((name) => plan.filter((table) => table.name === `${name}Schema`));
  const rest = plan.filter((table) => !ordered.includes(table));
  const finding = schemaTables('src/core/finding.ts').filter(({ name }) =>
    ['findingSchema', 'severitySchema'].includes(name),
  );
  const journal = schemaTables('src/core/journal.ts').filter(({ name }) => name === 'journalEventSchema');
  const known = new Set([...ordered, ...rest, ...finding].map(({ name }) => typeName(name)));
  const sections = [...ordered, ...rest, ...finding].map((table) => section(table, known));
  return [
    '# The format of plans and journals',
    notice,
    'What stands in `plan.json`, field by field, and what a journal holds. A schema for machines is [plan.schema.json](../plan.schema.json). `planHash` is SHA-256 over the canonical JSON of title, why, intent, origin, domain, risks, findings and phases; what is measured or estimated is not part of it. An optional field is left out where it does not apply. Each entry of a journal has its number `seq` from 1, the hash of the entry before, its own, and the event. `at` is a time in UTC, as ISO 8601 has it.',
    ...sections,
    '## Journal events',
    ...journal.flatMap(({ means }) => (means === '' ? [] : [asMarkdown(means)])),
    ...journal.flatMap((table) =>
      table.variants.map((variant) => `### ${variant.kind}\n\n${rows(variant.fields, known)}`),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function section({ name, means, values, variants }: SchemaTable, known: ReadonlySet<string>): string {
  const tables = variants.map(({ fields }) => rows(fields, known));
  const listed = values.length === 0 ? [] : [values.map((value) => `\`${value}\``).join(', ')];
  return [`## ${typeName(name)}`, ...(means === '' ? [] : [asMarkdown(means)]), ...listed, ...tables].join('\n\n');
}

function rows(fields: SchemaTable['variants'][number]['fields'], known: ReadonlySet<string>): string {
  const lines = fields.map(({ name, type, isOptional, means }) => {
    const words = type.replaceAll(/\b[A-Z]\w*/g, (word) =>
      known.has(word) ? `[${word}](#${word.toLowerCase()})` : word,
    );
    return `| \`${name}\`${isOptional ? ' (optional)' : ''} | ${words} | ${asCell(means)} |`;
  });
  return ['| Field | Type | Meaning |', '| --- | --- | --- |', ...lines].join('\n');
}
