import type * as TypeScript from 'typescript';
import ts from '../../../typescript.cts';
import type { Form } from '../deciding/forms.ts';
import type { CommonModule } from '../reading/common-module.ts';
import { isReserved, type NamedShape } from '../reading/export-shape.ts';
import type { ExportUse } from '../reading/export-use.ts';
import { lineEnd } from './line-end.ts';
import type { Writing, WrittenRequires } from './requires.ts';

/** Lines that belong to the head and to the end of a file, for its exports. */
export type WrittenExports = { readonly head: readonly string[]; readonly end: readonly string[] };

/** The same, with the name in the file of what its default is, where it has one. */
type Written = WrittenExports & { readonly whole?: string };
type Required = WrittenRequires['names'];

/** Writes the exports of a file in the form that was decided on; an entry keeps what its users find in it. */
export function writeExports(form: Form, writing: Writing, required: Required): WrittenExports {
  const { head, end, whole } = writeForm(form, writing, required);
  const isForUsers = whole !== undefined && writing.world.isEntry(writing.module.path);
  return { head, end: isForUsers ? [...end, ...linesForUsers(form, whole, writing)] : end };
}

/**
 * An `import` of CommonJS sees names beside the default. A `require` of an ES module gives what it exports under the name
 * `module.exports` (https://nodejs.org/api/modules.html#loading-ecmascript-modules-using-require).
 */
function linesForUsers(form: Form, whole: string, { module, world, style }: Writing): readonly string[] {
  const { names } = module;
  const isTaken = (name: string) =>
    isReserved(name) ||
    names.declared.has(name) ||
    names.references.some(({ node, scope }) => scope === 'free' && node.text === name);
  const seen = form.kind === 'named' ? [] : [...(world.entryNames.get(module.path) ?? [])];
  const members = seen.filter((name) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !notNames.has(name));
  const free = members.filter((name) => !isTaken(name));
  const taken = members.filter(isTaken).map((name) => ({ name, local: style.fresh(`${name}Export`) }));
  const renamed = taken.map(({ name, local }) => `${name}: ${local}`);
  const passed = taken.map(({ name, local }) => `${local} as ${name}`);
  return [
    ...(free.length > 0 ? [`export const { ${free.join(', ')} } = ${whole}${style.end}`] : []),
    ...(taken.length > 0
      ? [`const { ${renamed.join(', ')} } = ${whole}${style.end}`, `export { ${passed.join(', ')} }${style.end}`]
      : []),
    `export { ${whole} as ${style.quote}module.exports${style.quote} }${style.end}`,
  ];
}

const notNames: ReadonlySet<string> = new Set(['default', '__esModule', 'module.exports']);

function writeForm(form: Form, writing: Writing, required: Required): Written {
  const { module, edits, style, world } = writing;
  const { exportUses } = module;
  switch (form.kind) {
    case 'named':
      return writeNamed(form, writing, required);
    case 'value':
      return writeDefault(writing);
    case 'object': {
      for (const { node } of exportUses)
        if (!ts.isIdentifier(node)) edits.replace(node.getStart(), node.end, 'exports');
      if (exportUses.length === 0 && !world.isEntry(module.path))
        return { head: [], end: [`export default {}${style.end}`] };
      return {
        head: [`const exports = {}${style.end}`],
        end: [`export default exports${style.end}`],
        whole: 'exports',
      };
    }
    case 'shim':
      return writeShim(writing);
    case 'none':
      removeMarkers(writing);
      return { head: [], end: [] };
  }
}

function writeShim({ module, style, world }: Writing): Written {
  const usesExports = module.exportUses.some(({ node }) => ts.isIdentifier(node));
  const head = [
    `const module = { exports: {} }${style.end}`,
    ...(usesExports ? [`let exports = module.exports${style.end}`] : []),
  ];
  if (!world.isEntry(module.path)) return { head, end: [`export default module.exports${style.end}`] };
  const whole = style.fresh('exported');
  const end = [`const ${whole} = module.exports${style.end}`, `export default ${whole}${style.end}`];
  return { head, end, whole };
}

function removeMarkers({ module, edits }: Writing): void {
  for (const use of module.exportUses)
    if (use.kind === 'marker') edits.replace(use.statement.getStart(), lineEnd(module.text, use.statement.end), '');
}

function localOf(one: NamedShape['exports'][number], required: Required): string {
  return one.kind === 'local' ? one.local : (required.get(one.value) ?? one.name);
}

function writeNamed(
  { shape, hasDefault }: Extract<Form, { kind: 'named' }>,
  writing: Writing,
  required: Required,
): Written {
  const { module, edits, style, world } = writing;
  removeMarkers(writing);
  if (shape.literal !== undefined) writeLiteral(shape.literal, writing);
  const own = shape.literal === undefined ? new Map() : required;
  const byName = new Map(shape.exports.map((one) => [one.name, one]));
  for (const use of module.exportUses) {
    if (use.kind === 'property') writeProperty(use, byName.get(use.name), writing);
    if (use.kind === 'read') {
      const one = byName.get(use.name);
      if (one !== undefined) edits.replace(use.access.getStart(), use.access.end, localOf(one, own));
    }
  }
  if (!hasDefault) return { head: [], end: [] };
  const all = shape.exports.map((one) => {
    const local = localOf(one, own);
    return local === one.name ? one.name : `${one.name}: ${local}`;
  });
  const object = `{ ${all.join(', ')} }${style.end}`;
  if (!world.isEntry(module.path)) return { head: [], end: [`export default ${object}`] };
  const whole = style.fresh('exported');
  return { head: [], end: [`const ${whole} = ${object}`, `export default ${whole}${style.end}`], whole };
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
function writeDefault({ module, edits, style, world }: Writing): Written {
  const whole = module.exportUses.find((one) => one.kind === 'whole');
  if (whole?.kind !== 'whole') return { head: [], end: [] };
  const others = module.exportUses.filter((one) => one !== whole && one.kind !== 'alias');
  const { statement, value } = whole;
  const start = statement.getStart();
  const own = declarableName(value, module);
  if (others.length === 0 && !world.isEntry(module.path)) {
    const isFunction = ts.isFunctionExpression(value) || ts.isClassExpression(value);
    if (isFunction && value.name !== undefined && own === undefined) {
      edits.replace(start, value.getStart(), 'export default (');
      edits.insert(value.end, ')');
    } else edits.replace(start, value.getStart(), 'export default ');
    // A declaration ends without a semicolon.
    const isDeclaration = isFunction && (own !== undefined || value.name === undefined);
    if (isDeclaration) edits.replace(value.end, statement.end, '');
    return { head: [], end: [] };
  }
  const known = fixedName(value, module) ?? own;
  const isShadowed = known !== undefined && module.names.inner.has(known) && own === undefined;
  const name = known === undefined || isShadowed ? style.fresh('exported') : known;
  for (const { node } of others) edits.replace(node.getStart(), node.end, name);
  if (name !== known) {
    edits.replace(start, value.getStart(), `const ${name} = `);
    return { head: [], end: [`export default ${name}${style.end}`], whole: name };
  }
  edits.replace(start, value.getStart(), 'export default ');
  if (own !== undefined && !ts.isIdentifier(value)) edits.replace(value.end, statement.end, '');
  return { head: [], end: [], whole: name };
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
