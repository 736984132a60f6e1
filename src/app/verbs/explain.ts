import { z } from 'zod';
import { errorCodes, exitCodes, fail } from '#core/error';
import { operations } from '#db/operations/index';
import { asJson } from '../as-json.ts';
import type { Verb } from '../verb.ts';

const input = z.strictObject({
  topic: z
    .string()
    .optional()
    .describe('A verb, an error code, an operation or a hazard, e.g. drift, rename-column, hazard/lossy'),
});

type Topic = {
  readonly id: string;
  readonly kind: 'verb' | 'error' | 'operation' | 'hazard';
  readonly text: readonly string[];
};

/** What a word of godwit's means; `others` are the verbs that can be explained too. */
export function explain(others: readonly Verb[]): Verb<z.infer<typeof input>> {
  return {
    name: 'explain',
    summary: 'What an error code, an operation or a hazard means',
    description: 'Works without a database. Without a topic it lists all that can be explained.',
    examples: [
      { command: 'godwit explain drift', says: 'an error code' },
      { command: 'godwit explain rename-column', says: 'how a change is made without stopping' },
    ],
    isReadOnly: true,
    argument: 'topic',
    input,
    execute({ topic }) {
      const all = topics(others);
      if (topic === undefined)
        return Promise.resolve(
          answer(
            'What can be explained',
            all.map(({ id, kind, text }) => [`${kind} ${id}`, text[0] ?? ''] as const),
            { topics: all },
          ),
        );
      const found = all.filter(({ id }) => id === topic || id.endsWith(`/${topic}`));
      if (found.length === 0) throw unknown(topic, all);
      return Promise.resolve(
        answer(
          topic,
          found.flatMap(({ id, text }) => text.map((line) => [id, line] as const)),
          { topics: found },
        ),
      );
    },
  };
}

function topics(verbs: readonly Verb[]): readonly Topic[] {
  return [
    ...verbs.map(
      ({ name, summary, description, examples }): Topic => ({
        id: name,
        kind: 'verb',
        text: [summary, description, ...examples.map(({ command, says }) => `${command}: ${says}`)],
      }),
    ),
    ...Object.entries(errorCodes).map(
      ([id, { means, exit }]): Topic => ({ id, kind: 'error', text: [means, `Exit code ${exit}.`] }),
    ),
    ...operations.map(
      ({ id, summary, examples }): Topic => ({
        id,
        kind: 'operation',
        text: [
          summary,
          ...examples.map(
            ({ title, sql, refused }) => `${title}: ${sql}${refused === undefined ? '' : ` (refused: ${refused})`}`,
          ),
        ],
      }),
    ),
  ];
}

function answer(
  title: string,
  lines: readonly (readonly [string, string])[],
  json: { readonly topics: readonly Topic[] },
) {
  return {
    json: asJson(json),
    report: { kind: 'checks' as const, title, checks: lines.map(([id, detail]) => ({ id, ok: true, detail })) },
    exit: exitCodes.done,
    text: `${[title, ...lines.map(([id, detail]) => (id === title ? `  ${detail}` : `  ${id}: ${detail}`))].join('\n')}\n`,
  };
}

function unknown(topic: string, all: readonly Topic[]): Error {
  const near = all
    .map(({ id }) => id)
    .filter((id) => id.includes(topic) || topic.includes(id) || id.slice(0, 4) === topic.slice(0, 4));
  return fail('bad-input', {
    what: `There is nothing to explain under ${topic}.`,
    why:
      near.length === 0
        ? 'It is no error code, operation or hazard of godwit.'
        : `Did you mean ${near.slice(0, 5).join(', ')}?`,
    next: 'See the list: `godwit explain`.',
  });
}
