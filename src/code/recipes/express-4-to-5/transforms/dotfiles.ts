import { inserted, replaced, spanOf } from '../../../engine/compiler-edits.ts';
import ts from '../../../typescript.cts';
import { indentAt, quoted } from '../editing/style.ts';
import type { ExpressSource } from '../reading/express-source.ts';
import { type Served, servedFolder } from '../reading/served-folder.ts';
import { bare, isFunctionNode, stringOf } from '../reading/walk.ts';
import { expressTransform, type Findings } from './express-transform.ts';

const evidence = 'Migrating to Express 5: express.static dotfiles; res.sendFile() and express.static() options';

/** A call that sends files, with what may be its options. */
type Sending = {
  readonly call: ts.CallExpression;
  readonly symbol: 'express.static' | 'Response.sendFile';
  readonly path: ts.Expression;
  readonly options: ts.Expression | undefined;
  /** The first argument that is not the path. */
  readonly callback: ts.Expression | undefined;
};

/** Files below folders that begin with a dot are served as before; `hidden` and `from` have their new names. */
export const dotfiles = expressTransform(
  {
    id: 'dotfiles',
    why: "Express 4 served what lies in folders that begin with a dot, such as `.well-known`; Express 5 answers 404 unless `dotfiles: 'allow'` says otherwise. The options `hidden` and `from` are gone: `dotfiles` and `root`.",
    mentions: ['static', 'sendFile'],
  },
  (findings) => {
    const { source } = findings;
    const hasPolicy = source.nodes.some(isPolicy);
    const opened = [...sendingsIn(source)].filter((sending) => {
      const { options, symbol } = sending;
      if (options === undefined) return addOptions(sending, findings, hasPolicy) && symbol === 'express.static';
      if (ts.isObjectLiteralExpression(options)) {
        return mendOptions(sending, options, findings) && symbol === 'express.static';
      }
      if (!isVisible(options, source)) leaveUnseen(sending, findings, 'its options cannot be seen here');
      return false;
    });
    const [first, ...more] = opened;
    if (first !== undefined) warn(first, more.length, findings);
  },
);

function* sendingsIn(source: ExpressSource): Generator<Sending> {
  for (const node of source.nodes) {
    if (!ts.isCallExpression(node) || !isStatic(node.expression, source)) continue;
    const [path, options] = node.arguments;
    if (path !== undefined) yield { call: node, symbol: 'express.static', path, options, callback: undefined };
  }
  for (const { call, args } of source.callsOn('response', ['sendFile'])) {
    const [path, second] = args;
    if (path === undefined) continue;
    const isCallback = second !== undefined && args.length === 2 && isFunction(second, source);
    const options = isCallback ? undefined : second;
    yield { call, symbol: 'Response.sendFile', path, options, callback: isCallback ? second : undefined };
  }
}

/** `express.static` of an import or require of express itself. */
export function isStatic(callee: ts.Expression, source: ExpressSource): boolean {
  if (ts.isPropertyAccessExpression(callee)) {
    return callee.name.text === 'static' && source.moduleOf(callee.expression) === 'express';
  }
  if (!ts.isIdentifier(callee) || source.moduleOf(callee) !== 'express') return false;
  return (source.reader.symbolOf(callee)?.declarations ?? []).some(
    (node) => (ts.isImportSpecifier(node) || ts.isBindingElement(node)) && node.propertyName?.getText() === 'static',
  );
}

function isFunction(node: ts.Expression, source: ExpressSource): boolean {
  return (
    isFunctionNode(bare(node)) ||
    source.reader.functionOf(node) !== undefined ||
    /^(next|cb|callback|done)$/.test(node.getText())
  );
}

/** `const options = { dotfiles: … }` shows that the file has its own mind about them. */
function isPolicy(node: ts.Node): boolean {
  if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return false;
  const value = bare(node.initializer);
  return ts.isObjectLiteralExpression(value) && value.properties.some((one) => keyOf(one) === 'dotfiles');
}

function isVisible(options: ts.Expression, source: ExpressSource): boolean {
  const node = bare(options);
  if (!ts.isIdentifier(node)) return false;
  return (source.reader.symbolOf(node)?.declarations ?? []).some(isPolicy);
}

/** Why nothing may be opened here; undefined where what Express 4 did is meant. */
function doubtOf(sending: Sending, findings: Findings): string | undefined {
  const { path, symbol } = sending;
  const { source } = findings;
  if (symbol === 'express.static') {
    if (isWholeTree(path)) return 'the folder is that of the program itself';
    return servedBy(sending, findings).kind === 'unseen' ? 'which folder it is cannot be seen' : undefined;
  }
  return isPlainFile(path, source) ? undefined : 'which file it is cannot be seen';
}

function servedBy({ path }: Sending, { source, file, context }: Findings): Served {
  return servedFolder(path, { source, file: file.path, home: context.home?.path ?? '.', paths: context.paths() });
}

/** True where the tree has the folder, and nothing in it that Express 5 serves in another way. */
function isTheSame(sending: Sending, findings: Findings): boolean {
  if (sending.symbol !== 'express.static' || isWholeTree(sending.path)) return false;
  const served = servedBy(sending, findings);
  return served.kind === 'files' && !served.hasDotFolder;
}

