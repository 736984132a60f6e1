import { replaced, spanOf } from '../../../engine/compiler-edits.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { requiredModule } from '../../../vitest/source-names.ts';
import { globalsModule, type TestFile, testFile } from '../reading/test-file.ts';

const matchers: Readonly<Record<string, string>> = {
  '@testing-library/jest-dom': '@testing-library/jest-dom/vitest',
  '@testing-library/jest-dom/extend-expect': '@testing-library/jest-dom/vitest',
  '@testing-library/jest-dom/jest-globals': '@testing-library/jest-dom/vitest',
};
/** Packages that speak to Jest itself, and what stands in their place. */
const foreign: Readonly<Record<string, string>> = {
  'jest-fetch-mock': 'vitest-fetch-mock',
  'jest-mock-extended': 'vitest-mock-extended',
  'jest-when': 'vitest-when',
  'jest-cucumber': 'a runner of features of its own, or @amiceli/vitest-cucumber',
};

/** What is imported of Jest comes from Vitest. */
export const imports: FileTransform = {
  kind: 'file',
  id: 'imports',
  why: 'The globals of Jest by name are exports of `vitest`, which can be imported and not required; matchers of the DOM have an entry for it.',
  files: sourceFiles,
  mentions: [
    '@jest/globals',
    'jest-dom',
    'jest-fetch-mock',
    'jest-mock-extended',
    'jest-when',
    'jest-cucumber',
    'JEST_WORKER_ID',
    '@jest-environment',
  ],
  transform(file) {
    const read = testFile(file);
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    for (const node of read.nodes) {
      if (ts.isIdentifier(node) && node.text === 'JEST_WORKER_ID') edits.push(replaced(node, 'VITEST_POOL_ID'));
      if (!ts.isStringLiteralLike(node)) continue;
      const instead = matchers[node.text];
      if (instead !== undefined && isSpecifier(node)) edits.push(replaced(node, quotedAs(node, instead)));
      if (node.text === globalsModule && isSpecifier(node)) edits.push(...globals(node, read));
      const other = foreign[node.text];
      if (other !== undefined && isSpecifier(node))
        unresolved.push({
          ...spanOf(node),
          message: `\`${node.text}\` works with Jest alone.`,
          cure: `Take ${other}.`,
          symbol: node.text,
        });
    }
    for (const { index, 0: words } of file.text.matchAll(/@jest-environment(?=(-options)?\s)/g))
      if (isInHead(index, read)) edits.push({ offset: index, length: words.length, text: '@vitest-environment' });
    return { edits, unresolved };
  },
};

/** In the comment at the top, where a file says what it runs in. */
function isInHead(offset: number, { root }: TestFile): boolean {
  return offset < (root.statements[0]?.getStart(root) ?? root.text.length);
}

function isSpecifier({ parent }: ts.Node): boolean {
  return ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || requiredModule(parent) !== undefined;
}

function quotedAs(node: ts.Node, text: string): string {
  const quote = node.getText()[0] ?? "'";
  return `${quote}${text}${quote}`;
}

/** `jest` is `vi`; under another name it keeps that. What is required becomes an import. */
function globals(node: ts.StringLiteralLike, { root }: TestFile): readonly TextEdit[] {
  const module = quotedAs(node, 'vitest');
  const statement = node.parent;
  if (ts.isImportDeclaration(statement)) {
    const list = statement.importClause?.namedBindings;
    const elements = list !== undefined && ts.isNamedImports(list) ? list.elements : [];
    return [replaced(node, module), ...elements.flatMap((one) => jestAsVi(one.propertyName ?? one.name))];
  }
  const declaration = statement.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isObjectBindingPattern(declaration.name)) return [];
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length !== 1) return [];
  const whole = list.parent;
  if (!ts.isVariableStatement(whole) || whole.parent !== root) return [];
  const names = declaration.name.elements.map((one) => {
    const key = (one.propertyName ?? one.name).getText();
    const local = one.name.getText();
    const imported = key === 'jest' ? 'vi' : key;
    return key === local ? imported : `${imported} as ${local}`;
  });
  const end = whole.getText().endsWith(';') ? ';' : '';
  return [replaced(whole, `import { ${names.join(', ')} } from ${module}${end}`)];
}

function jestAsVi(name: ts.Node): readonly TextEdit[] {
  return name.getText() === 'jest' ? [replaced(name, 'vi')] : [];
}
