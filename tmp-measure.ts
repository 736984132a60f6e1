import { inspectTree } from '#code/inspect';
import { walkTree } from '#code/walk';
import { detectChecks } from '#code/gate/detect-checks';
import { measureGate } from '#code/gate/measure-gate';
import { compareGate } from '#code/gate/compare-gate';
import { findManager } from '#code/install/find-manager';
import { installTree } from '#code/install/install-tree';
import { runProcess } from '#code/run-process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { isFailure } from '#core/error';
for (const root of process.argv.slice(2)) {
  try {
  const signal = new AbortController().signal;
  const look = () => inspectTree({ root, nodeInUse: process.versions.node, signal, openRegistry: undefined, tests: undefined, uses: undefined });
  let s = await look();
  const world = { root, env: process.env, run: runProcess };
  const found = await findManager(s.packageManager ?? { name: 'npm' }, world, signal);
  console.log('==', root, found.program);
  const i = await installTree({ ...world, manager: s.packageManager, kind: s.packageManager?.lockFile ? 'frozen' : 'update', found, timeoutMs: 600_000 }, signal);
  console.log(i.detail, i.findings.map((f) => f.message));
  s = await look();
  const { files } = await walkTree(root, signal);
  const d = detectChecks(s, { files });
  const m = await measureGate({ root, checks: d.checks, files, manager: found.program, run: runProcess, env: process.env, scratch: mkdtempSync('/tmp/gate/scr-'), nowMs: () => performance.now(), timeoutMs: 600_000, warnings: 'collect' }, signal);
  for (const c of m.checks) console.log('  ', c.kind, c.in, c.state, c.exitCode, `${c.ms} ms`, c.types?.length, c.lint?.length, c.tests?.length, c.unreadable ?? '', c.state === 'passed' ? '' : c.lastLines.slice(-6).join('\n      '));
  const kinds: Record<string, number> = {}; for (const e of m.escapes) kinds[e.kind] = (kinds[e.kind] ?? 0) + 1;
  console.log('  ', kinds, 'sources', m.sources.length, 'warnings', m.warnings?.length, 'json', JSON.stringify(m).length, m.unknown);
  const t = performance.now(); console.log('  ', compareGate(m, m), Math.round(performance.now() - t), 'ms');
  writeFileSync(`/tmp/gate/m-${root.split('/').filter(Boolean).at(-1)}.json`, JSON.stringify(m));
  } catch (e) { console.log(isFailure(e) ? e.explanation : e); }
}
