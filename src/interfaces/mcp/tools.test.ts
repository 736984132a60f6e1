import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { verbs } from '#app/verbs/index';
import { withDatabase } from '../../../test/support/database.ts';
import { startGodwit } from '../../../test/support/godwit.ts';
import { assistantOn } from '../../../test/support/mcp-client.ts';

const planned = z.object({ plan: z.object({ id: z.string(), planHash: z.string() }) });
const changing = ['apply', 'pause', 'resume', 'rollback', 'purge'];

it('one tool a verb, in their order, with schemas that can be compiled, and hints that say what changes something', async () => {
  const assistant = await assistantOn({ era: '2026' });
  try {
    const { tools } = await assistant.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(verbs.map(({ name }) => name));
    expect(tools.filter(({ annotations }) => annotations?.destructiveHint).map(({ name }) => name)).toEqual(changing);
    const reading = tools.filter(({ annotations }) => annotations?.readOnlyHint).map(({ name }) => name);
    expect(reading).toEqual(['doctor', 'inspect', 'lint', 'status', 'report', 'explain']);
    const validator = new AjvJsonSchemaValidator();
    const compiled = (schema: unknown) => validator.getValidator(z.looseObject({}).parse(schema));
    for (const { name, inputSchema, outputSchema } of tools) {
      const check = compiled(inputSchema);
      expect({ name, valid: check({ nobody: 'knows' }).valid }).toEqual({ name, valid: false });
      expect(outputSchema, name).toMatchObject({ type: 'object' });
      expect(compiled(outputSchema)('a text').valid).toBe(false);
      for (const field of Object.keys(inputSchema.properties ?? {})) {
        expect(field).not.toMatch(/^(yes|approve|approved|confirm|force|consent|db|url|password)$/);
      }
    }
    const { prompts } = await assistant.client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(['migration-plan']);
    const prompt = await assistant.client.getPrompt({ name: 'migration-plan', arguments: { change: 'rename x' } });
    expect(JSON.stringify(prompt.messages)).toContain('Migration Overview, Current State, Target State');
  } finally {
    await assistant.close();
  }
}, 60_000);

it('a client that goes in the middle leaves a run that stops at a safe point, and goes on later', async () => {
  await withDatabase(async ({ url, query }) => {
    await query(`CREATE TABLE users (id bigint PRIMARY KEY, name text);
      INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 200000) i; ANALYZE users`);
    const assistant = await assistantOn({ url, era: '2025', person: () => ({ action: 'accept', goOn: true }) });
    try {
      const intent = 'ALTER TABLE users RENAME COLUMN name TO full_name';
      const { plan } = planned.parse((await assistant.call('plan', { intent })).structuredContent);
      const begun = await assistant.call('apply', { plan: plan.id, planHash: plan.planHash });
      expect(begun.structuredContent).toMatchObject({ state: 'running', planHash: plan.planHash });
      await assistant.client.close();
      const state = async () => {
        const { stdout } = await startGodwit(['status', plan.id, '--json'], assistant.cwd, { DATABASE_URL: url }).ended;
        return z.object({ state: z.string() }).parse(JSON.parse(stdout)).state;
      };
      const again = await startGodwit(['apply', plan.id, '--json'], assistant.cwd, { DATABASE_URL: url }).ended;
      expect(again.exit, again.stderr).toBe(0);
      expect(await state()).toBe('waiting');
    } finally {
      await assistant.close();
    }
  });
}, 120_000);
