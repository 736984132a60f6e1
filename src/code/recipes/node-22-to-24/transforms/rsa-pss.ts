import type { SgNode } from '@ast-grep/napi';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { declarationOf, usesOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import { argumentsOf, callOf, stringIn } from '../reading/call-of.ts';
import { constantValue, knownText } from '../reading/known-text.ts';
import { moduleUses } from '../reading/module-uses.ts';
import { boundValueOf, optionSources } from '../reading/option-objects.ts';

const names: Readonly<Record<string, string>> = { hash: 'hashAlgorithm', mgf1Hash: 'mgf1HashAlgorithm' };
const makers = new Set(['generateKeyPair', 'generateKeyPairSync']);

/** Options of keys for RSA-PSS. */
export const rsaPss: FileTransform = {
  kind: 'file',
  id: 'rsa-pss',
  why: 'The options `hash` and `mgf1Hash` of `crypto.generateKeyPair("rsa-pss", …)` warn since Node 20 (DEP0154); they are `hashAlgorithm` and `mgf1HashAlgorithm`.',
  files: sourceFiles,
  mentions: ['rsa-pss'],
  transform(file) {
    const edits = new Map<number, TextEdit>();
    const unresolved: Unresolved[] = [];
    const calls = callsIn(file.root()).filter((call) => isRsaPss(argumentsOf(call)[0]));
    const ids = new Set(calls.map((call) => call.id()));
    const computed: SgNode[] = [];
    for (const options of calls.flatMap((call) => argumentsOf(call)[1] ?? [])) {
      const { objects, members, isWhole } = optionSources(options, ids);
      const own = objects.flatMap(computedIn);
      computed.push(...own);
      if (!isWhole || own.some((key) => textOf(key) === undefined)) unresolved.push(unseen(options));
      for (const key of [...objects.flatMap(keysOf), ...members.filter(isOld)]) edits.set(key.id(), renamed(key));
    }
    const known = new Set(computed.map((key) => key.id()));
    for (const key of computed) {
      const edit = computedEdit(key, known);
      if (edit !== undefined) edits.set(edit.node.id(), replaceNode(edit.node, edit.text));
    }
    return { edits: [...edits.values()], unresolved };
  },
};

function computedIn(object: SgNode): readonly SgNode[] {
  const keys = object.namedChildren().map((part) => part.field('key'));
  return keys.flatMap((key) => (key?.is('computed_property_name') === true ? [key] : []));
}

function textOf(computed: SgNode): string | undefined {
  return knownText(computed.namedChildren()[0]);
}

/** Where a constant is the key of such options and nothing else, the constant changes; else the key is written out. */
function computedEdit(
  key: SgNode,
  known: ReadonlySet<number>,
): { readonly node: SgNode; readonly text: string } | undefined {
  const name = textOf(key);
  const now = name === undefined || !Object.hasOwn(names, name) ? undefined : names[name];
  if (now === undefined) return undefined;
  const inner = key.namedChildren()[0];
  const value = inner?.is('identifier') === true ? constantValue(inner) : undefined;
  const declared = inner === undefined ? undefined : declarationOf(inner);
  const isOnlyKey =
    value !== undefined &&
    declared !== undefined &&
    usesOf(declared).every((use) => known.has(use.parent()?.id() ?? -1));
  if (!isOnlyKey) return { node: key, text: now };
  const quote = /^[^'"]*(['"])/.exec(value.text())?.[1] ?? "'";
  return { node: value, text: `${quote}${now}${quote}` };
}

function unseen(options: SgNode): Unresolved {
  return {
    ...spanOf(options),
    message: `Whether \`${options.text().split('\n')[0]}\` holds \`hash\` or \`mgf1Hash\` cannot be seen.`,
    cure: 'Call them `hashAlgorithm` and `mgf1HashAlgorithm` where the options are made.',
    symbol: 'crypto.generateKeyPair',
    evidence: 'Deprecated APIs, DEP0154',
  };
}

/** Calls of the two functions, also of what `promisify` made of them. */
function callsIn(root: SgNode): readonly SgNode[] {
  const own = moduleUses(root, 'crypto').filter(({ member }) => makers.has(member));
  const promisers = new Set(
    moduleUses(root, 'util').flatMap(({ node, member }) => (member === 'promisify' ? (callOf(node)?.id() ?? []) : [])),
  );
  const promised = own.flatMap(({ node }) => {
    const call = node.parent()?.parent();
    const declarator = call?.parent();
    const isPromised = call?.is('call_expression') === true && promisers.has(call.id());
    const name = isPromised && declarator?.is('variable_declarator') === true ? declarator.field('name') : null;
    return name === null ? [] : [name.text()];
  });
  const named = root
    .findAll({ rule: { kind: 'call_expression' } })
    .filter((call) => promised.includes(call.field('function')?.text() ?? ''));
  return [...own.flatMap(({ node }) => callOf(node) ?? []), ...named];
}

function isRsaPss(type: SgNode | undefined): boolean {
  if (stringIn(type) === 'rsa-pss') return true;
  return type?.is('identifier') === true && stringIn(boundValueOf(type)) === 'rsa-pss';
}

function isOld(key: SgNode): boolean {
  return Object.hasOwn(names, key.text().replaceAll(/['"]/g, ''));
}

function keysOf(object: SgNode): readonly SgNode[] {
  return object.namedChildren().flatMap((part) => {
    const key = part.is('shorthand_property_identifier') ? part : part.field('key');
    return key !== null && isOld(key) ? [key] : [];
  });
}

function renamed(key: SgNode): TextEdit {
  const name = key.text().replaceAll(/['"]/g, '');
  const now = names[name] ?? name;
  if (key.is('shorthand_property_identifier')) return replaceNode(key, `${now}: ${name}`);
  return replaceNode(key, key.text().replace(name, now));
}
