import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import type { FileTransform, TextEdit, Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { importOfVitest } from '../../../vitest/import-of-vitest.ts';
import { isDeclared } from '../../../vitest/source-names.ts';
import { type TestFile, testFile } from '../reading/test-file.ts';

/** Types of Jest by those of Vitest, whose arguments are the same. */
const same: Readonly<Record<string, string>> = {
  Mock: 'Mock',
  Mocked: 'Mocked',
  MockedClass: 'MockedClass',
  MockedFunction: 'MockedFunction',
  MockedObject: 'MockedObject',
  Spied: 'MockInstance',
  SpiedFunction: 'MockInstance',
  SpyInstance: 'MockInstance',
};
/** Those of `@types/jest` take what a function answers and its parameters, where Vitest takes the function. */
const ofResult = new Set(['Mock', 'SpyInstance']);

/** `jest.Mock` and its like. */
export const jestTypes: FileTransform = {
  kind: 'file',
  id: 'jest-types',
  why: 'Vitest has no namespace of types: they are imported from `vitest` (Migrating from Jest, Types).',
  files: ['**/*.{ts,cts,mts,tsx}'],
  mentions: ['jest'],
  transform(file) {
    const read = testFile(file);
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    const needed = new Set<string>();
    for (const use of read.uses) {
      const type = use.parent;
      if (!ts.isQualifiedName(type)) continue;
      const made = rewritten(type, read);
      if ('name' in made) {
        edits.push(made.edit);
        needed.add(made.name);
      } else unresolved.push({ ...spanOf(type), ...made, evidence: 'Migrating from Jest, Types' });
    }
    if (needed.size > 0) edits.push(...importOfVitest(read, [...needed].sort(), 'type'));
    return { edits, unresolved };
  },
};

type Rewritten =
  | { readonly name: string; readonly edit: TextEdit }
  | { readonly message: string; readonly cure: string; readonly symbol: string };

function rewritten(type: ts.QualifiedName, read: TestFile): Rewritten {
  const own = type.right.text;
  const name = same[own];
  const reference = type.parent;
  const left = (message: string, cure: string) => ({ message, cure, symbol: `jest.${own}` });
  if (name === undefined || !ts.isTypeReferenceNode(reference))
    return left(`\`jest.${own}\` is no type of Vitest.`, 'Take the type that fits from `vitest`.');
  if (read.nodes.some((node) => isDeclared(node, name) && !ts.isImportSpecifier(node)))
    return left(
      `\`${name}\` of Vitest would be taken for the file's own.`,
      `Rename one: \`import type { ${name} as … }\`.`,
    );
  const given = reference.typeArguments ?? [];
  const [result, parameters] = given;
  if (read.isImported || !ofResult.has(own) || result === undefined) return { name, edit: replaced(type, name) };
  if (parameters === undefined)
    return left(
      `\`jest.${own}<${result.getText()}>\` says nothing of the parameters, which \`${name}\` of Vitest wants.`,
      `Write the function's type: \`${name}<(…) => ${result.getText()}>\`.`,
    );
  return { name, edit: replaced(reference, `${name}<(...args: ${parameters.getText()}) => ${result.getText()}>`) };
}
