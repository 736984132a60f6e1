import { spanOf } from '../../../engine/compiler-edits.ts';
import { type FileTransform, sourceFiles, type Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { requiredModule } from '../../../vitest/source-names.ts';
import { type TestFile, testFile } from '../reading/test-file.ts';

/** What Vitest has under the same name, and means otherwise. */
export const otherMeanings: FileTransform = {
  kind: 'file',
  id: 'other-meanings',
  why: 'Vitest does not fake `nextTick` and microtasks by itself, compares errors as a whole, puts back the implementation that a mock was made with, names mocks otherwise, and reloads only what is imported (Migrating from Jest; Vi; Expect).',
  files: sourceFiles,
  mentions: ['jest'],
  transform(file) {
    const read = testFile(file);
    if (read.uses.length === 0) return { edits: [], unresolved: [] };
    const unresolved = [...microtasks(read), ...errors(read), ...restored(read), ...names(read), ...reloaded(read)];
    return { edits: [], unresolved };
  },
};

function left(node: ts.Node, message: string, cure: string): Unresolved {
  return { ...spanOf(node), message, cure, evidence: 'Migrating from Jest' };
}

/** Uses of a member of Jest's own object. */
function usesOf({ uses }: TestFile, pattern: RegExp): readonly ts.PropertyAccessExpression[] {
  return uses.flatMap(({ parent }) =>
    ts.isPropertyAccessExpression(parent) && pattern.test(parent.name.text) ? [parent] : [],
  );
}

function microtasks(read: TestFile): readonly Unresolved[] {
  if (usesOf(read, /^useFakeTimers$/).length === 0) return [];
  const calls = read.nodes.filter(
    (node) => ts.isCallExpression(node) && /^(process\.nextTick|queueMicrotask)$/.test(node.expression.getText()),
  );
  const runs = usesOf(read, /^runAllTicks$/);
  return [...calls, ...runs].map((node) =>
    left(
      node,
      'Fake timers of Vitest leave `process.nextTick` and `queueMicrotask` as they are, so that these run by themselves and not when the test says so.',
      'Wait for them (`await Promise.resolve()`), or fake microtasks: `vi.useFakeTimers({ toFake: [..., "queueMicrotask"] })`; `nextTick` too, where the pool is `threads`.',
    ),
  );
}

const comparing = /^(toEqual|toStrictEqual|toMatchObject|toThrow|toThrowError|toHaveBeenCalledWith|toContainEqual)$/;

/** Jest compares the messages of two errors alone. */
function errors(read: TestFile): readonly Unresolved[] {
  const isError = (node: ts.Expression): boolean => {
    if (ts.isIdentifier(node)) {
      const value = initializerOf(node, read);
      return value !== undefined && isError(value);
    }
    return (
      (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
      /^\w*(Error|Exception)$/.test(node.expression.getText())
    );
  };
  return read.nodes.flatMap((node) => {
    const access = ts.isCallExpression(node) ? node.expression : undefined;
    if (!ts.isCallExpression(node) || access === undefined || !ts.isPropertyAccessExpression(access)) return [];
    if (!comparing.test(access.name.text) || !node.arguments.some(isError)) return [];
    const message =
      'Vitest compares class, name, cause and own properties of errors too, where Jest compares the message alone.';
    const cure = 'Compare what is meant: `.toThrow(message)`, or `expect(error.message).toBe(…)`.';
    return [{ ...left(access.name, message, cure), isAdvice: true as const }];
  });
}

/** What the nearest variable of that name around a use is made with; a parameter is made with nothing that is known. */
function initializerOf(use: ts.Identifier, { nodes }: TestFile): ts.Expression | undefined {
  const declared = nodes.flatMap((node) => {
    if (!(ts.isVariableDeclaration(node) || ts.isParameter(node))) return [];
    if (!ts.isIdentifier(node.name) || node.name.text !== use.text) return [];
    const scope = scopeOf(node);
    return scope.pos <= use.pos && use.end <= scope.end ? [{ node, scope }] : [];
  });
  const nearest = declared.toSorted((one, other) => other.scope.pos - one.scope.pos)[0]?.node;
  return nearest !== undefined && ts.isVariableDeclaration(nearest) ? nearest.initializer : undefined;
}

function scopeOf(node: ts.Node): ts.Node {
  let at = node.parent;
  while (!(ts.isSourceFile(at) || ts.isBlock(at) || ts.isFunctionLike(at) || ts.isForStatement(at))) at = at.parent;
  return at;
}

/** `jest.fn(implementation)`, the implementation then. */
function implementationOf(node: ts.Expression | undefined, read: TestFile): ts.Expression | undefined {
  if (node === undefined || !ts.isCallExpression(node)) return undefined;
  return usesOf(read, /^fn$/).some((access) => access === node.expression) ? node.arguments[0] : undefined;
}

function restored(read: TestFile): readonly Unresolved[] {
  return read.nodes.flatMap((node) => {
    if (!ts.isPropertyAccessExpression(node) || !/^mockRe(store|set)$/.test(node.name.text)) return [];
    const { expression } = node;
    const made = ts.isIdentifier(expression) ? implementationOf(initializerOf(expression, read), read) : undefined;
    if (made === undefined || !ts.isIdentifier(expression)) return [];
    const message = `After \`${node.name.text}\` this mock runs the implementation again that it was made with, where it answers undefined in Jest.`;
    return [left(node.name, message, `Say what it is to do then: \`${expression.text}.mockImplementation(…)\`.`)];
  });
}

function names({ nodes }: TestFile): readonly Unresolved[] {
  return nodes.flatMap((node) => {
    if (!ts.isPropertyAccessExpression(node) || node.name.text !== 'getMockName') return [];
    const message = 'A mock without a name is called `vi.fn()` or like what it mocks, where Jest calls it `jest.fn()`.';
    return [left(node.name, message, 'Give the mock a name, `mockName(…)`, or expect the one of Vitest.')];
  });
}

function reloaded(read: TestFile): readonly Unresolved[] {
  if (usesOf(read, /^resetModules$/).length === 0) return [];
  return read.nodes.flatMap((node) => {
    if (!ts.isCallExpression(node) || requiredModule(node)?.startsWith('.') !== true || isAtTop(node)) return [];
    const message = '`vi.resetModules` does not reload what `require` loads, so that this is the module as it was.';
    return [left(node, message, 'Import it: `await import(…)`.')];
  });
}

/** What is required while the module itself runs is loaded for the first time. */
function isAtTop(node: ts.Node): boolean {
  let at = node;
  while (!ts.isSourceFile(at) && !ts.isFunctionLike(at)) at = at.parent;
  return ts.isSourceFile(at);
}
