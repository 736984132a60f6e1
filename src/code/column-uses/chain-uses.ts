import type * as TypeScript from 'typescript';
import type { NestedEdit } from '#core/nested-edit';
import { nodesBelow } from '../engine/compiler-tree.ts';
import ts from '../typescript.cts';
import { type Found, fromText, inCode, type Look, placesOf, quoted, resolved, spelledFor } from './chain-names.ts';
import { bothVersions, type CodeUse, newNameOf, replacing } from './code-use.ts';
import { listsNamed } from './listed-names.ts';
import { literalPieces } from './literal-pieces.ts';
import { camelCase } from './name-match.ts';
import { rawUses } from './raw-parts.ts';
import { followRows, typesOfSource } from './row-uses.ts';
import { calledName, propertyName, spelledKey } from './syntax.ts';
import { writtenObjects } from './written-objects.ts';

/** What a chain uses of the changes: names are resolved by a statement over the same tables. */
export async function chainUses(look: Look): Promise<readonly CodeUse[]> {
  const { chain, roles } = look;
  const uses: CodeUse[] = [...(await tableUses(look))];
  for (const call of chain.calls) {
    const { name, given } = call;
    const role = roles.outputs.test(name) ? 'output' : roles.writes.test(name) ? 'write' : 'read';
    if (role === 'read' && !roles.reads.test(name)) continue;
    for (const argument of given) uses.push(...(await argumentUses(argument, role, look)));
  }
  return [...uses, ...(await rawUses(look)), ...(await allUses(look))];
}

async function tableUses({ chain, roles, file, tree }: Look): Promise<readonly CodeUse[]> {
  const uses: CodeUse[] = [];
  for (const { literal, name } of chain.tables) {
    const answer = await tree.readNames(`SELECT 1 FROM ${quoted(spelledFor(name, roles))}`, new Set());
    for (const { change } of placesOf(answer)) {
      const to = newNameOf(tree.changes[change]);
      const start = literal.getStart() + 1 + (name.includes('.') ? name.indexOf('.') + 1 : 0);
      const end = literal.getStart() + 1 + name.length;
      const edits = to === undefined ? [] : [replacing(start, end, roles.isCamel ? camelCase(to) : to)];
      uses.push({
        path: file.path,
        start,
        end,
        change,
        kind: roles.kind,
        role: 'table',
        doubt: undefined,
        ...bothVersions(edits),
      });
    }
  }
  return uses;
}

type Role = 'output' | 'write' | 'read';

async function argumentUses(argument: TypeScript.Expression, role: Role, look: Look): Promise<readonly CodeUse[]> {
  const list = role === 'output' ? listsNamed(argument, look.file.names()) : [];
  if (list.length > 0) return (await Promise.all(list.map((one) => argumentUses(one, role, look)))).flat();
  if (ts.isTemplateExpression(argument)) return templateUses(argument, role, look);
  if (ts.isStringLiteralLike(argument)) return stringUses(argument, role, look);
  if (ts.isArrayLiteralExpression(argument))
    return (await Promise.all(argument.elements.map((one) => argumentUses(one, role, look)))).flat();
  if (ts.isArrowFunction(argument) || ts.isFunctionExpression(argument)) return callbackUses(argument, role, look);
  if (role === 'write') return writeUses(argument, look);
  return ts.isObjectLiteralExpression(argument) ? objectUses(argument, role, look) : [];
}

/** What is written, wherever its keys stand in this file. */
async function writeUses(argument: TypeScript.Expression, look: Look): Promise<readonly CodeUse[]> {
  const names = look.file.names();
  if (names === undefined) return [];
  const columns = new Set(
    look.tree.changes.flatMap((change) => ('column' in change ? [inCode(change.column, look.roles)] : [])),
  );
  const { objects, members, unseen } = writtenObjects(argument, { names, columns });
  const uses: CodeUse[] = [];
  for (const { object, flow, isChanged } of objects) {
    for (const use of await objectUses(object, 'write', look)) {
      const types = [...flow.types, ...typesOfSource(look.chain.outermost)];
      const whole = { ...use, flow: { ...flow, types, name: nameAt(use, look) } };
      uses.push(use.role !== 'write' ? use : isChanged ? { ...whole, first: use.final } : whole);
    }
  }
  for (const { name, flow } of members) {
    for (const found of await resolved(name.text, look)) {
      const place = { start: name.getStart(), end: name.getEnd() };
      uses.push({ ...used(place, { ...found, role: 'write', suffix: '' }, look), flow: { ...flow, name: name.text } });
    }
  }
  for (const part of unseen) uses.push(...(await unknownWrite(part, look)));
  return uses;
}

function nameAt({ change }: CodeUse, { tree, roles }: Look): string {
  const wanted = tree.changes[change];
  return wanted !== undefined && 'column' in wanted ? inCode(wanted.column, roles) : '';
}

