import { lineOf } from '../upgrade/version-line.ts';
import { type EvidenceIndex, evidenceIndex, isChangeDocument, type Reading, readings } from './evidence.ts';
import { fileText } from './fetch-package.ts';
import type { Sides } from './gather-sides.ts';
import type { RepositoryReader } from './repository-documents.ts';
import type { UpgradeGroup } from './upgrade-groups.ts';

/** What people read before an upgrade: documents with what in them speaks of a break, and packages without any. */
export type ChangesToRead = {
  readonly documents: readonly (Reading & { readonly package: string; readonly from: string; readonly to: string })[];
  readonly unread: readonly { readonly package: string; readonly why: string }[];
};

/** Lines of a package that a plan quotes; where there are more, it says how many. */
const quotesMax = 12;

/**
 * What packages say of the way between two versions: their own documents, and, where a move crosses a major and the package
 * ships nothing about it, those of its repository.
 */
export async function changesToRead(
  groups: readonly UpgradeGroup[],
  { sides, repositories }: { readonly sides: Sides; readonly repositories: RepositoryReader | undefined },
): Promise<{ readonly evidence: ReadonlyMap<string, EvidenceIndex>; readonly reading: ChangesToRead }> {
  const evidence = new Map<string, EvidenceIndex>();
  const documents: ChangesToRead['documents'][number][] = [];
  const unread: ChangesToRead['unread'][number][] = [];
  for (const { name, lead } of groups) {
    const shipped = shippedIndex(sides, { name, lead });
    const isTypes = lead.name.startsWith('@types/');
    const isWanting = !isTypes && shipped.lines.length === 0 && lineOf(lead.from) !== lineOf(lead.to);
    const answer = isWanting ? await inRepository(sides, { name, repositories }) : undefined;
    const index = answer?.kind === 'documents' ? evidenceIndex(answer.documents, lead) : shipped;
    evidence.set(name, index);
    documents.push(
      ...readings(index, quotesMax).map((one) => ({ ...one, package: name, from: lead.from, to: lead.to })),
    );
    if (!isWanting || index.lines.length > 0) continue;
    const why = answer?.kind === 'unknown' ? answer.why : 'Its repository has no word on the versions in between.';
    unread.push({ package: name, why: `It ships no document about the way from ${lead.from} to ${lead.to}. ${why}` });
  }
  return { evidence, reading: { documents, unread } };
}

/** The changelogs and guides that ship in the new version, as far as they lie between both. */
function shippedIndex({ store }: Sides, { name, lead }: Pick<UpgradeGroup, 'name' | 'lead'>): EvidenceIndex {
  const fetched = store.get('new', name) ?? store.get('new', lead.name);
  const paths = [...(fetched?.files.keys() ?? [])].filter(isChangeDocument);
  const documents = paths.map((path) => ({ path, text: fetched === undefined ? '' : (fileText(fetched, path) ?? '') }));
  return evidenceIndex(documents, lead);
}

async function inRepository(
  { store }: Sides,
  { name, repositories }: { readonly name: string; readonly repositories: RepositoryReader | undefined },
) {
  const manifest = store.get('new', name)?.manifest;
  if (repositories === undefined)
    return { kind: 'unknown', why: 'Its repository was not looked at: tree.repositories is off.' } as const;
  return manifest === undefined ? undefined : repositories.documents(manifest);
}
