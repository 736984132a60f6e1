import ts from '../../../typescript.cts';
import { indentOf } from './jsdoc-comments.ts';
import { typeParameters } from './type-aliases.ts';
import { typeText } from './type-text.ts';
import type { Writing } from './writing.ts';

/** Type parameters, `implements` and the arguments of what it extends go into the head of a class; fields are declared. Gives the fields whose type no comment says. */
export function writeClass(
  node: ts.ClassLikeDeclaration,
  writing: Writing,
  fields: readonly { readonly name: string; readonly type: string }[],
): readonly string[] {
  const { source, edits, spent } = writing;
  const tags = ts.getJSDocTags(node);
  const templates = tags.filter(ts.isJSDocTemplateTag);
  const brace = node.getChildren(source).find(({ kind }) => kind === ts.SyntaxKind.OpenBraceToken);
  if (brace === undefined) return [];
  const parameters = typeParameters(templates, writing);
  const word = node.getChildren(source).find(({ kind }) => kind === ts.SyntaxKind.ClassKeyword);
  if (parameters !== '') edits.insert((node.name ?? word ?? brace).getEnd(), parameters);
  for (const tag of templates) spent.add(tag);
  const base = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const [augments] = tags.filter(ts.isJSDocAugmentsTag);
  if (augments !== undefined) {
    spent.add(augments);
    const given = augments.class.typeArguments ?? [];
    if (base !== undefined && given.length > 0)
      edits.insert(base.getEnd(), `<${given.map((one) => typeText(one, writing)).join(', ')}>`);
  }
  const implemented = tags.filter(ts.isJSDocImplementsTag);
  for (const tag of implemented) spent.add(tag);
  if (implemented.length > 0) {
    const names = implemented.map((tag) => {
      const given = (tag.class.typeArguments ?? []).map((one) => typeText(one, writing));
      return `${tag.class.expression.getText(source)}${given.length === 0 ? '' : `<${given.join(', ')}>`}`;
    });
    edits.insert(brace.getStart(source), `implements ${names.join(', ')} `);
  }
  return writeFields(node, writing, { fields, at: brace.getEnd() });
}

/** `declare` fields leave nothing behind: a field of another kind would be set before the constructor runs. */
function writeFields(
  node: ts.ClassLikeDeclaration,
  writing: Writing,
  { fields, at }: { readonly fields: readonly { readonly name: string; readonly type: string }[]; readonly at: number },
): readonly string[] {
  const { source, edits } = writing;
  const said = assignedTypes(node, writing);
  const [first] = node.members;
  for (const { name } of fields) for (const tag of said.get(name)?.tags ?? []) writing.spent.add(tag);
  for (const member of node.members) writeBare(member, said, writing);
  const indent =
    first === undefined
      ? `${indentOf(source.text, node.getStart(source))}  `
      : indentOf(source.text, first.getStart(source));
  const lines = fields.map(({ name, type }) => {
    const own = said.get(name);
    return `\n${indent}declare ${own?.words ?? ''}${name}: ${own?.type ?? type};`;
  });
  if (lines.length > 0) edits.insert(at, `${lines.join('')}${first === undefined ? '' : '\n'}`);
  return fields.flatMap(({ name }) => (said.get(name)?.type === undefined ? [name] : []));
}

/** A field that is declared and nothing more has the type that the constructor says. */
function writeBare(member: ts.ClassElement, all: ReadonlyMap<string, Said>, { edits, spent, source }: Writing): void {
  if (!ts.isPropertyDeclaration(member) || member.initializer !== undefined) return;
  if (ts.getJSDocTypeTag(member) !== undefined) return;
  const said = all.get(member.name.getText(source));
  if (said?.type === undefined || said.words !== '') return;
  for (const tag of said.tags) spent.add(tag);
  edits.insert(member.name.getEnd(), `: ${said.type}`);
}

