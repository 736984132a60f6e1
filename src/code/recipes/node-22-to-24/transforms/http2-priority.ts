import type { SgNode } from '@ast-grep/napi';
import { spanOf } from '../../../engine/edit-node.ts';
import { declarationOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type TextEdit } from '../../../recipe.ts';
import { argumentsOf, callOf } from '../reading/call-of.ts';
import { moduleUses } from '../reading/module-uses.ts';

/** Priorities of streams are no longer sent. */
export const http2Priority: FileTransform = {
  kind: 'file',
  id: 'http2-priority',
  why: 'Node 24.2 takes no priorities of HTTP/2 streams any more (DEP0194): the protocol itself has given them up, and they had no effect.',
  files: sourceFiles,
  mentions: ['priority'],
  transform(file) {
    const root = file.root();
    const edits: TextEdit[] = [];
    const connects = moduleUses(root, 'http2').filter(({ member }) => member === 'connect');
    const sessions = new Set(connects.flatMap(({ node }) => nameOf(callOf(node))));
    const calls = root.findAll({ rule: { kind: 'call_expression' } });
    const streams = new Set(calls.filter((call) => isOn(call, 'request', sessions)).flatMap((call) => nameOf(call)));
    for (const call of calls) {
      const isConnect = connects.some(({ node }) => callOf(node)?.id() === call.id());
      const isSession = isOn(call, 'request', sessions) || isOn(call, 'settings', sessions);
      if (isConnect || isSession) edits.push(...withoutPriority(argumentsOf(call).at(-1)));
      const statement = call.parent();
      if (isOn(call, 'priority', streams) && statement?.is('expression_statement') === true) {
        const { offset, length } = spanOf(statement);
        edits.push({ offset, length, text: '' });
      }
    }
    return { edits, unresolved: [] };
  },
};

function nameOf(call: SgNode | undefined): readonly number[] {
  const declarator = call?.parent();
  const name = declarator?.is('variable_declarator') === true ? declarator.field('name') : null;
  return name?.is('identifier') === true ? [name.id()] : [];
}

function isOn(call: SgNode, method: string, objects: ReadonlySet<number>): boolean {
  const callee = call.field('function');
  const object = callee?.field('object');
  if (callee?.field('property')?.text() !== method || object?.is('identifier') !== true) return false;
  const declared = declarationOf(object);
  return declared !== undefined && objects.has(declared.id());
}

/** The pair with its comma; the whole argument where nothing else stands in it. */
function withoutPriority(options: SgNode | undefined): readonly TextEdit[] {
  const pairs = options?.is('object') === true ? options.namedChildren() : [];
  const at = pairs.findIndex((pair) => pair.field('key')?.text() === 'priority');
  const pair = pairs[at];
  if (options === undefined || pair === undefined) return [];
  const { offset, length } = spanOf(pair);
  if (pairs.length === 1) {
    const before = options.prev();
    const isFirst = before?.text() !== ',';
    const start = isFirst ? spanOf(options).offset : spanOf(before).offset;
    return [{ offset: start, length: spanOf(options).offset + spanOf(options).length - start, text: '' }];
  }
  const next = pairs[at + 1];
  if (next !== undefined) return [{ offset, length: spanOf(next).offset - offset, text: '' }];
  const last = pairs[at - 1];
  const start = last === undefined ? offset : spanOf(last).offset + spanOf(last).length;
  return [{ offset: start, length: offset + length - start, text: '' }];
}
