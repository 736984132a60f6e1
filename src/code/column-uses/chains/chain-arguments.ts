import type * as TypeScript from 'typescript';
import ts from '../../typescript.cts';
import type { CodeUse } from '../code-use.ts';
import { returnsOf } from '../flows/flow.ts';
import { typesOfSource } from '../flows/row-uses.ts';
import { throughConstants } from '../flows/through-constants.ts';
import { writtenObjects } from '../flows/written-objects.ts';
import { listNamed } from '../listed-names.ts';
import { calledName, propertyName } from '../syntax.ts';
import { isSum, literalPieces } from '../texts/literal-pieces.ts';
import { type FunctionNode, isChoice, isFunction, namesBound, rootOf, unwrapped } from './argument-nodes.ts';
import { type Meaning, meaningsOf } from './call-meanings.ts';
import { inCode, type Look } from './chain-names.ts';
import { nameUses, piecedUses, type Stand, spelledUses, sqlIdUses } from './chain-strings.ts';
import { type Property, propertyUse, unknownWrite } from './chain-writes.ts';
import { mappedNames, resultsOf } from './given-names.ts';
import type { ChainCall } from './query-chain.ts';

/** The uses in the arguments of a call of a chain. */
export async function callArguments({ name, call, given }: ChainCall, look: Look): Promise<readonly CodeUse[]> {
  const isDirect = look.chain.isTyped && ts.isIdentifier(call.expression);
  const known = isDirect ? whereMeanings : meaningsOf(name, look.roles.calls);
  const meanings: readonly Meaning[] = call === look.chain.client ? ['value'] : known;
  return givenUses(given, { meanings, call: name, receivers: look.receivers }, look);
}

type Call = Pick<Stand, 'call' | 'receivers'> & { readonly meanings: readonly Meaning[] };

async function givenUses(
  given: readonly TypeScript.Expression[],
  { meanings, call, receivers }: Call,
  look: Look,
): Promise<readonly CodeUse[]> {
  const [first] = given;
  const isAssignment = meanings[0] === 'write' && first !== undefined && ts.isStringLiteralLike(first);
  const own: readonly Meaning[] = isAssignment ? ['key', 'value'] : meanings;
  const uses: CodeUse[] = [];
  for (const [index, argument] of given.entries()) {
    const meaning = own[Math.min(index, own.length - 1)] ?? 'value';
    const stand: Stand = { meaning, call, receivers, index, isOnly: given.length === 1, through: new Set() };
    if (meaning === 'bindings') uses.push(...(await bindingUses(given, stand, look)));
    else uses.push(...(await argumentUses(argument, stand, look)));
  }
  return uses;
}

async function argumentUses(node: TypeScript.Expression, stand: Stand, look: Look): Promise<readonly CodeUse[]> {
  const same = unwrapped(node);
  if (same !== undefined) return argumentUses(same, stand, look);
  if (stand.meaning === 'write' && !isFunction(node) && !ts.isStringLiteralLike(node)) {
    if (!ts.isArrayLiteralExpression(node)) return writeUses(node, stand, look);
    return allUses(node.elements, stand, look);
  }
  if (ts.isStringLiteralLike(node)) return nameUses(node, stand, look);
  if (ts.isArrayLiteralExpression(node)) return listUses(node, stand, look);
  if (ts.isObjectLiteralExpression(node)) return objectUses(node, stand, look);
  if (isFunction(node)) return bodyUses(node, stand, look);
  if (ts.isCallExpression(node)) return callUses(node, stand, look);
  if (ts.isConditionalExpression(node)) return allUses([node.whenTrue, node.whenFalse], stand, look);
  if (isChoice(node)) return allUses([node.left, node.right], stand, look);
  if (ts.isTemplateExpression(node) || isSum(node)) {
    return [...(await piecedUses(node, stand, look)), ...(await belowUses(node, stand, look))];
  }
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) return namedUses(node, stand, look);
  return belowUses(node, stand, look);
}

