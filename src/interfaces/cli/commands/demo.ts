import * as z from 'zod';
import { exitCodes } from '#core/error';
import type { Command, CommandContext } from '../command.ts';
import { demoScreen } from '../demo-screen.ts';

const input = z.strictObject({
  rows: z.coerce.number().int().min(1_000).max(5_000_000).default(200_000).describe('Rows of the table'),
  seed: z.coerce.number().int().min(1).default(1).describe('Seed of the application'),
  stay: z
    .boolean()
    .default(false)
    .describe('Only start server and application, and keep them until Ctrl-C, to try godwit on them'),
});

/** A rename on a live table, from the first step to the way back, measured. */
export const demo: Command<z.infer<typeof input>> = {
  name: 'demo',
  summary: 'Rename a column under a live application on a server of our own, and take it back',
  description:
    'Starts an embedded PostgreSQL with a table of users and an application that reads and writes it all the time, renames a column as godwit does it, as the textbooks do it and with the plain statement, and prints what the application saw. With --stay it does nothing to them and waits: you migrate them from another terminal, and deploy another version of the application by typing old, both or new. Needs nothing installed, and leaves nothing behind.',
  examples: [
    { command: 'godwit demo', says: 'about a minute' },
    { command: 'godwit demo --json', says: 'the numbers as one document' },
    { command: 'godwit demo --stay --rows 2000', says: 'a database with a live application, to try things on' },
  ],
  input,
  async execute({ rows, seed, stay }, context) {
    if (stay) return await keep({ rows, seed }, context);
    const { runDemo } = await import('#app/demo/demo');
    const surroundings = { ...(await context.surroundings()), on: () => undefined };
    const screen = demoScreen(context);
    const result = await runDemo({ rows, seed, connections: 6, rate: 600, surroundings, tell: screen.tell });
    const { workload, verification, rollback, textbook } = result;
    const holds =
      workload.failed === 0 &&
      workload.lostWrites === 0 &&
      verification.mismatches === 0 &&
      rollback.schemaRestored &&
      rollback.dataRestored &&
      textbook.lostWrites > 0;
    return { json: result, text: screen.summary(result), exit: holds ? exitCodes.done : exitCodes.verification };
  },
};

async function keep(chosen: { readonly rows: number; readonly seed: number }, context: CommandContext) {
  const [{ openStayingDemo }, { stayUntilEnd }] = await Promise.all([
    import('#app/demo/stay'),
    import('../stay-screen.ts'),
  ]);
  const surroundings = { ...(await context.surroundings()), on: () => undefined };
  return stayUntilEnd(await openStayingDemo({ ...chosen, surroundings }), context);
}
