import { inserted, replaced } from '../../../engine/compiler-edits.ts';
import type { TextEdit } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { type Declaration, type MochaFile, suiteAround } from '../reading/mocha-file.ts';
import type { WithThis } from '../reading/uses-of-this.ts';

type Holder = { readonly suite: Declaration | undefined; readonly name: string; readonly parent: string | undefined };

/**
 * What hooks and tests keep in `this` is kept in an object of their suite, which inherits from that of the suite around it: so
 * Mocha's own contexts are made, so that a value set further in is not seen further out.
 */
export function sharedValues(file: MochaFile, all: readonly WithThis[]): { readonly edits: readonly TextEdit[] } {
  const users = all.filter(({ role, uses }) => role !== 'suite' && uses.some(({ kind }) => kind === 'value'));
  const writers = users.filter(({ uses }) => uses.some((use) => use.kind === 'value' && use.isWritten));
  const holders: Holder[] = [];
  for (const one of users) {
    const suite = suiteAround(one.call, file);
    if (holderOf(suite, file, holders) !== undefined && !writers.includes(one)) continue;
    if (!holders.some((holder) => holder.suite === suite) && writers.includes(one))
      holders.push(newHolder(suite, file, writers));
  }
  // What is only read, and written nowhere around, is read of an empty object.
  for (const one of users) {
    const suite = suiteAround(one.call, file);
    if (holderOf(suite, file, holders) === undefined) holders.push(newHolder(suite, file, writers));
  }
  const edits = holders.map((holder) => declarationOf(holder, file));
  for (const one of users) {
    const name = holderOf(suiteAround(one.call, file), file, holders)?.name ?? '';
    for (const use of one.uses) if (use.kind === 'value') edits.push(replaced(use.node, name));
  }
  return { edits };
}

/** The object of a suite, or of the nearest around it. */
function holderOf(suite: Declaration | undefined, file: MochaFile, holders: readonly Holder[]): Holder | undefined {
  let at = suite;
  for (let depth = 0; depth < 100; depth += 1) {
    const found = holders.find((holder) => holder.suite === at);
    if (found !== undefined || at === undefined) return found;
    at = suiteAround(at.call, file);
  }
  return undefined;
}

/** Names count the suites around it that have an object too. */
function newHolder(suite: Declaration | undefined, file: MochaFile, writers: readonly WithThis[]): Holder {
  const base = file.nodes.some((node) => ts.isIdentifier(node) && /^context\d*$/.test(node.text))
    ? 'testContext'
    : 'context';
  const owners = new Set(writers.map(({ call }) => suiteAround(call, file)));
  let depth = 0;
  for (let at = suite; at !== undefined; ) {
    at = suiteAround(at.call, file);
    if (owners.has(at)) depth += 1;
  }
  const nameAt = (count: number): string => (count === 0 ? base : `${base}${count + 1}`);
  return { suite, name: nameAt(depth), parent: depth === 0 ? undefined : nameAt(depth - 1) };
}

function declarationOf({ suite, name, parent }: Holder, file: MochaFile): TextEdit {
  const type = file.isTypescript ? ': Record<string, any>' : '';
  const end = /;\s*$/m.test(file.text) ? ';' : '';
  const value = parent === undefined ? '{}' : `Object.create(${parent})`;
  const line = `const ${name}${type} = ${value}${end}`;
  const body = suite?.callback?.body;
  if (body !== undefined && ts.isBlock(body)) {
    const [first] = body.statements;
    const indent = first === undefined ? '  ' : indentOf(file.text, first.getStart());
    return inserted(body.getStart() + 1, `\n${indent}${line}`);
  }
  const last = file.root.statements.findLast((one) => ts.isImportDeclaration(one) || isRequire(one));
  const directive = file.root.statements[0];
  if (last !== undefined) return inserted(last.getEnd(), `\n\n${line}`);
  return directive !== undefined && ts.isExpressionStatement(directive) && ts.isStringLiteral(directive.expression)
    ? inserted(directive.getEnd(), `\n\n${line}`)
    : inserted(directive?.getStart() ?? 0, `${line}\n\n`);
}

function isRequire(statement: ts.Statement): boolean {
  return ts.isVariableStatement(statement) && /=\s*require\(/.test(statement.getText());
}

function indentOf(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}
