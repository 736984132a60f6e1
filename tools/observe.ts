import { parseArgs } from 'node:util';
import type { Observation } from '../test/support/proof/observation.ts';
import { observe, statementsOf } from '../test/support/proof/observe.ts';
import { startProofServers } from '../test/support/proof/servers.ts';

const usage = `node --conditions=source --import tsx tools/observe.ts [options] "SQL; SQL"
  --majors 13,15,18   servers to ask
  --given "SQL; SQL"  what is there before, besides the example schema
  --autocommit        each statement by itself, as psql does; otherwise all in one transaction that is rolled back
  --said              also the server's own messages at level debug1
  --json              the observations as JSON`;

await main();

/** Prints what servers of several majors do when they run the statements on the example schema of the lint rules. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      majors: { type: 'string', default: '13,15,18' },
      given: { type: 'string' },
      autocommit: { type: 'boolean', default: false },
      said: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [text] = positionals;
  if (text === undefined) throw new Error(usage);
  const statements = await statementsOf(text);
  const servers = await startProofServers(values.majors.split(',').map(Number));
  try {
    const mode = values.autocommit ? 'autocommit' : 'transaction';
    const all = await Promise.all(
      servers.map(async (server) => ({
        server,
        observed: await observe(server, { given: values.given, statements, mode }),
      })),
    );
    for (const { server, observed } of all) {
      if (values.json) console.log(JSON.stringify({ major: server.major, observed }, undefined, 2));
      else console.log(`PostgreSQL ${server.major}\n${observed.map((one) => linesOf(one, values.said)).join('\n')}\n`);
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function linesOf(observation: Observation, isSaid: boolean): string {
  const { statement, sqlstate, message, locks, walBytes, said } = observation;
  const parts = (['rewrites', 'emptied', 'rebuiltIndexes', 'scans', 'builds'] as const).flatMap((key) =>
    observation[key].length === 0 ? [] : [`    ${key}: ${observation[key].join(', ')}`],
  );
  return [
    `  ${statement.replace(/\s+/g, ' ')}`,
    ...(sqlstate === undefined ? [] : [`    FAILED ${sqlstate}: ${message}`]),
    ...locks.map(({ relation, kind, mode }) => `    ${mode} on ${relation} (${kind})`),
    ...parts,
    ...(isSaid ? said.map((line) => `    said: ${line}`) : []),
    ...(sqlstate === undefined ? [`    wal: ${walBytes} bytes`] : []),
  ].join('\n');
}
