import { inserted, spanOf } from '../../../engine/compiler-edits.ts';
import { homeOf, homesIn } from '../../../engine/homes.ts';
import type { HomePackage, RecipeFile, TextEdit, TreeTransform, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { isTestFile } from '../../../tree/part-of.ts';
import ts from '../../../typescript.cts';
import { indentAt, quoted, type Style, styleOf } from '../editing/style.ts';
import { type ExpressSource, expressSource } from '../reading/express-source.ts';
import { isParser } from './body-parsers.ts';
import { bodyReads, nestedQueryReads, wholeQueryReads } from './default-uses.ts';

/** A file of a package that may use Express. */
type Member = { readonly file: RecipeFile; readonly source: ExpressSource; readonly style: Style };

/** What was found in all files of one package. */
type Package = { readonly members: readonly Member[] };

/** The query parser and the empty body of Express 4, where something in the package relies on them. */
export const formerDefaults: TreeTransform = {
  kind: 'tree',
  id: 'former-defaults',
  why: 'Express 5 parses queries with the simple parser, which knows no `a[b]=c`, and leaves `req.body` undefined where there is no body. Where the code relies on what Express 4 did, the application says so itself.',
  async transform(tree) {
    const edits: { path: string; edits: TextEdit[] }[] = [];
    const unresolved: TreeUnresolved[] = [];
    for (const { members } of await packagesOf(tree)) {
      for (const { file, change, items } of [...queryParsers(members), ...emptyBodies(members)]) {
        if (change.length > 0) edits.push({ path: file.path, edits: [...change] });
        unresolved.push(...items);
      }
    }
    return { edits: merged(edits).map(({ path, edits: own }) => ({ kind: 'edit', path, edits: own })), unresolved };
  },
};

function merged(edits: readonly { path: string; edits: TextEdit[] }[]) {
  const byPath = new Map<string, TextEdit[]>();
  for (const { path, edits: own } of edits) byPath.set(path, [...(byPath.get(path) ?? []), ...own]);
  return [...byPath].map(([path, own]) => ({ path, edits: own }));
}

const isSource = /\.([cm]?[jt]s|[jt]sx)$/;
/** Where an application is made, a body parsed, or a query or body read. */
const relevant = /\bexpress\(\)|\.(query|body)\b|\b(json|urlencoded|text|raw)\(|query parser/;

async function packagesOf(tree: TreeView): Promise<readonly Package[]> {
  const homes = await homesIn(tree);
  const members = new Map<HomePackage | undefined, Member[]>();
  for (const path of tree.paths) {
    // Tests show what a client may send, and not what the application relies on.
    if (!isSource.test(path) || path.endsWith('.d.ts') || isTestFile(path)) continue;
    const file = await tree.read(path);
    if (file === undefined || !relevant.test(file.text)) continue;
    const home = homeOf(path, homes);
    const source = expressSource(file, { home });
    if (source === undefined) continue;
    members.set(home, [...(members.get(home) ?? []), { file, source, style: styleOf(file.text) }]);
  }
  return [...members.values()].map((own) => ({ members: own }));
}

type Change = {
  readonly file: RecipeFile;
  readonly change: readonly TextEdit[];
  readonly items: readonly TreeUnresolved[];
};

const queryEvidence = 'Migrating to Express 5: req.query';

/** `app.set('query parser', 'extended')` where nested values are read. */
function queryParsers(members: readonly Member[]): readonly Change[] {
  if (members.some(({ file }) => /['"`]query parser['"`]/.test(file.text))) return [];
  const nested = members.flatMap(({ file, source }) => nestedQueryReads(source).map((node) => ({ file, node })));
  if (nested.length === 0) return members.map((member) => wholeQueries(member));
  const applications = members.flatMap((member) => applicationsIn(member));
  if (applications.length > 0) return applications;
  return nested.map(({ file, node }) => ({
    file,
    change: [],
    items: [
      {
        path: file.path,
        ...spanOf(node),
        message: `\`${node.getText()}\` is a nested value of the query, which the parser of Express 5 does not make.`,
        cure: "Set the parser where the application is made: `app.set('query parser', 'extended')`.",
        symbol: 'Request.query',
        evidence: queryEvidence,
      },
    ],
  }));
}

function wholeQueries({ file, source }: Member): Change {
  const items = wholeQueryReads(source).map((node) => ({
    path: file.path,
    ...spanOf(node),
    message: `The whole \`${node.getText()}\` is handed on. Nested values (\`a[b]=c\`, \`a[]=b\`) are no longer parsed in Express 5.`,
    cure: "Where clients send such values, say `app.set('query parser', 'extended')`.",
    symbol: 'Request.query',
    evidence: queryEvidence,
  }));
  return { file, change: [], items };
}

/** Every `const app = express()`, with the setting behind it. */
function applicationsIn({ file, source, style }: Member): readonly Change[] {
  return source.nodes.flatMap((node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || node.initializer === undefined) return [];
    if (!ts.isCallExpression(node.initializer) || source.roleOf(node.initializer.expression) !== 'express') return [];
    const statement = node.parent.parent;
    if (!ts.isVariableStatement(statement)) return [];
    const setting = `${node.name.text}.set(${quoted('query parser', style)}, ${quoted('extended', style)})${style.end}`;
    const text = `\n${indentAt(file.text, statement.getStart())}${setting}`;
    return [{ file, change: [inserted(statement.getEnd(), text)], items: [] }];
  });
}

const parsers = ['json', 'urlencoded', 'text', 'raw'];

/** `req.body ??= {}`, `req.body = req.body || {}`, `if (!req.body) req.body = {}`. */
const filledIn =
  /\.body *(\?\?=|\|\|=)|\.body *= *\w+\.body *(\|\||\?\?)|if *\([^()]*\.body\b[^()]*\) *\{?\s*\w+\.body *=[^=]/;

/** An empty body where there is none, behind the parsers that gave one in Express 4. */
function emptyBodies(members: readonly Member[]): readonly Change[] {
  if (members.some(({ file }) => filledIn.test(file.text))) return [];
  const reads = members.flatMap(({ file, source }) => bodyReads(source).map((node) => ({ file, node })));
  if (reads.length === 0) return [];
  return members.flatMap((member) => [...mountedIn(member), ...inlineIn(member)]);
}

/** Behind the last of `app.use(express.json())` and its like, for each application and router of a file. */
function mountedIn({ file, source, style }: Member): readonly Change[] {
  const last = new Map<string, ts.ExpressionStatement>();
  for (const { member, path, handlers } of source.registrations) {
    const statement = member.call.parent;
    if (member.name.text !== 'use' || path !== undefined || !ts.isExpressionStatement(statement)) continue;
    if (handlers.some((handler) => isBodyParser(handler, source))) last.set(member.receiver.getText(), statement);
  }
  return [...last].map(([receiver, statement]) => {
    const indent = indentAt(file.text, statement.getStart());
    const { indent: step, end } = style;
    const unused = file.language === 'javascript' ? 'res' : '_res';
    const lines = [
      `${receiver}.use((req, ${unused}, next) => {`,
      `${step}if (req.body === undefined) req.body = {}${end} // Express 5 leaves it undefined where there is no body`,
      `${step}next()${end}`,
      `})${end}`,
    ];
    const text = lines.map((line) => `\n${indent}${line}`).join('');
    return { file, change: [inserted(statement.getEnd(), text)], items: [] };
  });
}

function isBodyParser(handler: ts.Expression, source: ExpressSource): boolean {
  if (!ts.isCallExpression(handler)) return false;
  return parsers.some((name) => isParser(handler.expression, name, source));
}

/** A parser among the handlers of one route. */
function inlineIn({ file, source }: Member): readonly Change[] {
  const items = source.registrations.flatMap(({ member, path, handlers }) => {
    const isMount = member.name.text === 'use' && path === undefined && ts.isExpressionStatement(member.call.parent);
    const parser = isMount ? undefined : handlers.find((handler) => isBodyParser(handler, source));
    if (parser === undefined) return [];
    return [
      {
        path: file.path,
        ...spanOf(parser),
        message:
          'Behind this parser `req.body` was `{}` in Express 4 for a request without a body; in Express 5 it is undefined.',
        cure: 'Let the handlers behind it expect that: `req.body?.name`, `req.body ?? {}`.',
        symbol: 'Request.body',
        evidence: 'Migrating to Express 5: req.body',
      },
    ];
  });
  return [{ file, change: [], items }];
}
