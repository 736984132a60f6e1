import { expect, it } from 'vitest';
import * as z from 'zod';
import { withDatabase } from '../../../test/support/database.ts';
import { assistantOn } from '../../../test/support/mcp-client.ts';

const planned = z.object({ plan: z.object({ id: z.string(), planHash: z.string() }) });
const run = z.object({ runId: z.string(), state: z.string(), gate: z.object({ id: z.string() }).optional() });
const intent = 'ALTER TABLE users RENAME COLUMN name TO full_name';
const schema = `CREATE TABLE users (id bigint PRIMARY KEY, name text); INSERT INTO users SELECT i, 'n' || i FROM generate_series(1, 100) i`;

it.each(['2025', '2026'] as const)(
  'a client of %s inspects, plans, rehearses, applies with the word of a person, and takes back',
  async (era) => {
    await withDatabase(async ({ url, query }) => {
      await query(schema);
      const assistant = await assistantOn({ url, era, person: () => ({ action: 'accept', goOn: true }) });
      const done = async (name: string, args: Readonly<Record<string, unknown>>) => {
        const first = await assistant.call(name, args);
        expect(first, JSON.stringify(first)).not.toHaveProperty('isError');
        const answer = run.parse(first.structuredContent);
        const { plan } = args;
        const isMoving = (state: string) => ['running', 'rolling-back'].includes(state);
        const now = async () => run.parse((await assistant.call('status', { plan })).structuredContent);
        if (isMoving(answer.state))
          await expect.poll(async () => isMoving((await now()).state), { timeout: 60_000 }).toBe(false);
        return isMoving(answer.state) ? now() : answer;
      };
      try {
        const inspected = await assistant.call('inspect', {});
        expect(inspected.structuredContent).toHaveProperty('database.fingerprint');
        const { plan } = planned.parse((await assistant.call('plan', { intent })).structuredContent);
        const named = { plan: plan.id, planHash: plan.planHash };
        const rehearsed = await assistant.call('rehearse', { plan: plan.id, rows: 100 });
        expect(rehearsed.structuredContent).toMatchObject({ ok: true, planHash: plan.planHash });
        const dry = await assistant.call('apply', { ...named, dryRun: true });
        expect(dry.structuredContent, JSON.stringify(dry)).toMatchObject({ dryRun: true, direction: 'forward' });
        const waiting = await done('apply', named);
        expect(waiting).toMatchObject({ state: 'waiting', gate: { id: 'deploy' } });
        expect(assistant.questions).toHaveLength(1);
        expect(assistant.questions[0]).toContain(plan.planHash);
        expect((await done('apply', named)).state).toBe('done');
        expect(assistant.questions[1]).toContain('gate deploy');
        expect((await assistant.call('verify', { plan: plan.id })).structuredContent).toMatchObject({ ok: true });
        const dryBack = await assistant.call('rollback', { ...named, dryRun: true });
        expect(dryBack.structuredContent, JSON.stringify(dryBack)).toMatchObject({ dryRun: true, direction: 'back' });
        expect((await done('rollback', named)).state).toBe('rolled-back');
        expect(await query('SELECT count(name)::int AS n FROM users')).toEqual([{ n: 100 }]);
        const { contents } = await assistant.client.readResource({ uri: `plan://${plan.id}` });
        expect(JSON.stringify(contents)).toContain('## Rollback Plan');
        const { resources } = await assistant.client.listResources();
        expect(resources.map(({ uri }) => uri)).toContain(`run://${plan.id}`);
      } finally {
        await assistant.close();
      }
    });
  },
  240_000,
);
