import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import { nodesBelow, parseSource } from '../../../engine/compiler-tree.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { type RuleCreate, ruleCreates, visitorAround, visitorsOf } from '../reading/rule-functions.ts';

/** Methods of a rule's context that are properties now. */
const properties: Readonly<Record<string, string>> = {
  getCwd: 'cwd',
  getFilename: 'filename',
  getPhysicalFilename: 'physicalFilename',
  getSourceCode: 'sourceCode',
};
/** Methods of the context that `SourceCode` has. */
const ofSource: Readonly<Record<string, string>> = { getSource: 'getText', getSourceLines: 'getLines' };
const sameName = new Set(
  'getAllComments getNodeByRangeIndex getCommentsBefore getCommentsAfter getCommentsInside getJSDocComment getFirstToken getFirstTokens getLastToken getLastTokens getTokenAfter getTokenBefore getTokenByRangeStart getTokens getTokensAfter getTokensBefore getTokensBetween getFirstTokenBetween getFirstTokensBetween getLastTokenBetween getLastTokensBetween'.split(
    ' ',
  ),
);
const needNode = new Set(['getScope', 'getAncestors', 'markVariableAsUsed', 'getDeclaredVariables']);
const guide = 'Migrate to v9.x: Removed multiple context methods';

/** Rules ask the source code for what the context told them. */
export const ruleMethods: FileTransform = {
  kind: 'file',
  id: 'rule-methods',
  why: 'ESLint 9 took the methods away from the context of a rule that version 8 deprecated; `context.sourceCode` has them, and wants to know of which node (Migrate to v9.x, Removed multiple context methods; Preparing Custom Rules for ESLint v9.0.0).',
  files: sourceFiles,
  mentions: ['.get', '.markVariableAsUsed', '.parserServices'],
  transform(file) {
    const root = parseSource(file.path, file.text);
    const parts = ruleCreates(root).map((rule) => changesOf(rule));
    return { edits: parts.flatMap(({ edits }) => edits), unresolved: parts.flatMap(({ unresolved }) => unresolved) };
  },
};

type Changes = { readonly edits: readonly TextEdit[]; readonly unresolved: readonly Unresolved[] };
type Use = { readonly access: ts.PropertyAccessExpression; readonly call: ts.CallExpression | undefined };

function changesOf({ create, context }: RuleCreate): Changes {
  const uses = usesOf({ create, context });
  const name = freeName(create);
  const edits: TextEdit[] = [];
  const unresolved: Unresolved[] = [];
  const injected = new Set<ts.Node>();
  const needsSource = uses.some(({ access }) => wantsSource(access));
  for (const use of uses) {
    const made = changed(use, { create, context, name, needsSource, injected });
    if ('message' in made) unresolved.push(made);
    else edits.push(...made.edits);
  }
  if (needsSource && edits.length > 0)
    edits.push(...declaration(create, `${name} = ${context}.sourceCode ?? ${context}.getSourceCode()`));
  return { edits, unresolved };
}

/** Uses of the context within a function, without those that are there only for versions before. */
function usesOf({ create, context }: RuleCreate): readonly Use[] {
  return [...nodesBelow(create)].flatMap((access) => {
    if (!ts.isPropertyAccessExpression(access) || !ts.isIdentifier(access.expression)) return [];
    if (access.expression.text !== context || isFallback(access)) return [];
    const { parent } = access;
    const call = ts.isCallExpression(parent) && parent.expression === access ? parent : undefined;
    const known = access.name.text;
    const isMethod =
      known in properties || known in ofSource || sameName.has(known) || needNode.has(known) || known === 'getComments';
    return (call !== undefined && isMethod) || (known === 'parserServices' && call === undefined)
      ? [{ access, call }]
      : [];
  });
}

/** `context.sourceCode ?? context.getSourceCode()`, and the second half of a conditional on a method. */
function isFallback(node: ts.Node): boolean {
  for (let at = node; !ts.isStatement(at) && !ts.isSourceFile(at); at = at.parent) {
    const { parent } = at;
    const isNullish =
      ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
    if ((isNullish && parent.right === at) || (ts.isConditionalExpression(parent) && parent.whenFalse === at))
      return true;
  }
  return false;
}

/** `context.getSourceCode().x` and what only the source code has. */
function wantsSource({ name, parent }: ts.PropertyAccessExpression): boolean {
  if (name.text !== 'getSourceCode') return !(name.text in properties) && name.text !== 'getComments';
  const outer = parent.parent;
  return ts.isPropertyAccessExpression(outer) && outer.expression === parent && outer.name.text !== 'codePath';
}

