import * as z from 'zod';
import { errorCodes, exitCodes, fail } from '#core/error';
import { nearestNames } from '#core/nearest-names';
import { asJson } from '../as-json.ts';
import { findingMeanings } from '../finding-meanings.ts';
import { explainOutput } from '../outputs.ts';
import { rehearsalMeanings } from '../rehearsal/rehearsal-meanings.ts';
import type { Answer, Verb } from '../verb.ts';

const input = z.strictObject({
  topic: z
    .string()
    .optional()
    .describe(
      'A verb, an error code, an operation, a hazard, a rule of lint, a finding or a recipe, e.g. drift, rename-column, pg/truncate, E6',
    ),
});

type Topic = {
  readonly id: string;
  readonly kind: 'verb' | 'error' | 'operation' | 'hazard' | 'rule' | 'finding' | 'recipe';
  readonly text: readonly string[];
  /** Names that other tools have for it. */
  readonly others?: readonly string[];
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
    output: explainOutput,
    async execute({ topic }) {
      const all = [
        ...others.map(verbTopic),
        ...errorTopics(),
        ...(await operationTopics()),
        ...(await hazardTopics()),
        ...(await ruleTopics()),
        ...(await findingTopics()),
      ];
      if (topic === undefined) return listAnswer([...all, ...(await recipeTopics())]);
      const named = ({ id, others = [] }: Topic): boolean =>
        id === topic || id.endsWith(`/${topic}`) || others.includes(topic);
      const found = all.filter(named);
      if (found.length > 0) return topicAnswer(topic, found);
      // Recipes bring the compiler with them, which takes longer to load than all else.
      const recipes = await recipeTopics();
      const foundThere = recipes.filter(named);
      if (foundThere.length === 0) throw unknown(topic, [...all, ...recipes]);
      return topicAnswer(topic, foundThere);
    },
  };
}

function verbTopic({ name, summary, description, examples }: Verb): Topic {
  const lines = examples.map(({ command, says }) => `${command}: ${says}`);
  return { id: name, kind: 'verb', text: [summary, description, ...lines] };
}

function errorTopics(): readonly Topic[] {
  return Object.entries(errorCodes).map(([id, { means, exit }]) => ({
    id,
    kind: 'error',
    text: [means, `Exit code ${exit}.`],
  }));
}

async function operationTopics(): Promise<readonly Topic[]> {
  const { operations } = await import('#db/operations/index');
  return operations.map(({ id, summary, examples }) => ({
    id,
    kind: 'operation',
    text: [
      summary,
      ...examples.map(({ title, sql, refused }) => {
        const end = refused === undefined ? '' : ` (refused: ${refused})`;
        return `${title}: ${sql}${end}`;
      }),
    ],
  }));
}

async function hazardTopics(): Promise<readonly Topic[]> {
  const { hazardMeanings } = await import('#db/hazard-meanings');
  return Object.entries(hazardMeanings).map(([id, means]) => ({ id, kind: 'hazard', text: [means] }));
}

/** Rules of lint are found by the names that other tools have for them too. */
async function ruleTopics(): Promise<readonly Topic[]> {
  const { rules } = await import('#db/rules/index');
  const { aliasesOf } = await import('#db/lint/make-finding');
  return rules.map((rule) => ({
    id: rule.id,
    kind: 'rule',
    others: aliasesOf(rule),
    text: [
      `${rule.summary}.`,
      rule.why,
      `Instead: ${rule.instead}`,
      `Reported: ${rule.bad[0]?.sql ?? ''}`,
      `Not reported: ${rule.good[0]?.sql ?? ''}`,
      `Other tools call it ${aliasesOf(rule).join(', ')}.`,
    ],
  }));
}

async function findingTopics(): Promise<readonly Topic[]> {
  const { treeMeanings } = await import('#code/finding-meanings');
  const { gateMeanings } = await import('#code/gate/gate-meanings');
  const all = { ...rehearsalMeanings, ...findingMeanings, ...treeMeanings, ...gateMeanings };
  return Object.entries(all).map(([id, means]) => ({
    id,
    kind: 'finding',
    text: [means],
  }));
}

/** Each recipe, and each of its transforms by the rule of what it leaves to people. */
async function recipeTopics(): Promise<readonly Topic[]> {
  const { recipes } = await import('#code/recipe-kit/find-recipe');
  return recipes.flatMap(({ id, summary, why, transforms }) => [
    { id, kind: 'recipe' as const, text: [summary, why] },
    ...transforms.map((one) => ({ id: `recipe/${id}/${one.id}`, kind: 'finding' as const, text: [one.why] })),
  ]);
}

function listAnswer(all: readonly Topic[]): Answer {
  return answer({
    title: 'What can be explained:',
    topics: all,
    lines: all.map(({ id, kind, text }) => [`${kind} ${id}`, text[0] ?? '']),
  });
}

function topicAnswer(title: string, topics: readonly Topic[]): Answer {
  return answer({ title, topics, lines: topics.flatMap(({ id, text }) => text.map((line) => [id, line] as const)) });
}

function answer(found: {
  readonly title: string;
  readonly topics: readonly Topic[];
  readonly lines: readonly (readonly [string, string])[];
}): Answer {
  const { title, topics, lines } = found;
  const shown = lines.map(([id, detail]) => (topics.length === 1 ? `  ${detail}` : `  ${id}: ${detail}`));
  return {
    json: asJson({ topics }),
    report: { kind: 'checks', title, checks: lines.map(([id, detail]) => ({ id, ok: true, detail })) },
    exit: exitCodes.done,
    text: `${[title, ...shown].join('\n')}\n`,
  };
}

function unknown(topic: string, all: readonly Topic[]): Error {
  const near = nearestNames(
    topic,
    all.map(({ id }) => id),
  );
  return fail('bad-input', {
    what: `There is nothing to explain under ${topic}.`,
    why:
      near.length === 0
        ? 'It is no verb, error code, operation or hazard of godwit.'
        : `Did you mean ${near.join(' or ')}?`,
    next: 'See the list: `godwit explain`.',
  });
}
