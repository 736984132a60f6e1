import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadParser } from '#db/drivers/postgres/sql/syntax-tree';
import { rules } from '#db/rules/index';
import { proofTable, provenMajors } from '../test/support/proof/proof-table.ts';
import { type Proof, proveRule } from '../test/support/proof/prove.ts';
import { startProofServers } from '../test/support/proof/servers.ts';

const page = join(import.meta.dirname, '../docs/rules/proof.md');

/** Runs all examples of all rules on real servers and writes what they did into docs/rules/proof.md. */
await loadParser();
const servers = await startProofServers(provenMajors);
const proofs: Proof[] = [];
try {
  for (const rule of rules) {
    const found = (await Promise.all(servers.map((server) => proveRule(server, rule)))).flat();
    proofs.push(...found);
    const wrong = found.flatMap(({ major, disagreements }) => disagreements.map((one) => `  ${major}: ${one}\n`));
    process.stdout.write(`${rule.id}: ${found.length} runs\n${wrong.join('')}`);
  }
} finally {
  await Promise.all(servers.map((server) => server.stop()));
}
writeFileSync(page, proofTable(rules, proofs));
process.exitCode = proofs.some(({ disagreements }) => disagreements.length > 0) ? 1 : 0;
