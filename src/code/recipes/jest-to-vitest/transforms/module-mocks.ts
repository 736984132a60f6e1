import { applyEdits } from '../../../engine/apply-edits.ts';
import { inserted, replaced, spanOf } from '../../../engine/compiler-edits.ts';
import { keyOf } from '../../../engine/literals.ts';
import type { TextEdit, TreeEdit, TreeTransform, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { literalPattern } from '../../../text/search-text.ts';
import ts from '../../../typescript.cts';
import { type Importers, importersIn } from '../reading/importers.ts';
import { testFile } from '../reading/test-file.ts';

/** What stands for a mocked module. */
export const moduleMocks: TreeTransform = {
  kind: 'tree',
  id: 'module-mocks',
  why: 'What the factory of a mock answers was the module itself in Jest; in Vitest it is the exports by name, the default among them, and only what is imported is mocked (Migrating from Jest, Module Mocks).',
  async transform(tree) {
    const edits: TreeEdit[] = [];
    const unresolved: TreeUnresolved[] = [];
    let importers: Importers | undefined;
    for (const path of tree.paths.filter((one) => /\.[cm]?[jt]sx?$/.test(one))) {
      const file = await tree.read(path);
      if (file === undefined || !/\b(jest|vi)\s*\.\s*(mock|doMock)\b/.test(file.text)) continue;
      importers ??= await importersIn(tree);
      const work: Work = { path, importers, edits: [], unresolved: [] };
      for (const node of testFile(file).nodes) if (ts.isCallExpression(node)) mock(node, work);
      if (work.edits.length > 0) edits.push({ kind: 'edit', path, edits: work.edits });
      const { moved } = applyEdits(file.text, work.edits);
      unresolved.push(...work.unresolved.map((one) => ({ ...one, offset: moved(one.offset) })));
    }
    unresolved.push(...(await rootMocks(tree)));
    return { edits, unresolved };
  },
};

type Work = {
  readonly path: string;
  readonly importers: Importers;
  readonly edits: TextEdit[];
  readonly unresolved: TreeUnresolved[];
};

const evidence = 'Migrating from Jest, Module Mocks';

function mock(call: ts.CallExpression, work: Work): void {
  if (!/^(jest|vi)\.(mock|doMock)$/.test(call.expression.getText().replaceAll(/\s/g, ''))) return;
  const [module, factory, options] = call.arguments;
  if (module === undefined || !ts.isStringLiteralLike(module)) return;
  const leave = (node: ts.Node, message: string, cure: string): number =>
    work.unresolved.push({ ...spanOf(node), path: work.path, message, cure, evidence, symbol: module.text });
  const requirer = work.importers.requiredBy(module.text, work.path);
  if (requirer !== undefined)
    leave(
      module,
      `Vitest mocks what is imported, and ${requirer} requires ${module.getText()}.`,
      'Make it an import first (recipe commonjs-to-esm), or hand the dependency in.',
    );
  if (options !== undefined && /virtual/.test(options.getText()))
    leave(options, 'A module that is not there cannot be mocked.', 'Give it an alias in the configuration.');
  if (factory === undefined || !(ts.isArrowFunction(factory) || ts.isFunctionExpression(factory))) return;
  const answer = answerOf(factory);
  if (answer === undefined) return;
  const kind = kindOf(answer.value);
  if (kind === 'default') work.edits.push(...asDefault(answer));
  else if (kind === 'unknown')
    leave(
      answer.value,
      `The mock of ${module.getText()} answers what cannot be seen here; Vitest wants an object of its exports.`,
      'Answer `{ default: …, name: … }`.',
    );
  else if (kind === 'exports' && work.importers.takeDefault(module.text, work.path))
    work.edits.push(...withDefault(answer, factory));
}

type Answer = { readonly value: ts.Expression; readonly holder: ts.ReturnStatement | undefined };

/** What a factory answers, where it is one expression. */
function answerOf(factory: ts.ArrowFunction | ts.FunctionExpression): Answer | undefined {
  if (!ts.isBlock(factory.body)) return { value: factory.body, holder: undefined };
  const returns = factory.body.statements.filter(ts.isReturnStatement);
  const [only] = returns;
  return returns.length === 1 && only?.expression !== undefined ? { value: only.expression, holder: only } : undefined;
}

function bare(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) || ts.isAsExpression(node) ? bare(node.expression) : node;
}

/** `exports`: an object without a default; `whole`: one that has it; `default`: something that is no object of exports. */
function kindOf(value: ts.Expression): 'exports' | 'whole' | 'default' | 'unknown' {
  const inner = bare(value);
  if (ts.isObjectLiteralExpression(inner)) {
    const keys = inner.properties.map(keyOf);
    return keys.includes('default') || keys.includes('__esModule') ? 'whole' : 'exports';
  }
  const isValue =
    ts.isFunctionLike(inner) ||
    ts.isClassExpression(inner) ||
    ts.isStringLiteralLike(inner) ||
    ts.isNumericLiteral(inner) ||
    ts.isArrayLiteralExpression(inner);
  if (isValue || /^(jest|vi)\.fn\b/.test(inner.getText())) return 'default';
  if (ts.isAwaitExpression(inner) || /^(jest|vi)\.(requireActual|importActual)\b/.test(inner.getText())) return 'whole';
  return 'unknown';
}

function asDefault({ value, holder }: Answer): readonly TextEdit[] {
  const [open, close] = holder === undefined ? ['({ default: ', ' })'] : ['{ default: ', ' }'];
  return [inserted(value.getStart(), open), inserted(value.getEnd(), close)];
}

function withDefault({ value, holder }: Answer, factory: ts.Node): readonly TextEdit[] {
  const inner = bare(value);
  const name = new RegExp(`\\b${literalPattern('mocked')}\\b`).test(factory.getText()) ? 'mockedModule' : 'mocked';
  const text = `const ${name} = ${inner.getText()};`;
  const answer = `return { ...${name}, default: ${name} };`;
  return [holder === undefined ? replaced(value, `{ ${text} ${answer} }`) : replaced(holder, `${text} ${answer}`)];
}

/** Jest takes mocks of packages beside `node_modules` by itself. */
async function rootMocks(tree: TreeView): Promise<readonly TreeUnresolved[]> {
  const manifests = tree.paths.filter((path) => /(^|\/)package\.json$/.test(path));
  const found: TreeUnresolved[] = [];
  for (const manifest of manifests) {
    const folder = manifest.slice(0, -'package.json'.length);
    const text = (await tree.read(manifest))?.text ?? '';
    for (const path of tree.paths) {
      const [, name] = new RegExp(`^${literalPattern(folder)}__mocks__/(.+?)\\.[cm]?[jt]sx?$`).exec(path) ?? [];
      if (name === undefined || !text.includes(`"${name}"`)) continue;
      found.push({
        path,
        offset: 0,
        length: 0,
        message: `Jest takes this mock of ${name} in every test; Vitest where \`vi.mock('${name}')\` says so.`,
        cure: `Write \`vi.mock('${name}')\` into a file of \`setupFiles\`.`,
        evidence: 'Migrating from Jest, Auto-Mocking Behaviour',
      });
    }
  }
  return found;
}
