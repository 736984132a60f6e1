import { folderPath } from '../../../text/search-text.ts';
import { joined } from '../../../tree/tree-path.ts';
import ts from '../../../typescript.cts';
import type { ExpressSource } from './express-source.ts';
import { bare, stringOf } from './walk.ts';

/** What is known of a folder from which files are sent. */
export type Served =
  /** Where it is cannot be seen. */
  | { readonly kind: 'unseen' }
  /** Its name can be seen, and the tree holds no file there. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'files'; readonly hasDotFolder: boolean };

/** Relative to the folder of the file, or to the one in which the program is started. */
type Way = { readonly from: 'file' | 'start'; readonly path: string };

/** Where a folder is named by constants, and what of the tree lies there. Pure. */
export function servedFolder(
  node: ts.Expression,
  place: {
    readonly source: ExpressSource;
    readonly file: string;
    /** Folder of the package.json above the file, where programs are started from. */
    readonly home: string;
    readonly paths: readonly string[];
  },
): Served {
  const way = wayOf(node, place.source);
  if (way === undefined) return { kind: 'unseen' };
  const bases = way.from === 'file' ? [folderPath(place.file)] : [place.home, '.'];
  for (const base of bases) {
    const folder = joined(base, way.path);
    const below = folder === '.' ? place.paths : place.paths.filter((path) => path.startsWith(`${folder}/`));
    const inner = below.map((path) => (folder === '.' ? path : path.slice(folder.length + 1)));
    if (inner.length > 0) return { kind: 'files', hasDotFolder: inner.some((path) => /(^|\/)\.[^/]+\//.test(path)) };
  }
  return { kind: 'empty' };
}

const depthMax = 5;

function wayOf(given: ts.Expression, source: ExpressSource, depth = 0): Way | undefined {
  const node = bare(given);
  if (depth > depthMax) return undefined;
  const text = stringOf(node);
  if (text !== undefined) return /^([/\\]|[A-Za-z]:)/.test(text) ? undefined : { from: 'start', path: text };
  if (/^(__dirname|import\.meta\.dirname)$/.test(node.getText())) return { from: 'file', path: '.' };
  if (/^(process\.)?cwd\(\)$/.test(node.getText())) return { from: 'start', path: '.' };
  if (ts.isCallExpression(node)) return wayOfCall(node, source, depth);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return followed(wayOf(node.left, source, depth + 1), stringOf(bare(node.right)));
  if (ts.isTemplateExpression(node) && node.head.text === '' && node.templateSpans.length === 1) {
    const [span] = node.templateSpans;
    return span === undefined ? undefined : followed(wayOf(span.expression, source, depth + 1), span.literal.text);
  }
  return ts.isIdentifier(node) ? wayOfConstant(node, source, depth) : undefined;
}

/** `path.join(a, 'b')`, `path.resolve(a, 'b')`. */
function wayOfCall(node: ts.CallExpression, source: ExpressSource, depth: number): Way | undefined {
  const [first, ...rest] = node.arguments;
  if (first === undefined || !/(^|\.)(join|resolve)$/.test(node.expression.getText())) return undefined;
  return rest.reduce<Way | undefined>(
    (way, part) => followed(way, stringOf(bare(part))),
    wayOf(first, source, depth + 1),
  );
}

function wayOfConstant(node: ts.Identifier, source: ExpressSource, depth: number): Way | undefined {
  for (const declaration of source.reader.symbolOf(node)?.declarations ?? []) {
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) continue;
    if ((declaration.parent.flags & ts.NodeFlags.Const) !== 0) return wayOf(declaration.initializer, source, depth + 1);
  }
  return undefined;
}

function followed(way: Way | undefined, text: string | undefined): Way | undefined {
  return way === undefined || text === undefined ? undefined : { ...way, path: joined(way.path, text) };
}