/** Answers whether files are open now that begin with a dot. */
function addOptions(sending: Sending, findings: Findings, hasPolicy: boolean): boolean {
  const { path, callback, symbol } = sending;
  if (isTheSame(sending, findings)) return false;
  const isRuled = hasPolicy && symbol === 'Response.sendFile';
  const doubt =
    doubtOf(sending, findings) ?? (isRuled ? 'other calls here have their own rule for dotfiles' : undefined);
  if (doubt !== undefined) {
    leaveUnseen(sending, findings, doubt);
    return false;
  }
  const added = `{ ${allow(findings)} }`;
  findings.edit(
    callback === undefined ? inserted(path.getEnd(), `, ${added}`) : inserted(callback.getStart(), `${added}, `),
  );
  return true;
}

function mendOptions(sending: Sending, options: ts.ObjectLiteralExpression, findings: Findings): boolean {
  const { style, edit } = findings;
  const keys = options.properties.map(keyOf);
  for (const property of options.properties) {
    const key = keyOf(property);
    if (!ts.isPropertyAssignment(property)) continue;
    if (key === 'from') edit(replaced(property.name, 'root'));
    if (key !== 'hidden' || keys.includes('dotfiles')) continue;
    const value = property.initializer.getText();
    if (value === 'true' || value === 'false') {
      edit(replaced(property, `dotfiles: ${quoted(value === 'true' ? 'allow' : 'ignore', style)}`));
    } else leaveUnseen(sending, findings, `\`hidden\` is gone and its value is ${value}`);
  }
  if (keys.includes('dotfiles') || keys.includes('hidden') || isTheSame(sending, findings)) return false;
  const isSpread = options.properties.some(ts.isSpreadAssignment);
  const doubt = isSpread ? 'its options cannot be seen here' : doubtOf(sending, findings);
  if (doubt === undefined) addProperty(options, allow(findings), findings);
  else leaveUnseen(sending, findings, doubt);
  return doubt === undefined;
}

/** Adds a property in the way the others are written: on their line, or on a line of its own. */
export function addProperty(
  object: ts.ObjectLiteralExpression,
  text: string,
  { file, edit }: Pick<Findings, 'file' | 'edit'>,
): void {
  const last = object.properties.at(-1);
  if (last === undefined) {
    edit(replaced(object, `{ ${text} }`));
    return;
  }
  const isLong = file.text.slice(last.getEnd(), object.getEnd()).includes('\n');
  const end = object.properties.hasTrailingComma ? object.properties.end : last.getEnd();
  const comma = object.properties.hasTrailingComma ? '' : ',';
  edit(inserted(end, isLong ? `${comma}\n${indentAt(file.text, last.getStart())}${text}` : `${comma} ${text}`));
}

function allow({ style }: Findings): string {
  return `dotfiles: ${quoted('allow', style)} /* Express 5: preserve v4 behavior */`;
}

function keyOf({ name }: ts.ObjectLiteralElementLike): string | undefined {
  if (name === undefined) return undefined;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

/** The folder of the program: `.`, `__dirname`, the working directory. Its `.env` must not be served. */
function isWholeTree(path: ts.Expression): boolean {
  return /^(['"`](\.?\/?|\/)['"`]|__dirname|import\.meta\.dirname|process\.cwd\(\))$/.test(path.getText());
}

/** Ends in a literal name that does not begin with a dot: there nothing can be sent that Express 4 would have kept. */
function isPlainFile(path: ts.Expression, source: ExpressSource): boolean {
  const last = lastPartOf(bare(path), source);
  return last !== undefined && /(^|[\\/])[^\\/.][^\\/]*$/.test(last);
}

function lastPartOf(node: ts.Expression, source: ExpressSource, depth = 0): string | undefined {
  const text = stringOf(node);
  if (text !== undefined || depth > 3) return text;
  if (
    ts.isCallExpression(node) &&
    node.arguments.length > 1 &&
    /(^|\.)(join|resolve)$/.test(node.expression.getText())
  ) {
    const last = node.arguments.at(-1);
    return last === undefined ? undefined : lastPartOf(bare(last), source, depth + 1);
  }
  if (ts.isBinaryExpression(node)) return lastPartOf(bare(node.right), source, depth + 1);
  if (ts.isTemplateExpression(node)) return node.templateSpans.at(-1)?.literal.text;
  if (!ts.isIdentifier(node)) return undefined;
  for (const declaration of source.reader.symbolOf(node)?.declarations ?? []) {
    if (!ts.isVariableDeclaration(declaration) || declaration.initializer === undefined) continue;
    if ((declaration.parent.flags & ts.NodeFlags.Const) !== 0)
      return lastPartOf(bare(declaration.initializer), source, depth + 1);
  }
  return undefined;
}

function warn({ call, symbol, path }: Sending, more: number, { leave }: Findings): void {
  const others = more === 0 ? '' : ` (and ${more} more here)`;
  leave({
    ...spanOf(call),
    message: `Express 4 served folders such as \`.well-known\` below ${path.getText()}${others}, and hid files such as \`.env\`; \`dotfiles: 'allow'\` serves both.`,
    cure: "Make sure that no such file lies there, or serve the folder by itself: `app.use('/.well-known', express.static(…, { dotfiles: 'allow' }))`.",
    symbol,
    evidence,
  });
}

function leaveUnseen({ call, symbol }: Sending, { leave }: Findings, why: string): void {
  leave({
    ...spanOf(call),
    message: `Express 4 sent files below folders that begin with a dot, Express 5 answers 404; nothing was changed here, because ${why}.`,
    cure: "Say what is meant: `dotfiles: 'allow'` or `'ignore'`.",
    symbol,
    evidence,
  });
}
