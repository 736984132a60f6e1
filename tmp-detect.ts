import { inspectTree } from '#code/inspect';
import { walkTree } from '#code/walk';
import { detectChecks } from '#code/gate/detect-checks';
for (const root of process.argv.slice(2)) {
  const signal = new AbortController().signal;
  const s = await inspectTree({ root, nodeInUse: process.versions.node, signal, openRegistry: undefined, tests: undefined, uses: undefined });
  const { files } = await walkTree(root, signal);
  const t = performance.now();
  const d = detectChecks(s, { files });
  console.log('==', root, s.packageManager?.name, Math.round(performance.now() - t), 'ms');
  for (const c of d.checks) console.log(' ', c.kind, c.in, '|', c.because, '|', c.commands.map((x) => `${x.shown} (${x.tool?.id})`).join(' ; '));
  for (const u of d.unknown) console.log('  -', u.what, u.why);
}