async function stringUses(literal: TypeScript.StringLiteralLike, role: Role, look: Look): Promise<readonly CodeUse[]> {
  const match = /^((?:\w+\.)*)(\w+)(\s+as\s+\w+)?$/i.exec(literal.text);
  const [, prefix = '', name = '', alias] = match ?? [];
  if (match === null || /\\/.test(literal.getText())) return [];
  const from = literal.getStart() + 1 + prefix.length;
  return (await resolved(`${prefix}${name}`, look)).map(({ change, doubt }) => {
    const suffix = role === 'output' && alias === undefined ? ` as ${name}` : '';
    return used(
      { start: from, end: from + name.length },
      { change, doubt, role: role === 'output' ? 'output' : 'read', suffix },
      look,
    );
  });
}

/** `${T.users}.name` */
async function templateUses(node: TypeScript.TemplateExpression, role: Role, look: Look): Promise<readonly CodeUse[]> {
  const pieces = literalPieces(node, look.chain.constants) ?? [];
  const text = pieces.map((piece) => (piece.kind === 'hole' ? '?' : piece.text)).join('');
  const match = /^((?:\w+\.)*)(\w+)(\s+as\s+\w+)?$/i.exec(text);
  const [, prefix = '', name = '', alias = ''] = match ?? [];
  const last = pieces.at(-1);
  if (match === null || last === undefined || last.text.length < name.length + alias.length) return [];
  const end = last.end - alias.length;
  return (await resolved(`${prefix}${name}`, look)).map(({ change, doubt }) => {
    const suffix = role === 'output' && alias === '' ? ` as ${name}` : '';
    return used(
      { start: end - name.length, end },
      { change, doubt, role: role === 'output' ? 'output' : 'read', suffix },
      look,
    );
  });
}

function used(
  { start, end }: { readonly start: number; readonly end: number },
  { change, doubt, role, suffix }: Found & { readonly role: CodeUse['role']; readonly suffix: string },
  { roles, file, tree }: Look,
): CodeUse {
  const to = newNameOf(tree.changes[change]);
  const edits = to === undefined ? [] : [replacing(start, end, `${inCode(to, roles)}${suffix}`)];
  return { path: file.path, start, end, change, kind: roles.kind, role, doubt, ...bothVersions(edits) };
}

async function objectUses(
  object: TypeScript.ObjectLiteralExpression,
  role: Role,
  look: Look,
): Promise<readonly CodeUse[]> {
  const uses: CodeUse[] = [];
  for (const property of object.properties) {
    const key = propertyName(property);
    if (key === undefined || property.name === undefined) continue;
    if (role === 'output') {
      if (ts.isPropertyAssignment(property)) uses.push(...(await argumentUses(property.initializer, 'read', look)));
      continue;
    }
    for (const found of await resolved(key, look))
      uses.push(propertyUse({ property, name: property.name, key, found }, role, look));
    if (ts.isPropertyAssignment(property)) uses.push(...(await innerReads(property.initializer, look)));
  }
  return uses;
}

type Property = {
  readonly property: TypeScript.ObjectLiteralElementLike;
  readonly name: TypeScript.PropertyName;
  readonly key: string;
  readonly found: Found;
};

function propertyUse({ property, name, key, found }: Property, role: Role, { roles, file, tree }: Look): CodeUse {
  const to = newNameOf(tree.changes[found.change]);
  const [start, end] = [name.getStart(), name.getEnd()];
  const base = { path: file.path, start, end, kind: roles.kind, role, ...found } as const;
  if (to === undefined) return { ...base, first: [], final: [] };
  const prefix = key.includes('.') ? key.slice(0, key.lastIndexOf('.') + 1) : '';
  const fresh = spelledKey(`${prefix}${inCode(to, roles)}`);
  const isShort = ts.isShorthandPropertyAssignment(property);
  const final = isShort ? [replacing(start, end, `${fresh}: ${name.getText()}`)] : [replacing(start, end, fresh)];
  if (role !== 'write') return { ...base, ...bothVersions(final) };
  const value = isShort ? name : ts.isPropertyAssignment(property) ? property.initializer : undefined;
  if (value === undefined || !mayRepeat(value)) return { ...base, ...bothVersions(final) };
  const at = property.getEnd();
  const copy = { start: value.getStart(), end: value.getEnd() };
  const first: readonly NestedEdit[] = [{ start: at, end: at, parts: [`, ${fresh}: `, copy] }];
  return { ...base, first, final };
}

