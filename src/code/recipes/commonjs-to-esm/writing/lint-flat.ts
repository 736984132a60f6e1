import { nodesBelow } from '../../../engine/compiler-tree.ts';
import { literalOf, propertyOf } from '../../../engine/literals.ts';
import type { TextEdit } from '../../../recipe.ts';
import ts from '../../../typescript.cts';
import { type LintEdits, type LintFacts, twinsIn } from './lint-patterns.ts';

/**
 * A flat configuration, where ESLint itself takes .js for ES modules and .cjs for CommonJS, and looks at both: what says otherwise goes,
 * or says `module` where it is for files alone of which none is CommonJS.
 * https://eslint.org/docs/latest/use/configure/language-options Pure.
 */
export function flatEdits(path: string, text: string, facts: LintFacts): LintEdits {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const edits: TextEdit[] = [];
  for (const node of nodesBelow(source)) {
    if (!ts.isObjectLiteralExpression(node)) continue;
    const files = propertyOf(node, 'files');
    const twins = files === undefined ? [] : twinsIn(files, facts);
    edits.push(...twins);
    const options = propertyOf(node, 'languageOptions');
    if (options === undefined || !ts.isObjectLiteralExpression(options)) continue;
    const isOfAll = files === undefined || twins.length > 0 || /\bcjs\b/.test(files.getText());
    edits.push(...typeEdits(options, isOfAll));
    const version = propertyOf(options, 'ecmaVersion');
    const said = version === undefined ? undefined : literalOf(version);
    if (version !== undefined && typeof said === 'number' && (said < 2015 ? said + 2009 : said) < 2022)
      edits.push({ offset: version.getStart(), length: version.end - version.getStart(), text: '2022' });
  }
  return { edits, open: [] };
}

function typeEdits(options: ts.ObjectLiteralExpression, isOfAll: boolean): readonly TextEdit[] {
  const at = options.properties.findIndex(({ name }) => name?.getText().replaceAll(/['"]/g, '') === 'sourceType');
  const property = options.properties[at];
  if (property === undefined || !ts.isPropertyAssignment(property)) return [];
  const { initializer } = property;
  if (!ts.isStringLiteralLike(initializer) || initializer.text === 'module') return [];
  if (!isOfAll) {
    const quote = initializer.getText()[0] ?? "'";
    return [
      {
        offset: initializer.getStart(),
        length: initializer.end - initializer.getStart(),
        text: `${quote}module${quote}`,
      },
    ];
  }
  const next = options.properties[at + 1];
  const before = options.properties[at - 1];
  const [start, end] =
    next !== undefined ? [property.getStart(), next.getStart()] : [before?.end ?? property.getStart(), property.end];
  const comma = next === undefined && before === undefined && options.properties.hasTrailingComma ? 1 : 0;
  return [{ offset: start, length: end - start + comma, text: '' }];
}