type Said = {
  readonly type?: string;
  readonly words: string;
  /** The tags that say it. */
  readonly tags: readonly ts.JSDocTag[];
};

/** What comments before `this.x = …` say of the field. */
function assignedTypes(node: ts.ClassLikeDeclaration, writing: Writing): ReadonlyMap<string, Said> {
  const found = new Map<string, Said>();
  const visit = (child: ts.Node): void => {
    if (ts.isClassLike(child)) return;
    const target = ts.isExpressionStatement(child) ? assignedField(child) : undefined;
    if (target !== undefined && !found.has(target)) {
      const tags = child
        .getChildren(writing.source)
        .filter(ts.isJSDoc)
        .flatMap((one) => one.tags ?? []);
      const type = tags.find(ts.isJSDocTypeTag);
      const words = modifiersOf(tags);
      if (type !== undefined || words !== '')
        found.set(target, {
          words,
          tags: tags.filter((tag) => ts.isJSDocTypeTag(tag) || isModifier(tag)),
          ...(type === undefined ? {} : { type: typeText(type.typeExpression.type, writing) }),
        });
    }
    ts.forEachChild(child, visit);
  };
  for (const member of node.members) ts.forEachChild(member, visit);
  return found;
}

/** The name of `this.name = …` and of `this.name;`. */
export function assignedField({ expression }: ts.ExpressionStatement): string | undefined {
  const target =
    ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.EqualsToken
      ? expression.left
      : expression;
  const isField = ts.isPropertyAccessExpression(target) && target.expression.kind === ts.SyntaxKind.ThisKeyword;
  return isField && ts.isIdentifier(target.name) ? target.name.text : undefined;
}

function isModifier(tag: ts.JSDocTag): boolean {
  return (
    ts.isJSDocPrivateTag(tag) || ts.isJSDocProtectedTag(tag) || ts.isJSDocPublicTag(tag) || ts.isJSDocReadonlyTag(tag)
  );
}

function modifiersOf(tags: readonly ts.JSDocTag[]): string {
  const words = [
    ...(tags.some(ts.isJSDocPrivateTag) ? ['private '] : []),
    ...(tags.some(ts.isJSDocProtectedTag) ? ['protected '] : []),
    ...(tags.some(ts.isJSDocReadonlyTag) ? ['readonly '] : []),
  ];
  return words.join('');
}

/** Types and modifiers of fields and methods that a class declares. */
export function writeMember(node: ts.ClassElement, writing: Writing): void {
  const { source, edits, spent } = writing;
  const tags = ts.getJSDocTags(node);
  if (ts.isPropertyDeclaration(node)) {
    const type = ts.getJSDocTypeTag(node);
    if (type !== undefined) {
      spent.add(type);
      edits.insert(node.name.getEnd(), `: ${typeText(type.typeExpression.type, writing)}`);
    }
  }
  if (ts.isClassStaticBlockDeclaration(node) || (node.name !== undefined && ts.isPrivateIdentifier(node.name))) return;
  const modifiers = tags.filter(isModifier);
  const text = modifiersOf(modifiers.filter((tag) => ts.isPropertyDeclaration(node) || !ts.isJSDocReadonlyTag(tag)));
  for (const tag of modifiers) spent.add(tag);
  const isOverride = tags.find(ts.isJSDocOverrideTag);
  if (isOverride !== undefined) spent.add(isOverride);
  const first = node.getChildren(source).find((child) => !ts.isJSDoc(child));
  const [access, rest] = [/^(private|protected) /.exec(text)?.[0] ?? '', text.replace(/^(private|protected) /, '')];
  if (access !== '' && first !== undefined) edits.insert(first.getStart(source), access);
  const behind = `${isOverride === undefined ? '' : 'override '}${rest}`;
  const at =
    ts.isMethodDeclaration(node) || ts.isAccessor(node) ? first?.getStart(source) : node.name?.getStart(source);
  if (behind !== '' && at !== undefined) edits.insert(at, behind);
}
