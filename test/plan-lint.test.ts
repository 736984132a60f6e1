import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configSchema } from '#app/config';
import { lintPaths } from '#app/lint/lint-paths';
import type { Surroundings } from '#app/verb';
import { isFailure } from '#core/error';
import type { Plan } from '#core/plan';
import { postgres } from '#db/drivers/postgres/index';
import type { OperationExample } from '#db/operation';
import { operations } from '#db/operations/index';
import { createDatabase, type TestDatabase } from './support/database.ts';
import { beginLife } from './support/life.ts';
import { testMajor } from './support/majors.ts';
import { sampled } from './support/sampled.ts';
import { surroundingsOn } from './support/surroundings.ts';

const answerSchema = z.object({
  findings: z.array(z.object({ rule: z.string(), severity: z.string(), message: z.string(), line: z.number() })),
});

let database: TestDatabase;
let surroundings: Surroundings;
beforeAll(async () => {
  database = await createDatabase();
  surroundings = { ...(await surroundingsOn(database.url)), config: configSchema.parse({}) };
});
afterAll(() => database.drop());

/** Errors that lint has of the plan of an example, and messages that name no step of it. Undefined where it is refused. */
async function errorsOf(example: OperationExample, how: 'alone' | 'with its schema'): Promise<unknown> {
  const life = await beginLife(example, database).catch((error: unknown) => {
    if (isFailure(error)) return undefined;
    throw error;
  });
  if (life === undefined) return undefined;
  const { plan } = life;
  const path = join(surroundings.cwd, 'migrations', plan.id, 'plan.json');
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, `${JSON.stringify(plan, undefined, 2)}\n`);
  const schema = how === 'alone' ? undefined : await schemaOf(database);
  const answer = await lintPaths({ paths: [path], format: 'text', schema }, surroundings);
  const { findings } = answerSchema.parse(answer.json);
  return findings.filter(
    ({ severity, message, line }) => severity === 'error' || !namesStep(plan, message) || line < 10,
  );
}

function namesStep(plan: Plan, message: string): boolean {
  const steps = plan.phases.flatMap((phase) => phase.steps);
  return steps.some(({ id }) => message.startsWith(`Step ${id}: `));
}

async function schemaOf({ url }: TestDatabase): Promise<string> {
  const session = await postgres.connect(url)({ purpose: 'test', signal: new AbortController().signal });
  try {
    const path = join(surroundings.cwd, 'schema.sql');
    await writeFile(path, postgres.recreate(await postgres.inspect(session)).join(';\n'));
    return path;
  } finally {
    await session.close();
  }
}

describe('lint has no error for a plan of our own, whatever it knows of the schema', () => {
  for (const operation of operations) {
    const examples = operation.examples.filter(({ refused, since = 0 }) => refused === undefined && since <= testMajor);
    for (const example of sampled(examples, 4)) {
      test(`${operation.id}: ${example.title}`, async () => {
        expect(await errorsOf(example, 'alone')).toEqual([]);
        expect(await errorsOf(example, 'with its schema')).toEqual([]);
      });
    }
  }
});
