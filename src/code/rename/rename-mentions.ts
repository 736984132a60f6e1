import type { Finding } from '#core/finding';
import { mockCalls } from '../graph/occurrence.ts';
import type { Place } from '../snapshot.ts';
import { placeAt } from '../text/place.ts';
import { literalPattern } from '../text/search-text.ts';
import ts from '../typescript.cts';
import { nameStart, nodesNamed } from './nodes-named.ts';
import type { RenameStudy } from './study-rename.ts';

/** Longer texts are data. */
const charactersMax = 1_000_000;
const lockFile = /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;
const script = /\.([cm]?[jt]s|[jt]sx)$/;
const component = /\.(vue|svelte|astro)$/;

/** What an occurrence of the old name may be, besides a mere mention. */
type Kind = 'mention' | 'component' | 'mock';

/**
 * What only looks like a renamed symbol: strings, templates and comments of code, and words of all other files. They are named,
 * and nobody touches them. Errors are those in a component that reaches an edited file, since no compiler looks into it here, and
 * keys of a mock of such a file, which no type ties to it. Pure.
 */
export function renameMentionFinder(study: RenameStudy): (path: string, text: string) => readonly Finding[] {
  const reaching = study.edges.filter(({ reach }) => reach !== undefined && study.edits.has(reach.target));
  const components = new Set(reaching.map(({ from }) => from).filter((from) => component.test(from)));
  const mocking = new Set(reaching.filter(({ kind }) => kind === 'mock').map(({ from }) => from));
  return (path, text) => {
    if (text.length > charactersMax || lockFile.test(path)) return [];
    return study.renamed.flatMap(({ wish: { from, to } }) => {
      if (!text.includes(from)) return [];
      const file = script.test(path) ? ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) : undefined;
      const keys = file === undefined || !mocking.has(path) ? new Set<number>() : mockKeys(file, from);
      const settled = settledIn(path, { file, from, study });
      const word = new RegExp(`(?<![\\w$#])${literalPattern(from)}(?![\\w$])`, 'g');
      return [...text.matchAll(word)]
        .filter(({ index }) => keys.has(index) || !settled.has(index))
        .map(({ index }) => {
          const kind = keys.has(index) ? 'mock' : components.has(path) ? 'component' : 'mention';
          const place = placeAt(path, text, { offset: index, length: from.length });
          return findingOf(kind, { from, to, place });
        });
    });
  };
}

type Mentioned = { readonly from: string; readonly to: string; readonly place: Place };

function findingOf(kind: Kind, { from, to, place: { file, line, column } }: Mentioned): Finding {
  const said: Readonly<Record<Kind, Pick<Finding, 'rule' | 'severity' | 'message'>>> = {
    mention: {
      rule: 'rename/mention',
      severity: 'advice',
      message: `${from} looks like what is named ${to} now; it is left as it is.`,
    },
    component: {
      rule: 'rename/component',
      severity: 'error',
      message: `${from} stands in a component, into which the compiler does not look; the file that it imports says ${to} now.`,
    },
    mock: {
      rule: 'rename/mock',
      severity: 'error',
      message: `${from} is a key of a mock, which no type ties to what is named ${to} now; it is left as it is.`,
    },
  };
  return {
    ...said[kind],
    cure: 'Where that symbol is meant, change it by hand.',
    object: from,
    file,
    line,
    column,
  };
}

type Settled = { readonly file: ts.SourceFile | undefined; readonly from: string; readonly study: RenameStudy };

/** Offsets that need no word: what is edited, and names in code, which the compiler has looked at. */
function settledIn(path: string, { file, from, study }: Settled): ReadonlySet<number> {
  const settled = new Set<number>();
  for (const { offset, length } of study.edits.get(path)?.edits ?? [])
    for (let at = offset; at < offset + length; at += 1) settled.add(at);
  if (file === undefined) return settled;
  for (const node of nodesNamed(file, new Set([from])))
    if (!ts.isStringLiteralLike(node)) settled.add(nameStart(node, file));
  return settled;
}

/** Keys of that name in what `vi.mock('./a', () => ({ … }))` gives in place of a module. */
function mockKeys(file: ts.SourceFile, name: string): ReadonlySet<number> {
  const nodes = nodesNamed(file, new Set([name])).filter(
    (node) => ts.isObjectLiteralElementLike(node.parent) && node.parent.name === node && isInMock(node),
  );
  return new Set(nodes.map((node) => nameStart(node, file)));
}

function isInMock(node: ts.Node): boolean {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isCallExpression(at) || !ts.isPropertyAccessExpression(at.expression)) continue;
    if (mockCalls.has(at.expression.name.text)) return true;
  }
  return false;
}
