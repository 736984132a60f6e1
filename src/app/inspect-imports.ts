import { resolve } from 'node:path';
import type { BadImport } from '#code/structure/bad-import';
import { newImports } from '#code/structure/new-imports';
import type { ImportsRead } from '#code/structure/read-imports';
import { exitCodes, fail } from '#core/error';
import { findingsSummary } from '#core/findings-summary';
import type { FindingsReport } from '#core/report';
import { formats } from '#report/formats/index';
import { asJson } from './as-json.ts';
import { openTree } from './open-tree.ts';
import type { Answer, Surroundings } from './verb.ts';

type Asked = {
  readonly tree?: string | true | undefined;
  readonly since?: string | undefined;
  readonly format?: string | undefined;
};

/**
 * Imports of a working tree that break the rules of the configuration, those that a commit had apart. Reads only. Throws
 * `bad-input` where there are no rules or git does not know the commit, and `no-repository`.
 */
export async function inspectImports({ tree, since, format }: Asked, surroundings: Surroundings): Promise<Answer> {
  const rules = surroundings.config.tree.imports;
  const { hasRules } = await import('#code/structure/import-rules');
  if (!hasRules(rules)) throw noRules();
  const root = resolve(surroundings.cwd, typeof tree === 'string' ? tree : '.');
  const { repository } = await openTree(root, surroundings);
  const { readImports } = await import('#code/structure/read-imports');
  const { commitBefore, treeAt } = await import('#code/structure/tree-at');
  const { diskTree } = await import('#code/tree/disk-tree');
  const { signal } = surroundings;
  const commit = since ?? (await commitBefore(repository));
  const before =
    commit === undefined
      ? nothing
      : await readImports(await treeAt(commit, repository, signal), { root, rules, signal });
  const now = await readImports(await diskTree(repository), { root, rules, signal });
  const fresh = new Set(newImports(before.imports, now.imports, { before: before.modules, after: now.modules }));
  const report = await reportOf({ now, fresh, commit, cycles: rules.cycles });
  const summary = report.summary ?? findingsSummary(report.findings, noCounts);
  const isRefused = report.findings.some(({ severity }) => severity === 'error');
  const { findings } = report;
  return {
    json: asJson({
      findings,
      summary: { ...summary, since: commit, known: findings.filter(({ rule }) => rule.endsWith('-known')).length },
    }),
    report,
    exit: isRefused ? exitCodes.findings : exitCodes.done,
    text: formats.find(({ id }) => id === (format ?? 'text'))?.render(report) ?? '',
  };
}

/** What there was before the first commit. */
const nothing: ImportsRead = { imports: [], modules: [] };
const noCounts = { files: 0, suppressed: 0, inBaseline: 0 };

type Compared = {
  readonly now: ImportsRead;
  readonly fresh: ReadonlySet<BadImport>;
  readonly commit: string | undefined;
  readonly cycles: 'none' | 'no-more' | undefined;
};

async function reportOf({ now, fresh, commit, cycles }: Compared): Promise<FindingsReport> {
  const { importFindings } = await import('#code/structure/import-findings');
  const known = now.imports.filter((one) => !fresh.has(one));
  const isHeld = (kind: string): boolean => kind === 'cycle' && cycles === 'none';
  const added = importFindings([...fresh], { severity: 'error', isNew: true });
  const findings = [
    ...added,
    ...importFindings(
      known.filter(({ kind }) => isHeld(kind)),
      { severity: 'error', isNew: false },
    ),
    ...importFindings(
      known.filter(({ kind }) => !isHeld(kind)),
      { severity: 'advice', isNew: false },
    ),
  ];
  return {
    kind: 'findings',
    title: `${added.length} new and ${findings.length - added.length} known imports against the rules, ${commit === undefined ? 'all of the first commit' : `since ${commit}`}`,
    findings,
    summary: findingsSummary(findings, { ...noCounts, files: now.modules.length }),
    failOn: 'error',
  };
}

function noRules() {
  return fail('bad-input', {
    what: 'There are no rules that imports have to keep to.',
    why: 'The configuration has neither `tree.imports.layers` nor `tree.imports.cycles`.',
    next: "Write for example `tree: { imports: { cycles: 'no-more', layers: ['src/app/**', 'src/core/**'] } }` into godwit.config.",
  });
}