/** `eb.ref('excluded.name')` as a value. */
async function innerReads(value: TypeScript.Expression, look: Look): Promise<readonly CodeUse[]> {
  if (!ts.isCallExpression(value) || calledName(value) !== 'ref') return [];
  const [literal] = value.arguments;
  return literal !== undefined && ts.isStringLiteralLike(literal) ? stringUses(literal, 'read', look) : [];
}

/** A name, a member or a constant; two readings of it are the same. */
function mayRepeat(value: TypeScript.Node): boolean {
  if (ts.isPropertyAccessExpression(value) || ts.isNonNullExpression(value) || ts.isAsExpression(value))
    return mayRepeat(value.expression);
  return (
    ts.isIdentifier(value) ||
    ts.isLiteralExpression(value) ||
    [ts.SyntaxKind.NullKeyword, ts.SyntaxKind.ThisKeyword].includes(value.kind)
  );
}

/** A function that goes on building: strings that are the first argument of its calls, and the object that it gives. */
async function callbackUses(
  callback: TypeScript.ArrowFunction | TypeScript.FunctionExpression,
  role: Role,
  look: Look,
): Promise<readonly CodeUse[]> {
  const body = ts.isParenthesizedExpression(callback.body) ? callback.body.expression : callback.body;
  if (ts.isObjectLiteralExpression(body)) return objectUses(body, role, look);
  if (ts.isArrayLiteralExpression(body)) return argumentUses(body, role, look);
  const uses: CodeUse[] = [];
  for (const node of nodesBelow(callback.body)) {
    if (!ts.isCallExpression(node)) continue;
    const isOwn = !/^(selectFrom|insertInto|updateTable|deleteFrom|from|into|table)$/.test(calledName(node) ?? '');
    const [first] = node.arguments;
    if (!isOwn || first === undefined) continue;
    if (ts.isStringLiteralLike(first)) uses.push(...(await stringUses(first, 'read', look)));
    if (ts.isObjectLiteralExpression(first)) uses.push(...(await objectUses(first, role, look)));
  }
  return uses;
}

/** Something is written whose columns are not written here. */
async function unknownWrite(argument: TypeScript.Expression, look: Look): Promise<readonly CodeUse[]> {
  const { tree, file, roles } = look;
  const said = argument.getText().replaceAll(/\s+/g, ' ');
  const source = said.length > 60 ? `${said.slice(0, 59)}…` : said;
  const doubt = `The columns come from ${source}, whose keys are not written in this file.`;
  const uses = await Promise.all(
    tree.changes.map(async (change, index) => {
      const found = 'column' in change ? await resolved(inCode(change.column, roles), look) : [];
      if (!found.some((one) => one.change === index)) return [];
      const [start, end] = [argument.getStart(), argument.getEnd()];
      return [
        {
          path: file.path,
          start,
          end,
          change: index,
          kind: roles.kind,
          role: 'write',
          doubt,
          first: [],
          final: [],
        } as const,
      ];
    }),
  );
  return uses.flat();
}

const everyColumn = 'It gives every column under its own name; who reads the row by that name is not known here.';

/** Rows with all columns, and where they are read by the old name. */
async function allUses(look: Look): Promise<readonly CodeUse[]> {
  const { chain, roles, file, tree } = look;
  const said = chain.calls.find(
    ({ name, given }) => roles.all.test(name) || (roles.outputs.test(name) && isStar(given)),
  );
  const isDefault =
    roles.isAllByDefault &&
    !chain.goesOn &&
    ![...chain.calls, ...chain.others].some(
      ({ name, given }) =>
        (roles.outputs.test(name) && given.length > 0) ||
        roles.writes.test(name) ||
        /^(count|del|delete|sum|min|max|avg)/.test(name),
    );
  if (said === undefined && !isDefault) return [];
  const answer = await tree.readNames(`SELECT * FROM ${fromText(look)}`, new Set());
  const passedOn = 'passedOn' in answer ? answer.passedOn : [];
  const shape = roles.shapeOf(chain);
  return passedOn.flatMap((change) => {
    const at = said?.call.expression ?? chain.calls[0]?.call;
    const name = at !== undefined && ts.isPropertyAccessExpression(at) ? at.name : at;
    const wanted = tree.changes[change];
    if (name === undefined || wanted === undefined || !('column' in wanted)) return [];
    const base = { path: file.path, start: name.getStart(), end: name.getEnd(), change, kind: roles.kind } as const;
    const whole: CodeUse = { ...base, role: 'all', doubt: everyColumn, first: [], final: [] };
    const names = { column: inCode(wanted.column, roles), to: 'to' in wanted ? inCode(wanted.to, roles) : undefined };
    return [whole, ...(shape === undefined ? [] : followRows(chain.outermost, shape, { ...names, change, file }))];
  });
}

function isStar(given: readonly TypeScript.Expression[]): boolean {
  return given.some((one) => ts.isStringLiteralLike(one) && one.text === '*');
}
