import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Form } from '../deciding/forms.ts';
import type { CommonModule } from '../reading/common-module.ts';
import type { NamedShape } from '../reading/export-shape.ts';
import type { ExportUse } from '../reading/export-use.ts';
import type { Writing } from './requires.ts';

/** Lines that belong to the head and to the end of a file, for its exports. */
export type WrittenExports = { readonly head: readonly string[]; readonly end: readonly string[] };

/** Writes the exports of a file in the form that was decided on. */
export function writeExports(form: Form, writing: Writing): WrittenExports {
  const { module, edits, style } = writing;
  const { exportUses } = module;
  switch (form.kind) {
    case 'named':
      return writeNamed(form.shape, form.hasDefault, writing);
    case 'value':
      return writeDefault(writing);
    case 'object': {
      if (exportUses.length === 0) return { head: [], end: [`export default {}${style.end}`] };
      for (const { node } of exportUses)
        if (!ts.isIdentifier(node)) edits.replace(node.getStart(), node.end, 'exports');
      return { head: [`const exports = {}${style.end}`], end: [`export default exports${style.end}`] };
    }
    case 'shim': {
      const usesExports = exportUses.some(({ node }) => ts.isIdentifier(node));
      return {
        head: [
          `const module = { exports: {} }${style.end}`,
          ...(usesExports ? [`let exports = module.exports${style.end}`] : []),
        ],
        end: [`export default module.exports${style.end}`],
      };
    }
    case 'none':
      removeMarkers(writing);
      return { head: [], end: [] };
  }
}

function removeMarkers({ module, edits }: Writing): void {
  for (const use of module.exportUses)
    if (use.kind === 'marker') edits.replace(use.statement.getStart(), lineEnd(module.text, use.statement.end), '');
}

/** The offset behind the line break that follows a place, where nothing else does. */
export function lineEnd(text: string, offset: number): number {
  return offset + (/^[ \t]*\r?\n/.exec(text.slice(offset))?.[0].length ?? 0);
}

function localOf(one: NamedShape['exports'][number]): string {
  return one.kind === 'local' ? one.local : one.name;
}

function writeNamed(shape: NamedShape, hasDefault: boolean, writing: Writing): WrittenExports {
  const { module, edits, style } = writing;
  removeMarkers(writing);
  if (shape.literal !== undefined) writeLiteral(shape.literal, writing);
  const byName = new Map(shape.exports.map((one) => [one.name, one]));
  for (const use of module.exportUses) {
    if (use.kind === 'property') writeProperty(use, byName.get(use.name), writing);
    if (use.kind === 'read') {
      const one = byName.get(use.name);
      if (one !== undefined) edits.replace(use.access.getStart(), use.access.end, localOf(one));
    }
  }
  if (!hasDefault || shape.exports.some(({ kind }) => shape.literal !== undefined && kind === 'required'))
    return { head: [], end: [] };
  const all = shape.exports.map((one) => (localOf(one) === one.name ? one.name : `${one.name}: ${localOf(one)}`));
  return { head: [], end: [`export default { ${all.join(', ')} }${style.end}`] };
}

function writeLiteral({ statement, value }: NonNullable<NamedShape['literal']>, { edits }: Writing): void {
  if (!ts.isObjectLiteralExpression(value)) return;
  edits.replace(statement.getStart(), value.getStart() + 1, 'export {');
  for (const property of value.properties) {
    if (!ts.isPropertyAssignment(property)) continue;
    const { name, initializer } = property;
    edits.replace(property.getStart(), initializer.getStart(), '');
    if (name.getText() !== initializer.getText()) edits.insert(property.end, ` as ${name.getText()}`);
  }
}

function writeProperty(
  { statement, name, value }: Extract<ExportUse, { kind: 'property' }>,
  one: NamedShape['exports'][number] | undefined,
  { edits, style }: Writing,
): void {
  if (one?.kind === 'local') {
    const shown = one.local === name ? name : `${one.local} as ${name}`;
    edits.replace(statement.getStart(), statement.end, `export { ${shown} }${style.end}`);
  } else edits.replace(statement.getStart(), value.getStart(), `export const ${name} = `);
}

/** `module.exports = …` as a default export; where more is done with it, under a name. */
function writeDefault({ module, edits, style }: Writing): WrittenExports {
  const whole = module.exportUses.find((one) => one.kind === 'whole');
  if (whole?.kind !== 'whole') return { head: [], end: [] };
  const others = module.exportUses.filter((one) => one !== whole && one.kind !== 'alias');
  const { statement, value } = whole;
  const start = statement.getStart();
  const own = declarableName(value, module);
  if (others.length === 0) {
    const isFunction = ts.isFunctionExpression(value) || ts.isClassExpression(value);
    if (isFunction && value.name !== undefined && own === undefined) {
      edits.replace(start, value.getStart(), 'export default (');
      edits.insert(value.end, ')');
    } else edits.replace(start, value.getStart(), 'export default ');
    if (isFunction && own !== undefined) edits.replace(value.end, statement.end, '');
    return { head: [], end: [] };
  }
  const known = fixedName(value, module) ?? own;
  const isShadowed = known !== undefined && module.names.inner.has(known) && own === undefined;
  const name = known === undefined || isShadowed ? style.fresh('exported') : known;
  for (const { node } of others) edits.replace(node.getStart(), node.end, name);
  if (name !== known) {
    edits.replace(start, value.getStart(), `const ${name} = `);
    return { head: [], end: [`export default ${name}${style.end}`] };
  }
  edits.replace(start, value.getStart(), 'export default ');
  if (own !== undefined && !ts.isIdentifier(value)) edits.replace(value.end, statement.end, '');
  return { head: [], end: [] };
}

/** The name of a function or class that may become a declaration of the file. */
function declarableName(value: TypeScript.Expression, { names }: CommonModule): string | undefined {
  if (!ts.isFunctionExpression(value) && !ts.isClassExpression(value)) return undefined;
  const name = value.name?.text;
  if (name === undefined || names.declared.has(name)) return undefined;
  return names.references.some(({ node, scope }) => scope === 'free' && node.text === name) ? undefined : name;
}

function fixedName(value: TypeScript.Expression, { names }: CommonModule): string | undefined {
  if (!ts.isIdentifier(value) || names.declared.get(value.text) !== 1) return undefined;
  const isWritten = names.references.some(
    ({ node, scope, isWrite }) => isWrite && scope === 'module' && node.text === value.text,
  );
  return isWritten ? undefined : value.text;
}
