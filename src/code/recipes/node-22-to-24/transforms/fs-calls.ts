import type { SgNode } from '@ast-grep/napi';
import { bindingsOf } from '../../../engine/bindings.ts';
import { declarationOf } from '../../../engine/scope.ts';
import type { Unresolved } from '../../../recipe.ts';
import { moduleTransform } from '../editing/module-work.ts';
import { renameUses } from '../editing/rename-uses.ts';
import { argumentsOf, callOf } from '../reading/call-of.ts';
import { isBuiltin } from '../reading/module-uses.ts';

const modes = ['F_OK', 'R_OK', 'W_OK', 'X_OK'];

/** `fs.F_OK` is `fs.constants.F_OK`. */
export const fsModes = moduleTransform(
  {
    id: 'fs-modes',
    why: 'Node 24 warns of `fs.F_OK`, `R_OK`, `W_OK` and `X_OK` (DEP0176); they stand in `fs.constants`.',
    module: 'fs',
    mentions: modes,
  },
  ({ root, uses, edit, drop, dropUnused, nameFor, leave }) => {
    dropUnused(modes);
    const named = bindingsOf(root, isBuiltin('fs')).filter(({ isTypeOnly }) => !isTypeOnly);
    const promises = named.some(({ imported }) => imported === 'constants')
      ? undefined
      : named.find(({ imported }) => imported === 'promises');
    for (const use of uses.filter(({ member }) => modes.includes(member))) {
      // `fs.promises.constants` is the same object, since Node 18.4.
      const constants =
        (use.holder === undefined && promises !== undefined ? `${promises.local}.constants` : undefined) ??
        nameFor(use, 'constants') ??
        (use.holder === undefined ? undefined : `${use.holder.text()}.constants`);
      if (constants === undefined) {
        leave(use.node, {
          message: `\`${use.node.text()}\` stands in \`fs.constants\`, and another thing is called \`constants\` here.`,
          cure: 'Import `constants` of `node:fs` under a name that is free.',
          symbol: `fs.${use.member}`,
          evidence: 'Deprecated APIs, DEP0176',
        });
        continue;
      }
      if (use.binding !== undefined) drop(use);
      const text = `${constants}.${use.member}`;
      edit(use.node, use.node.is('shorthand_property_identifier') ? `${use.node.text()}: ${text}` : text);
    }
  },
);

const removals: Readonly<Record<string, string>> = { rmdir: 'rm', rmdirSync: 'rmSync' };

/** `fs.rmdir(path, { recursive: true })` is `fs.rm(path, { recursive: true })`, where a folder stands at the path. */
export const fsRmdir = moduleTransform(
  {
    id: 'fs-rmdir',
    why: '`fs.rmdir()` with `recursive` is deprecated since Node 14, warns since 16 (DEP0147) and is refused in 25; the manual of `fs.rmdir()` names `fs.rm()` for it, which deletes a file too, where `fs.rmdir()` throws ENOTDIR.',
    module: 'fs',
    mentions: ['rmdir'],
  },
  (work) => {
    for (const [from, to] of Object.entries(removals)) {
      const uses = work.uses.filter((use) => use.member === from && isRecursive(callOf(use.node)));
      const sure = uses.filter(({ node }) => isFolder(callOf(node)));
      renameUses(work, sure, to);
      for (const { node } of uses.filter((use) => !sure.includes(use))) work.leave(node, leftRemoval(node, to));
    }
    for (const use of work.uses.filter(({ member }) => member === 'promises')) {
      const member = use.node.parent();
      const property = member?.kind() === 'member_expression' ? member.field('property') : null;
      if (member == null || property?.text() !== 'rmdir' || !isRecursive(callOf(member))) continue;
      if (isFolder(callOf(member))) work.edit(property, 'rm');
      else work.leave(member, leftRemoval(member, 'rm'));
    }
  },
);

