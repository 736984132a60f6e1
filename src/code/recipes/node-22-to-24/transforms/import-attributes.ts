import { type FileTransform, sourceFiles, type TextEdit } from '../../../recipe.ts';
import { argumentsOf } from '../reading/call-of.ts';

/** An import up to its string, with `assert` behind. */
const assertion = /^([ \t]*(?:import|export)\b[^;'"]*(["'])(?:(?!\2)[^\n\r])*\2[ \t]*)assert(?=[ \t]*\{)/gm;

/** `import x from 'y' assert { … }` is `with { … }`. */
export const importAttributes: FileTransform = {
  kind: 'file',
  id: 'import-attributes',
  why: 'Node 22 no longer reads `assert` behind an import; import attributes are written `with` (the changelog of Node 22, import assertions).',
  files: sourceFiles,
  mentions: ['assert'],
  transform(file) {
    const edits: TextEdit[] = [];
    for (const found of file.text.matchAll(assertion)) {
      const [whole] = found;
      edits.push({ offset: found.index + whole.length - 'assert'.length, length: 'assert'.length, text: 'with' });
    }
    for (const call of file.root().findAll({ rule: { kind: 'call_expression' } })) {
      if (call.field('function')?.text() !== 'import') continue;
      const options = argumentsOf(call)[1];
      const key = options
        ?.namedChildren()
        .find((pair) => pair.field('key')?.text() === 'assert')
        ?.field('key');
      if (key == null) continue;
      const { start, end } = key.range();
      edits.push({ offset: start.index, length: end.index - start.index, text: 'with' });
    }
    return { edits, unresolved: [] };
  },
};
