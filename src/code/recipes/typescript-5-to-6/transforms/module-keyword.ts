import { spanOf } from '../../../engine/edit-node.ts';
import type { FileTransform, TextEdit } from '../../../recipe.ts';

const typescriptFiles: readonly string[] = ['**/*.{ts,cts,mts,tsx}'];

/** `module Name { … }` becomes `namespace Name { … }`. */
export const moduleKeyword: FileTransform = {
  kind: 'file',
  id: 'module-keyword',
  why: 'The keyword `module` before a name is an error since 6.0; `declare module "name"` stays (release notes of 6.0, "Deprecated: legacy module Syntax for namespaces").',
  files: typescriptFiles,
  mentions: ['module'],
  transform(file) {
    const edits = file
      .root()
      .findAll({ rule: { kind: 'module' } })
      .flatMap((node): readonly TextEdit[] => {
        const name = node.field('name');
        if (name === null || name.is('string') || !node.text().startsWith('module')) return [];
        return [{ offset: spanOf(node).offset, length: 'module'.length, text: 'namespace' }];
      });
    return { edits, unresolved: [] };
  },
};

/** `import … assert { … }` becomes `import … with { … }`, and so does the option of `import()`. */
export const importAssertions: FileTransform = {
  kind: 'file',
  id: 'import-assertions',
  why: 'Import assertions have become import attributes, whose keyword is `with`; `assert` is an error since 6.0 (release notes of 6.0, "Deprecated: asserts Keyword on Imports").',
  files: typescriptFiles,
  mentions: ['assert'],
  transform(file) {
    const root = file.root();
    const declared = root.findAll({ rule: { kind: 'import_attribute', regex: '^assert\\b' } });
    const keys = root
      .findAll({ rule: { kind: 'call_expression', has: { field: 'function', kind: 'import' } } })
      .flatMap((call) => call.field('arguments')?.namedChildren()[1]?.namedChildren() ?? [])
      .flatMap((pair) => pair.field('key') ?? [])
      .filter((key) => key.text() === 'assert');
    const edits = [...declared, ...keys].map((node) => ({
      offset: spanOf(node).offset,
      length: 'assert'.length,
      text: 'with',
    }));
    return { edits, unresolved: [] };
  },
};

/** `no-default-lib` is not read any more. */
export const noDefaultLib: FileTransform = {
  kind: 'file',
  id: 'no-default-lib',
  why: 'The directive `/// <reference no-default-lib="true"/>` has no effect since 6.0 (release notes of 6.0, "Deprecated: no-default-lib Directives").',
  files: typescriptFiles,
  mentions: ['no-default-lib'],
  transform(file) {
    const found = [...file.text.matchAll(/^\/\/\/\s*<reference\s+no-default-lib\s*=\s*["']true["']\s*\/>/gm)];
    const unresolved = found.map((match) => ({
      offset: match.index,
      length: match[0].length,
      message: 'This directive has no effect any more: the default library is taken in again.',
      cure: 'Set `noLib` in the tsconfig where the library is to stay out, and take the line away.',
      evidence: 'Release notes of TypeScript 6.0, "Deprecated: no-default-lib Directives".',
    }));
    return { edits: [], unresolved };
  },
};
