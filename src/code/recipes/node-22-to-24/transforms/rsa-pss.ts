import type { SgNode } from '@ast-grep/napi';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { declarationOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import { argumentsOf, callOf, stringIn } from '../reading/call-of.ts';
import { moduleUses } from '../reading/module-uses.ts';

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
    for (const call of callsIn(file.root())) {
      const [type, options] = argumentsOf(call);
      if (options === undefined || !isRsaPss(type)) continue;
      const objects = objectsOf(options);
      if (objects === undefined || objects.some(hasComputed)) unresolved.push(unseen(options));
      for (const key of (objects ?? []).flatMap(keysOf)) edits.set(key.id(), renamed(key));
    }
    return { edits: [...edits.values()], unresolved };
  },
};

function hasComputed(object: SgNode): boolean {
  return object.namedChildren().some((part) => part.field('key')?.is('computed_property_name') === true);
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

function boundValueOf(name: SgNode): SgNode | null | undefined {
  const declarator = declarationOf(name)?.parent();
  return declarator?.is('variable_declarator') === true ? declarator.field('value') : undefined;
}

/** The objects that options come from; undefined where one of them cannot be seen. */
function objectsOf(node: SgNode | null | undefined, depth = 0): readonly SgNode[] | undefined {
  if (node == null || depth > 5) return undefined;
  if (node.is('identifier')) return objectsOf(boundValueOf(node), depth + 1);
  if (node.is('parenthesized_expression')) return objectsOf(node.namedChildren()[0], depth + 1);
  if (node.is('ternary_expression')) {
    const both = [node.field('consequence'), node.field('alternative')].map((one) => objectsOf(one, depth + 1));
    const seen = both.flatMap((one) => one ?? []);
    return both.includes(undefined) ? undefined : seen;
  }
  if (!node.is('object')) return undefined;
  const spread = node
    .namedChildren()
    .filter((one) => one.is('spread_element'))
    .flatMap((one) => objectsOf(one.namedChildren()[0], depth + 1) ?? []);
  return [node, ...spread];
}

function keysOf(object: SgNode): readonly SgNode[] {
  return object.namedChildren().flatMap((part) => {
    if (part.is('shorthand_property_identifier')) return Object.hasOwn(names, part.text()) ? [part] : [];
    const key = part.field('key');
    return key !== null && Object.hasOwn(names, key.text().replaceAll(/['"]/g, '')) ? [key] : [];
  });
}

function renamed(key: SgNode): TextEdit {
  const name = key.text().replaceAll(/['"]/g, '');
  const now = names[name] ?? name;
  if (key.is('shorthand_property_identifier')) return replaceNode(key, `${now}: ${name}`);
  return replaceNode(key, key.text().replace(name, now));
}
