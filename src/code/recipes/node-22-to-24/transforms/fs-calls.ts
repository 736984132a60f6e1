import type { SgNode } from '@ast-grep/napi';
import { bindingsOf } from '../../../engine/bindings.ts';
import { declarationOf } from '../../../engine/scope.ts';
import { moduleTransform } from '../editing/module-work.ts';
import { renameUses } from '../editing/rename-uses.ts';
import { argumentsOf, callOf } from '../reading/call-of.ts';
import { isBuiltin, type ModuleUse } from '../reading/module-uses.ts';

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

/** `fs.rmdir(path, { recursive: true })` is `fs.rm(path, { recursive: true, force: true })`. */
export const fsRmdir = moduleTransform(
  {
    id: 'fs-rmdir',
    why: '`fs.rmdir()` with `recursive` is deprecated since Node 14, warns since 16 (DEP0147) and is refused in 25; `fs.rm()` with `recursive` and `force` is what the manual of `fs.rmdir()` names for it.',
    module: 'fs',
    mentions: ['rmdir'],
  },
  (work) => {
    for (const [from, to] of Object.entries(removals)) {
      const uses = work.uses.filter((use) => use.member === from && isRecursive(callOf(use.node)));
      for (const use of uses) forced(use, work.edit);
      renameUses(work, uses, to);
    }
    for (const use of work.uses.filter(({ member }) => member === 'promises')) {
      const member = use.node.parent();
      const property = member?.kind() === 'member_expression' ? member.field('property') : null;
      if (member == null || property?.text() !== 'rmdir' || !isRecursive(callOf(member))) continue;
      forcedCall(callOf(member), work.edit);
      work.edit(property, 'rm');
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
    for (const use of uses) forced(use, work.edit);
    renameUses(work, uses, 'rm');
  },
);

function forced({ node }: ModuleUse, edit: (node: SgNode, text: string) => void): void {
  forcedCall(callOf(node), edit);
}

function forcedCall(call: SgNode | undefined, edit: (node: SgNode, text: string) => void): void {
  const options = argumentsOf(call)[1];
  if (options === undefined || /\bforce\b/.test(options.text())) return;
  const recursive = options.namedChildren().find((one) => one.field('key')?.text() === 'recursive');
  if (recursive !== undefined) edit(recursive, `${recursive.text()}, force: true`);
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
