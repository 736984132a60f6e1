import type { PythonSnapshot } from '#code/python/snapshot';

/** A Python tree for people: every place that names a version, with what it is for. */
export function pythonText({ files, versions, tools, findings, unknown }: PythonSnapshot): string {
  const wide = (pick: (one: PythonSnapshot['versions'][number]) => string): number =>
    Math.max(0, ...versions.map((one) => pick(one).length));
  const [kind, value] = [wide((one) => one.kind), wide((one) => one.value)];
  const lines = [
    `Python: ${files} ${files === 1 ? 'file' : 'files'}; ${versions.length} ${versions.length === 1 ? 'place names' : 'places name'} a version`,
    ...versions.map(
      (one) =>
        `  ${one.kind.padEnd(kind)}  ${one.value.padEnd(value)}  ${one.place.file}:${one.place.line}:${one.place.column}`,
    ),
    `  checks: ${['every file compiles', ...tools].join(', ')}`,
    ...findings.map(({ severity, rule, message }) => `  ${severity} ${rule}: ${message}`),
    ...unknown.map(({ what, why }) => `  not known: ${what}: ${why}`),
  ];
  return `${lines.join('\n')}\n`;
}
