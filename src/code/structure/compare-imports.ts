import { type Compared, counted } from '../gate/compared.ts';
import type { BadImport } from './bad-import.ts';
import { importFindings } from './import-findings.ts';
import { newImports } from './new-imports.ts';

type Sources = Parameters<typeof newImports>[2];

/** A ratchet on imports against the rules: what was there may stay, nothing may be new. Pure. */
export function compareImports(
  before: readonly BadImport[] | undefined,
  after: readonly BadImport[] | undefined,
  sources: Sources,
): Compared {
  if (before === undefined || after === undefined) return { findings: [], words: '' };
  const added = newImports(before, after, sources);
  const findings = importFindings(added, { severity: 'error', isNew: true });
  const words = added.length === 0 ? 'no new import' : counted(added.length, 'new import');
  return { findings, words: `${words} against the rules (${after.length} now, ${before.length} before)` };
}
