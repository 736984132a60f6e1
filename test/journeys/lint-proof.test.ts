import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadParser } from '#db/drivers/postgres/sql/syntax-tree';
import { rules } from '#db/rules/index';
import { proofTable, provenMajors } from '../support/proof/proof-table.ts';
import { type Proof, proveRule } from '../support/proof/prove.ts';
import { type ProofServer, startProofServers } from '../support/proof/servers.ts';

const all: Proof[] = [];
let servers: readonly ProofServer[] = [];

beforeAll(async () => {
  await loadParser();
  servers = await startProofServers(provenMajors);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

test.each(rules.map((rule) => [rule.id, rule] as const))(
  '%s says what PostgreSQL 13, 15 and 18 do',
  async (_id, rule) => {
    const proofs = (await Promise.all(servers.map((server) => proveRule(server, rule)))).flat();
    all.push(...proofs);
    const wrong = proofs.flatMap(({ major, kind, disagreements }) =>
      disagreements.map((one) => `${major} ${kind} ${one}`),
    );
    expect(wrong).toEqual([]);
    // A rule none of whose examples can be run proves nothing; it says so itself, example by example.
    const isNeverRun = [...rule.bad, ...rule.good].every(({ notRun }) => notRun !== undefined);
    expect(proofs.length > 0 || isNeverRun).toBe(true);
  },
);

test('docs/rules/proof.md tells what was seen (npm run proof)', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/rules/proof.md'), 'utf8');
  expect(proofTable(rules, all)).toBe(page);
});
