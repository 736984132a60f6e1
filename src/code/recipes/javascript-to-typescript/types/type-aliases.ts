import ts from '../../../typescript.cts';
import { proseOf } from './jsdoc-comments.ts';
import { lastName, type TypedFile, typeText } from './type-text.ts';

/** `@typedef`, `@callback` and `@enum` of a comment as declarations, each with its prose; all exported, as they are in JavaScript. */
export function aliasesOf(
  comment: ts.JSDoc,
  file: TypedFile & { readonly end: string },
  indent: string,
): readonly string[] {
  const tags: readonly ts.JSDocTag[] = comment.tags ?? [];
  const declaring = tags.filter((tag) => ts.isJSDocTypedefTag(tag) || ts.isJSDocCallbackTag(tag));
  const templates = tags.filter(ts.isJSDocTemplateTag);
  const parameters = typeParameters(templates, file);
  return declaring.map((tag, at) => {
    const name = tag.name?.getText() ?? '';
    const prose = [at === 0 ? proseOf(comment) : '', proseOf(tag)].filter((one) => one !== '').join('\n');
    const lead = prose === '' ? '' : `${asComment(prose, indent)}\n${indent}`;
    const type = ts.isJSDocTypedefTag(tag) ? typedefText(tag, file, indent) : callbackText(tag, file);
    if (type === name && parameters === '') return `export type { ${name} }${file.end}`;
    return `${lead}export type ${name}${parameters} = ${type}${file.end}`;
  });
}

function asComment(prose: string, indent: string): string {
  const lines = prose.split(/\r?\n/);
  if (lines.length === 1) return `/** ${lines[0]} */`;
  return ['/**', ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`].join('\n');
}

function typedefText(tag: ts.JSDocTypedefTag, file: TypedFile, indent: string): string {
  const { typeExpression } = tag;
  if (typeExpression === undefined) return 'any';
  if (!ts.isJSDocTypeLiteral(typeExpression)) return typeText(typeExpression.type, file);
  const inner = `${indent}  `;
  const members = (typeExpression.jsDocPropertyTags ?? []).flatMap((property) => {
    const type = property.typeExpression?.type;
    const isOptional = property.isBracketed || (type !== undefined && ts.isJSDocOptionalType(type));
    const prose = proseOf(property);
    return [
      ...(prose === '' ? [] : [`${inner}${asComment(prose, inner)}`]),
      `${inner}${lastName(property.name)}${isOptional ? '?' : ''}: ${type === undefined ? 'any' : typeText(type, file)};`,
    ];
  });
  const text = members.length === 0 ? '{}' : `{\n${members.join('\n')}\n${indent}}`;
  return typeExpression.isArrayType ? `${text}[]` : text;
}

function callbackText({ typeExpression }: ts.JSDocCallbackTag, file: TypedFile): string {
  const parameters = typeExpression.parameters.filter(ts.isJSDocParameterTag).map((parameter) => {
    const type = parameter.typeExpression?.type;
    const name = lastName(parameter.name);
    if (type !== undefined && ts.isJSDocVariadicType(type)) return `...${name}: ${typeText(type, file)}`;
    const isOptional = parameter.isBracketed || (type !== undefined && ts.isJSDocOptionalType(type));
    return `${name}${isOptional ? '?' : ''}: ${type === undefined ? 'any' : typeText(type, file)}`;
  });
  const self = thisOf(typeExpression)?.typeExpression.type;
  if (self !== undefined) parameters.unshift(`this: ${typeText(self, file)}`);
  const result = typeExpression.type?.typeExpression?.type;
  return `(${parameters.join(', ')}) => ${result === undefined ? 'any' : typeText(result, file)}`;
}

/** `@this` among the tags of a callback. */
export function thisOf(signature: ts.JSDocSignature): ts.JSDocThisTag | undefined {
  return ts.forEachChild(signature, (child) => (ts.isJSDocThisTag(child) ? child : undefined));
}

/** `<T extends C = D>` of the tags `@template`, with others behind them; nothing where there is none. */
export function typeParameters(
  tags: readonly ts.JSDocTemplateTag[],
  file: TypedFile,
  others: readonly string[] = [],
): string {
  const names = tags.flatMap(({ constraint, typeParameters: declared }) =>
    declared.map((parameter, at) => {
      const bound = at === 0 && constraint !== undefined ? ` extends ${typeText(constraint.type, file)}` : '';
      const initial = parameter.default === undefined ? '' : ` = ${typeText(parameter.default, file)}`;
      return `${parameter.name.text}${bound}${initial}`;
    }),
  );
  const all = [...names, ...others];
  return all.length === 0 ? '' : `<${all.join(', ')}>`;
}
