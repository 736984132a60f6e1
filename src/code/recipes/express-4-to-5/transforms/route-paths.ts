import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import ts from '../../../typescript.cts';
import { type Converted, convertPath, type Wildcard } from '../paths/convert-path.ts';
import { isOnlyPath, literalsIn, type PathLiteral } from '../paths/path-literals.ts';
import { type PathUse, pathUses } from '../paths/path-uses.ts';
import { bare } from '../reading/walk.ts';
import { expressTransform, type Findings } from './express-transform.ts';
import { type NumberedRead, numberedReads, rewriteRead } from './numbered-parameters.ts';

const evidence = 'Migrating to Express 5: Path route matching syntax';

/** Paths in the syntax of path-to-regexp 8. */
export const routePaths = expressTransform(
  {
    id: 'route-paths',
    why: 'Express 5 reads paths with path-to-regexp 8: a wildcard has a name, what may be missing stands in braces, and there are no regular expressions in strings. Other paths throw when they are registered.',
    mentions: ['get', 'post', 'put', 'delete', 'patch', 'all', 'use', 'route', 'head', 'options', 'params'],
  },
  (findings) => {
    const { source } = findings;
    const uses = pathUses(source);
    const paths: ReadonlySet<ts.Node> = new Set(uses.map(({ path }) => bare(path)));
    const reads = numberedReads(source);
    const outcomes = new Map<ts.Expression, Outcome>();
    for (const use of uses) {
      const own = reads.filter(({ handler }) => handler !== undefined && use.handlers.includes(handler));
      outcomes.set(use.path, rewritePath(use, { findings, paths, reads: own }));
    }
    for (const read of reads) settle(read, outcomes, findings);
  },
);

/** The wildcards that have names now; or that the path is a regular expression, or is left as it is. */
type Outcome = readonly Wildcard[] | 'regular' | 'unchanged';

/** A handler of several paths must find its parameters under the same names in all of them. */
function settle(read: NumberedRead, outcomes: ReadonlyMap<ts.Expression, Outcome>, findings: Findings): void {
  const routes = read.handler === undefined ? [] : (findings.source.routesOf(read.handler) ?? []);
  const paths = [...new Set(routes.map(({ path }) => path))];
  const found = paths.map((path) => (path === undefined ? 'unchanged' : (outcomes.get(path) ?? 'unchanged')));
  const [first] = found;
  if (first !== undefined && found.every((outcome) => outcome === 'regular')) return;
  const isOne = found.length === 1 && first !== undefined && first !== 'regular' && first !== 'unchanged';
  if (!isOne || !rewriteRead(read, first, findings)) leaveRead(read, findings);
}

type Around = {
  readonly findings: Findings;
  readonly paths: ReadonlySet<ts.Node>;
  readonly reads: readonly NumberedRead[];
};

/** Edits a path; answers with the wildcards that have names now, or why numbers go on to hold. */
function rewritePath(use: PathUse, { findings, paths, reads }: Around): Outcome {
  const { source } = findings;
  const matchers = literalsIn(use.path, source).map((literal) => {
    return { literal, converted: convertPath(literal.text, { matching: use.matching, needsGroups: reads.length > 0 }) };
  });
  const changed = matchers.filter(({ converted }) => converted.kind !== 'same');
  if (changed.length === 0) return isRegular(use) ? 'regular' : 'unchanged';
  const isShared = changed.some(({ literal }) => literal.place === 'constant') && !isOnlyPath(use.path, paths, source);
  const isFailing = changed.some(({ literal, converted }) => !isWritable(literal, converted, findings));
  if (isShared || isFailing) {
    leavePath(use, changed[0], findings);
    return 'unchanged';
  }
  for (const { literal, converted } of changed) writePath(literal, converted, findings);
  const texts = changed.flatMap(({ converted }) => (converted.kind === 'paths' ? converted.wildcards : []));
  return changed.every(({ converted }) => converted.kind === 'regexp') ? 'regular' : texts;
}

function isRegular({ path }: PathUse): boolean {
  const node = bare(path);
  return (
    ts.isRegularExpressionLiteral(node) ||
    (ts.isArrayLiteralExpression(node) && node.elements.some(ts.isRegularExpressionLiteral))
  );
}

/** A piece of a text can only become another piece; a regular expression has to know how strictly paths are compared. */
function isWritable({ place, text }: PathLiteral, converted: Converted, { file }: Findings): boolean {
  if (converted.kind === 'unknown') return false;
  if (converted.kind === 'regexp') return place !== 'piece' && place !== 'constant' && !isStrict(file.text);
  if (place === 'piece' && /^[?+()|]/.test(text)) return false;
  return converted.kind === 'same' || converted.paths.length === 1 || (place !== 'piece' && place !== 'constant');
}

function isStrict(text: string): boolean {
  return /strict routing|case sensitive routing|\bstrict: *true|caseSensitive: *true/.test(text);
}

function writePath({ node, place, text }: PathLiteral, converted: Converted, findings: Findings): void {
  if (converted.kind === 'regexp') {
    findings.edit(replaced(node, `/${converted.source}/i`));
    if (converted.doubt !== undefined) leaveDoubt(node, converted.doubt, findings);
    return;
  }
  if (converted.kind !== 'paths') return;
  const written = converted.paths.map((path) => literalLike(node, place === 'piece' ? pieceOf(path, text) : path));
  const [only = ''] = written;
  if (written.length === 1) findings.edit(replaced(node, only));
  else findings.edit(replaced(node, place === 'element' ? written.join(', ') : `[${written.join(', ')}]`));
}

/** A wildcard at the beginning of a piece has its slash in what stands before. */
function pieceOf(path: string, text: string): string {
  return text.startsWith('*') && path.startsWith('/{*') ? path.slice(1) : path;
}

/** The text between the quotes, or the parts of a template, of the literal that was there. */
function literalLike(node: ts.Node, value: string): string {
  const text = node.getText();
  const close = text.endsWith('${') ? '${' : text.slice(-1);
  const escaped = value.replaceAll('\\', '\\\\');
  return text.slice(0, 1) + escaped + close;
}

function leavePath(
  { path }: PathUse,
  first: { readonly literal: PathLiteral; readonly converted: Converted } | undefined,
  { leave }: Findings,
): void {
  if (first === undefined) return;
  const { literal, converted } = first;
  const like =
    converted.kind === 'regexp'
      ? `/${converted.source}/i`
      : converted.kind === 'paths'
        ? converted.paths.join(', ')
        : undefined;
  leave({
    ...spanOf(path),
    message: `Express 5 does not read the path \`${literal.text}\` as Express 4 did.`,
    cure:
      like === undefined
        ? 'Write it as path-to-regexp 8 reads it, or as a regular expression.'
        : `The same is said by \`${like}\`; write it where the path is put together.`,
    symbol: 'Application.route',
    evidence,
  });
}

function leaveDoubt(node: ts.Node, doubt: string, { leave }: Findings): void {
  leave({
    ...spanOf(node),
    message: `The path ${node.getText()} matches as before: ${doubt}`,
    cure: 'Write the paths that were meant.',
    symbol: 'Application.route',
    evidence,
  });
}

function leaveRead({ node }: NumberedRead, { leave }: Findings): void {
  leave({
    ...spanOf(node),
    message: `\`${node.getText()}\` was the text of a wildcard; in Express 5 a wildcard has a name, and its value is an array. Numbers are left to regular expressions.`,
    cure: "Read it by its name: `req.params.splat.join('/')`.",
    symbol: 'Request.params',
    evidence: 'Migrating to Express 5: req.params',
  });
}