/** The same of `node:fs/promises`. */
export const promisesRmdir = moduleTransform(
  {
    id: 'fs-promises-rmdir',
    why: '`rmdir()` of `node:fs/promises` with `recursive` is deprecated as `fs.rmdir()` is (DEP0147).',
    module: 'fs/promises',
    mentions: ['rmdir'],
  },
  (work) => {
    const uses = work.uses.filter((use) => use.member === 'rmdir' && isRecursive(callOf(use.node)));
    const sure = uses.filter(({ node }) => isFolder(callOf(node)));
    renameUses(work, sure, 'rm');
    for (const { node } of uses.filter((use) => !sure.includes(use))) work.leave(node, leftRemoval(node, 'rm'));
  },
);

function leftRemoval(node: SgNode, to: string): Omit<Unresolved, 'offset' | 'length'> {
  return {
    message: `\`${node.text()}\` with \`recursive\` warns, and Node 25 refuses it. \`${to}\` deletes a file too, where this throws ENOTDIR.`,
    cure: `Write \`${to}\` with \`{ recursive: true }\` where nothing but a folder can stand there.`,
    symbol: `fs.${node.text().replace(/^.*\./s, '')}`,
    evidence: 'Deprecated APIs, DEP0147',
    isAdvice: true,
  };
}

/** True where the file shows that a folder stands at the path of a call: it makes one there, or a temporary one. */
function isFolder(call: SgNode | undefined): boolean {
  const path = argumentsOf(call)[0];
  if (call === undefined || path === undefined) return false;
  const declared = path.is('identifier') ? declarationOf(path)?.parent() : undefined;
  const value = declared?.is('variable_declarator') === true ? (declared.field('value')?.text() ?? '') : '';
  const isConstant = declared?.parent()?.child(0)?.text() === 'const';
  if (isConstant && /^(await\s+)?([\w$]+\.)*mkdtemp(Sync)?\(/.test(value)) return true;
  if (!isConstant && !path.is('string')) return false;
  const made = call
    .getRoot()
    .root()
    .findAll({ rule: { kind: 'call_expression' } })
    .filter((one) => /(^|\.)mkdir(Sync)?$/.test(one.field('function')?.text() ?? ''));
  const before = call.range().start.index;
  return made.some((one) => one.range().end.index <= before && argumentsOf(one)[0]?.text() === path.text());
}

function isRecursive(call: SgNode | undefined): boolean {
  const options = argumentsOf(call)[1];
  const pairs = options?.is('object') === true ? options.namedChildren() : [];
  return pairs.some((pair) => pair.field('key')?.text() === 'recursive' && pair.field('value')?.text() === 'true');
}

const truncates: Readonly<Record<string, string>> = { truncate: 'ftruncate', truncateSync: 'ftruncateSync' };

/** `fs.truncate(fd)` is `fs.ftruncate(fd)`. */
export const fsTruncate = moduleTransform(
  {
    id: 'fs-truncate',
    why: 'Node 24 refuses a file descriptor in `fs.truncate()` and `fs.truncateSync()` (DEP0081); `fs.ftruncate()` takes it.',
    module: 'fs',
    mentions: ['truncate'],
  },
  (work) => {
    for (const [from, to] of Object.entries(truncates)) {
      const uses = work.uses.filter(
        ({ node, member }) => member === from && isDescriptor(argumentsOf(callOf(node))[0]),
      );
      renameUses(work, uses, to);
    }
  },
);

/** A name that `open` or `openSync` gave, or a number. */
function isDescriptor(node: SgNode | undefined): boolean {
  if (node?.is('number') === true) return true;
  const declared = node?.is('identifier') === true ? declarationOf(node) : undefined;
  const parent = declared?.parent();
  if (declared === undefined || parent == null) return false;
  if (parent.is('variable_declarator')) {
    const value = parent.field('value')?.text() ?? '';
    return /^(await\s+)?([\w$]+\.)?openSync\(/.test(value);
  }
  const parameters = parent.is('formal_parameters') ? parent : parent.parent();
  const receiver = parameters?.parent();
  const call = receiver?.parent()?.parent();
  const names = (parameters?.namedChildren() ?? []).map((one) => one.text().replace(/[:?].*$/s, ''));
  const isOpen = /(^|\.)open$/.test(call?.field('function')?.text() ?? '');
  return isOpen && names[1] === declared.text();
}
