import type { Finding, Severity } from '#core/finding';
import type { BadImport } from './bad-import.ts';

const rules = {
  cycle: { new: 'structure/cycle-new', known: 'structure/cycle-known' },
  layer: { new: 'structure/layer-new', known: 'structure/layer-known' },
} as const;

/** Imports against the rules as findings; a cycle is told once, at the first of its imports. Pure. */
export function importFindings(
  imports: readonly BadImport[],
  { severity, isNew }: { readonly severity: Severity; readonly isNew: boolean },
): readonly Finding[] {
  const told = new Set<string>();
  return imports.flatMap((one): readonly Finding[] => {
    const key = one.kind === 'cycle' ? [...new Set(one.chain)].toSorted().join('\n') : `${one.file}\n${one.to}`;
    const id = `${one.kind}\n${key}`;
    if (told.has(id)) return [];
    told.add(id);
    const { file, line } = one;
    const which = isNew ? 'new' : 'known';
    return [{ rule: rules[one.kind][which], severity, ...wordsOf(one, isNew), file, line, object: one.to }];
  });
}

function wordsOf({ kind, file, line, chain, layers }: BadImport, isNew: boolean): Pick<Finding, 'message' | 'cure'> {
  const way = [`${file}:${line}`, ...chain.slice(1)].join(' → ');
  if (kind === 'cycle') {
    const cure = 'Take the import away, or let `godwit plan --break-cycles all` propose a cut.';
    return { message: `${isNew ? 'A new cycle of imports' : 'A cycle of imports'}: ${way}.`, cure };
  }
  const [own = '', other = ''] = layers ?? [];
  return {
    message: `${isNew ? 'A new import against' : 'An import against'} the layers: ${way} leads from ${own} to ${other}.`,
    cure: 'Let the upper layer import the lower one, or move what both need below.',
  };
}