async function allUses(nodes: readonly TypeScript.Expression[], stand: Stand, look: Look): Promise<readonly CodeUse[]> {
  return (await Promise.all(nodes.map((node) => argumentUses(node, stand, look)))).flat();
}

/** What stands deeper than where a name would: callbacks, references. */
async function belowUses(node: TypeScript.Node, stand: Stand, look: Look): Promise<readonly CodeUse[]> {
  const children: TypeScript.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  const uses: CodeUse[] = [];
  for (const child of children) {
    const isPart = ts.isCallExpression(child) || isFunction(child);
    const inner: Stand = { ...stand, meaning: 'value' };
    uses.push(...(isPart ? await argumentUses(child, inner, look) : await belowUses(child, inner, look)));
  }
  return uses;
}

async function listUses(
  list: TypeScript.ArrayLiteralExpression,
  stand: Stand,
  look: Look,
): Promise<readonly CodeUse[]> {
  if (stand.meaning !== 'json') return allUses(list.elements, stand, look);
  const tuples = list.elements.flatMap((one) => (ts.isArrayLiteralExpression(one) ? one.elements.slice(0, 1) : []));
  return allUses(tuples, stand, look);
}

/** A name of the code: a text, a list or an object that stands elsewhere in the file. */
async function namedUses(
  node: TypeScript.Identifier | TypeScript.PropertyAccessExpression,
  given: Stand,
  look: Look,
): Promise<readonly CodeUse[]> {
  if (given.meaning === 'value' || given.through.has(node.getText())) return [];
  const stand: Stand = { ...given, through: new Set([...given.through, node.getText()]) };
  const list = listNamed(node, look.file.names());
  if (list !== undefined) return (await allUses(list.lists, stand, look)).map((use) => throughConstants(use, [list]));
  const constant = look.tree.constants.at(node);
  const isText = constant !== undefined && literalPieces(constant.value, look.tree.constants) !== undefined;
  if (constant !== undefined && (isText || ['output', 'named'].includes(stand.meaning)))
    return (await argumentUses(constant.value, stand, look)).map((use) => throughConstants(use, [constant]));
  if (['output', 'named'].includes(stand.meaning)) return [];
  return stand.meaning === 'key' && stand.isOnly && /where/i.test(stand.call) ? writeUses(node, stand, look) : [];
}

/** What is written, or compared, wherever its keys stand in this file. */
async function writeUses(argument: TypeScript.Expression, stand: Stand, look: Look): Promise<readonly CodeUse[]> {
  const names = look.file.names();
  if (names === undefined) return [];
  const columns = new Set(
    look.tree.changes.flatMap((change) => ('column' in change ? [inCode(change.column, look.roles)] : [])),
  );
  const { objects, members, unseen } = writtenObjects(argument, { names, columns });
  const uses: CodeUse[] = [];
  for (const { object, flow, isChanged } of objects) {
    for (const use of await objectUses(object, stand, look)) {
      const types = [...flow.types, ...typesOfSource(look.chain.outermost)];
      const meetings = [...flow.meetings, ...(use.flow?.meetings ?? [])];
      const whole = { ...use, flow: { meetings, types, name: nameAt(use, look) } };
      const isOwn = use.role === 'write' || (stand.meaning === 'key' && flow.meetings.length > 0);
      uses.push(!isOwn ? use : isChanged ? { ...whole, first: use.final } : whole);
    }
  }
  for (const { name, flow } of members) {
    for (const use of await nameUses(name, { ...stand, meaning: stand.meaning === 'write' ? 'write' : 'key' }, look))
      uses.push({ ...use, flow: { ...flow, name: name.text } });
  }
  if (stand.meaning === 'write') for (const part of unseen) uses.push(...(await unknownWrite(part, look)));
  return uses;
}

