import type { SgNode } from '@ast-grep/napi';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import { stringIn } from '../reading/call-of.ts';

const old = 'ERR_INVALID_CALLBACK';
const now = 'ERR_INVALID_ARG_TYPE';

/** The code of a callback that is no function. */
export const errorCodes: FileTransform = {
  kind: 'file',
  id: 'error-codes',
  why: 'Node 18 gives `ERR_INVALID_ARG_TYPE` where `ERR_INVALID_CALLBACK` was given (DEP0159).',
  files: sourceFiles,
  mentions: [old],
  transform(file) {
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    for (const node of file.root().findAll({ rule: { kind: 'string' } })) {
      if (stringIn(node) !== old) continue;
      const twin = twinOf(node);
      if (twin !== undefined) edits.push(twin);
      else if (isCompared(node)) edits.push(replaceNode(node, node.text().replace(old, now)));
      else
        unresolved.push({
          ...spanOf(node),
          message: `\`${old}\` is never given any more; what this text is for cannot be seen.`,
          cure: `Write \`${now}\` where it is compared with the code of an error.`,
          evidence: 'Deprecated APIs, DEP0159',
        });
    }
    return { edits, unresolved };
  },
};

function isCompared(node: SgNode): boolean {
  const parent = node.parent();
  const kind = String(parent?.kind());
  if (kind === 'binary_expression' || kind === 'switch_case') return true;
  if (kind === 'pair') return parent?.field('key')?.text() === 'code';
  const call = kind === 'arguments' ? parent?.parent() : undefined;
  return call?.field('function')?.field('property')?.text() === 'includes';
}

/** `x === OLD || x === NOW` is one question. */
function twinOf(node: SgNode): TextEdit | undefined {
  const question = node.parent();
  const either = question?.parent();
  if (question?.is('binary_expression') !== true || either?.is('binary_expression') !== true) return undefined;
  if (either.field('operator')?.text() !== '||') return undefined;
  const [left, right] = [either.field('left'), either.field('right')];
  const other = left?.id() === question.id() ? right : left;
  if (other == null || !other.text().includes(now) || other.text().replace(now, old) !== question.text())
    return undefined;
  return replaceNode(either, other.text());
}
