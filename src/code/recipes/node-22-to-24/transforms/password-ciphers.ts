import type { SgNode } from '@ast-grep/napi';
import { declarationIn } from '../../../engine/scope.ts';
import { type ModuleWork, moduleTransform } from '../editing/module-work.ts';
import { quoteOf } from '../editing/new-import.ts';
import { argumentsOf, callOf } from '../reading/call-of.ts';
import type { ModuleUse } from '../reading/module-uses.ts';

const ciphers: Readonly<Record<string, string>> = {
  createCipher: 'createCipheriv',
  createDecipher: 'createDecipheriv',
};
const helper = 'keyAndVectorOf';

/**
 * `crypto.createCipher(algorithm, password)` is `createCipheriv()` with key and vector as the old function derived them: the
 * same bytes, so that what was written stays readable. A key of another derivation would make it unreadable without a word.
 */
export const passwordCiphers = moduleTransform(
  {
    id: 'password-ciphers',
    why: 'Node 22 removed `crypto.createCipher()` and `createDecipher()` (DEP0106); `createCipheriv()` takes the key and the vector that they derived of a password.',
    module: 'crypto',
    mentions: Object.keys(ciphers),
  },
  (work) => {
    const { root, path } = work;
    const old = work.uses.filter(({ member }) => Object.hasOwn(ciphers, member));
    const isFree = declarationIn(root, helper) === undefined && !/\.[cm]?tsx?$/.test(path);
    const going = isFree ? old.filter(isPlain) : [];
    const [first] = going;
    const [info, hash] =
      first === undefined ? [] : ['getCipherInfo', 'createHash'].map((name) => work.nameFor(first, name));
    for (const use of old) {
      const name = going.includes(use) && info !== undefined && hash !== undefined ? nameOf(work, use) : undefined;
      if (name === undefined) work.leave(use.node, left(use));
      else rewrite(work, use, name);
    }
    if (info === undefined || hash === undefined) return;
    const end = root.text().trimEnd().length;
    work.put({ offset: end, length: 0, text: `\n\n${derivation(root, info, hash)}` });
  },
);

function nameOf({ nameFor }: ModuleWork, use: ModuleUse): string | undefined {
  return nameFor(use, ciphers[use.member] ?? use.member);
}

/** A call whose first argument can be written twice, of a module that the whole file knows. */
function isPlain({ node, binding }: ModuleUse): boolean {
  const [algorithm, password] = argumentsOf(callOf(node));
  if (algorithm === undefined || password === undefined || password.is('spread_element')) return false;
  const statement =
    binding?.statement.is('variable_declarator') === true ? binding.statement.parent() : binding?.statement;
  const isKnown = binding === undefined || statement?.parent()?.is('program') === true;
  return isKnown && (algorithm.is('string') || /^[\w$]+(\.[\w$]+)*$/.test(algorithm.text()));
}

function rewrite(work: ModuleWork, use: ModuleUse, name: string): void {
  const call = callOf(use.node);
  const [algorithm, password] = argumentsOf(call);
  if (call === undefined || algorithm === undefined || password === undefined) return;
  if (use.holder === undefined) work.drop(use);
  work.edit(use.node, name);
  work.edit(password, `...${helper}(${algorithm.text()}, ${password.text()})`);
  work.leave(call, {
    message: `\`${use.member}()\` is gone since Node 22; \`${helper}()\` derives the key as it did, with one round of MD5 and no salt: what was written stays readable, and is weak.`,
    cure: `For what is written from now on, take a key of \`scryptSync()\` with a random salt and a random vector, and store both with the text.`,
    symbol: `crypto.${use.member}`,
    evidence: 'Deprecated APIs, DEP0106',
  });
}

function left({ node, member }: ModuleUse) {
  return {
    message: `\`${node.text()}\` is gone since Node 22.`,
    cure: `Use \`${ciphers[member] ?? member}()\` with a key from \`scryptSync()\` and a random vector that is stored with the text; what was written before is read with the key that the old function derived (MD5, one round, no salt).`,
    symbol: `crypto.${member}`,
    evidence: 'Deprecated APIs, DEP0106',
  };
}

/** Key and vector of a password, as OpenSSL's EVP_BytesToKey makes them with MD5, one round and no salt. */
function derivation(root: SgNode, info: string, hash: string): string {
  const unit = /^(\t| {2,})\S/m.exec(root.text())?.[1] ?? '  ';
  const quote = quoteOf(root);
  const lines = [
    `function ${helper}(algorithm, password) {`,
    `${unit}const { keyLength, ivLength = 0 } = ${info}(algorithm) ?? {};`,
    `${unit}let bytes = Buffer.alloc(0);`,
    `${unit}for (let last = bytes; bytes.length < keyLength + ivLength; bytes = Buffer.concat([bytes, last])) {`,
    `${unit}${unit}last = ${hash}(${quote}md5${quote}).update(last).update(password).digest();`,
    `${unit}}`,
    `${unit}const vector = ivLength === 0 ? null : bytes.subarray(keyLength, keyLength + ivLength);`,
    `${unit}return [bytes.subarray(0, keyLength), vector];`,
    '}',
  ];
  const hasEnds = /;[ \t]*(\r?\n|$)/.test(root.text());
  return lines.map((line) => (hasEnds ? line : line.replace(/;$/, ''))).join('\n');
}