function nameAt({ change }: CodeUse, { tree, roles }: Look): string {
  const wanted = tree.changes[change];
  return wanted !== undefined && 'column' in wanted ? inCode(wanted.column, roles) : '';
}

async function objectUses(
  object: TypeScript.ObjectLiteralExpression,
  stand: Stand,
  look: Look,
): Promise<readonly CodeUse[]> {
  const uses: CodeUse[] = [];
  for (const property of object.properties) uses.push(...(await memberUses(property, stand, look)));
  return uses;
}

const keyed: readonly Meaning[] = ['key', 'pair', 'write', 'guess'];

async function memberUses(
  property: TypeScript.ObjectLiteralElementLike,
  stand: Stand,
  look: Look,
): Promise<readonly CodeUse[]> {
  const { meaning } = stand;
  if (ts.isSpreadAssignment(property)) return meaning === 'write' ? [] : argumentUses(property.expression, stand, look);
  const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
  const key = propertyName(property);
  const { name } = property;
  const uses: CodeUse[] = [];
  if (keyed.includes(meaning) && name !== undefined) {
    if (ts.isComputedPropertyName(name))
      uses.push(...(await argumentUses(name.expression, { ...stand, meaning: 'key' }, look)));
    else if (key !== undefined) uses.push(...(await propertyUses({ property, name, key }, stand, look)));
  }
  const inner = valueMeaning(stand, key);
  return value === undefined ? uses : [...uses, ...(await argumentUses(value, { ...stand, meaning: inner }, look))];
}

async function propertyUses(property: Omit<Property, 'found'>, stand: Stand, look: Look): Promise<readonly CodeUse[]> {
  const uses = await nameUses({ text: property.key, node: property.name }, stand, look);
  return stand.meaning === 'guess' ? uses : uses.map((found) => propertyUse({ ...property, found }, stand, look));
}

/** What a value of an object is, by what the object is. */
function valueMeaning({ meaning, index }: Stand, key: string | undefined): Meaning {
  if (meaning === 'output') return 'key';
  if (meaning === 'named') return key === 'as' && index > 0 ? 'value' : 'key';
  if (meaning === 'order') return key === 'column' ? 'key' : 'value';
  if (meaning === 'pair') return 'key';
  return meaning === 'guess' ? 'guess' : 'value';
}

/** `raw('?? = ?', ['name', x])`, `raw(':column:', { column: 'name' })` */
async function bindingUses(
  [text, bindings]: readonly TypeScript.Expression[],
  stand: Stand,
  look: Look,
): Promise<readonly CodeUse[]> {
  const pieces = (text && literalPieces(text, look.tree.constants)) ?? [];
  const plain = pieces.map((piece) => piece.text).join('');
  const key: Stand = { ...stand, meaning: 'key' };
  if (bindings === undefined) return [];
  const marks = [...plain.matchAll(/\?\??/g)].map(([mark]) => mark);
  if (ts.isStringLiteralLike(bindings)) return marks[0] === '??' ? nameUses(bindings, key, look) : [];
  if (ts.isArrayLiteralExpression(bindings)) {
    const uses = bindings.elements.map((one, index) =>
      argumentUses(one, marks[index] === '??' ? key : { ...stand, meaning: 'value' }, look),
    );
    return (await Promise.all(uses)).flat();
  }
  if (!ts.isObjectLiteralExpression(bindings)) return [];
  const named = bindings.properties.flatMap((one) =>
    ts.isPropertyAssignment(one) && plain.includes(`:${propertyName(one)}:`) ? [one.initializer] : [],
  );
  return allUses(named, key, look);
}