type Work = RuleCreate & {
  readonly name: string;
  readonly needsSource: boolean;
  readonly injected: Set<ts.Node>;
};

function changed({ access, call }: Use, work: Work): { readonly edits: readonly TextEdit[] } | Unresolved {
  const { context, name, needsSource } = work;
  const method = access.name.text;
  if (call === undefined) return { edits: [replaced(access, `${name}.parserServices`)] };
  const property = properties[method];
  if (property !== undefined) {
    if (method === 'getSourceCode' && needsSource) return { edits: [replaced(call, name)] };
    const text = `${context}.${property} ?? ${context}.${method}()`;
    return { edits: [replaced(call, isOperand(call) ? `(${text})` : text)] };
  }
  const other = ofSource[method];
  if (other !== undefined || sameName.has(method)) return { edits: [replaced(access, `${name}.${other ?? method}`)] };
  return needNode.has(method) ? withNode(access, call, work) : leftOpen(call, method);
}

function withNode(
  access: ts.PropertyAccessExpression,
  call: ts.CallExpression,
  { create, context, name, injected }: Work,
): { readonly edits: readonly TextEdit[] } | Unresolved {
  const method = access.name.text;
  const given = call.arguments.map((argument) => argument.getText());
  const visitor = visitorAround(call, visitorsOf(create));
  const [parameter] = visitor?.parameters ?? [];
  const isSaid = method === 'getDeclaredVariables' && given.length > 0;
  if (!isSaid && (visitor === undefined || (parameter !== undefined && !ts.isIdentifier(parameter.name))))
    return leftOpen(call, method);
  const node = parameter?.name.getText() ?? 'node';
  const edits: TextEdit[] = [];
  if (!isSaid && visitor !== undefined && parameter === undefined && !injected.has(visitor)) {
    injected.add(visitor);
    edits.push({ offset: openingOf(visitor) + 1, length: 0, text: 'node' });
  }
  if (method === 'getAncestors')
    return {
      edits: [
        ...edits,
        replaced(call, `(${name}.getAncestors ? ${name}.getAncestors(${node}) : ${context}.getAncestors())`),
      ],
    };
  const args = method === 'markVariableAsUsed' ? [...given, node] : isSaid ? given : [node];
  return { edits: [...edits, replaced(call, `${name}.${method}(${args.join(', ')})`)] };
}

function openingOf(node: ts.Node): number {
  const paren = node.getChildren().find(({ kind }) => kind === ts.SyntaxKind.OpenParenToken);
  return paren?.getStart() ?? node.getStart();
}

function leftOpen(call: ts.CallExpression, method: string): Unresolved {
  const { offset, length } = spanOf(call);
  const message = `\`${method}\` of a rule's context is gone in ESLint 9, and of which node it is to be asked here is not to be seen.`;
  const cure =
    method === 'getComments'
      ? 'Call `getCommentsBefore`, `getCommentsInside` and `getCommentsAfter` of `context.sourceCode` with the node.'
      : `Hand the node that is visited on to this place, and call \`context.sourceCode.${method}(…)\` with it.`;
  return { offset, length, message, cure, symbol: method, evidence: guide };
}

function isOperand(call: ts.CallExpression): boolean {
  const { parent } = call;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.expression === call) ||
    (ts.isElementAccessExpression(parent) && parent.expression === call) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
  );
}

/** A constant at the beginning of the function that makes the visitors. */
function declaration({ body }: RuleCreate['create'], text: string): readonly TextEdit[] {
  if (body === undefined) return [];
  const file = body.getSourceFile().text;
  if (!ts.isBlock(body)) {
    const start = body.getStart();
    return [
      { offset: start, length: 0, text: `{\n  const ${text};\n  return ` },
      { offset: body.getEnd(), length: 0, text: ';\n}' },
    ];
  }
  const [first] = body.statements;
  const line = first === undefined ? '' : file.slice(file.lastIndexOf('\n', first.getStart()) + 1, first.getStart());
  const indent = /^\s*$/.test(line) ? line : '    ';
  return [{ offset: body.getStart() + 1, length: 0, text: `\n${indent}const ${text};` }];
}

function freeName(create: ts.Node): string {
  const names = new Set([...nodesBelow(create)].filter(ts.isIdentifier).map(({ text }) => text));
  let name = 'contextSourceCode';
  while (names.has(name)) name = `${name}_`;
  return name;
}