/** A function that goes on building; what it gives means what the function stands for. */
async function bodyUses(node: FunctionNode, stand: Stand, look: Look): Promise<readonly CodeUse[]> {
  const bound = node.parameters.flatMap(({ name }) => namesBound(name));
  const own = ts.isFunctionExpression(node) ? ['this', ...bound] : bound;
  const inner: Stand = { ...stand, receivers: new Set([...stand.receivers, ...own]) };
  const given = returnsOf(node);
  const uses = await allUses(given, inner, look);
  if (!ts.isBlock(node.body)) return uses;
  return [...uses, ...(await belowUses(node.body, inner, look))];
}

/** A call within an argument: of the builder that a callback is given, of a function of SQL, or of anything else. */
async function callUses(call: TypeScript.CallExpression, stand: Stand, look: Look): Promise<readonly CodeUse[]> {
  if (look.isChain(call)) return [];
  const name = calledName(call) ?? '';
  const { expression: callee } = call;
  const given = [...call.arguments];
  const before = ts.isPropertyAccessExpression(callee) ? callee.expression : undefined;
  const base = before === undefined ? [] : await argumentUses(before, { ...stand, meaning: 'value' }, look);
  const earlier = [...base, ...(await listedUses(call, stand, look))];
  if (/^sql\.id$/.test(callee.getText())) return [...earlier, ...(await sqlIdUses(given, stand, look))];
  const meanings = meaningsOfCall(call, stand, look);
  const isBare = name === 'ref' && stand.meaning === 'output' && !ts.isPropertyAccessExpression(call.parent);
  const uses = await givenUses(given, { meanings, call: name, receivers: stand.receivers }, look);
  return [...earlier, ...(isBare ? uses.map((use) => named(use, call, look)) : uses)];
}

/** Names that a function gives, or makes of a list. */
async function listedUses(call: TypeScript.CallExpression, stand: Stand, look: Look): Promise<readonly CodeUse[]> {
  const key = call.getText();
  if (stand.meaning === 'value' || stand.meaning === 'guess' || stand.meaning === 'write') return [];
  const known = { names: look.tree.names, constants: look.tree.constants };
  const mapped = mappedNames(call, known);
  if (mapped !== undefined) {
    const uses = mapped.map(async ({ literal, prefix, through }) => {
      const path = literal.getSourceFile().fileName;
      const spelled = { text: `${prefix}${literal.text}`, end: literal.getEnd() - 1, path };
      return (await spelledUses(spelled, stand, look)).map((use) => throughConstants(use, [through]));
    });
    return (await Promise.all(uses)).flat();
  }
  const results = stand.through.has(key) ? [] : resultsOf(call, look.tree.names);
  return allUses(results, { ...stand, through: new Set([...stand.through, key]) }, look);
}

const isDynamic = 'No patch: an output by ref has no alias here, and who reads the rows knows the old name.';

/** `ref('name')` as an output keeps its name. */
function named(use: CodeUse, call: TypeScript.CallExpression, look: Look): CodeUse {
  if (use.final.length === 0) return use;
  if (look.roles.kind !== 'knex') return { ...use, first: [], final: [], unedited: isDynamic };
  const end = call.getEnd();
  const edits = [...use.final, { start: end, end, parts: [`.as('${nameAt(use, look)}')`] }];
  return { ...use, first: edits, final: edits };
}

function meaningsOfCall(call: TypeScript.CallExpression, stand: Stand, { roles }: Look): readonly Meaning[] {
  const name = calledName(call) ?? '';
  const { expression: callee } = call;
  const known = meaningsOf(name, roles.calls);
  if (ts.isIdentifier(callee) && stand.receivers.has(name)) return known[0] === 'guess' ? whereMeanings : known;
  const root = rootOf(callee);
  const isOwn = stand.receivers.has(root) || /(^|\.)fn(\.\w+)?$/.test(callee.getText());
  if (isOwn || name === 'ref' || name === 'raw') return known;
  return [stand.meaning === 'value' || stand.meaning === 'write' ? 'value' : 'guess'];
}

/** `eb('name', '=', x)` */
const whereMeanings: readonly Meaning[] = ['key', 'value'];
