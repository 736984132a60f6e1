import type { SgNode } from '@ast-grep/napi';
import { replaceNode, spanOf } from '../../../engine/edit-node.ts';
import { declarationOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type TextEdit, type Unresolved } from '../../../recipe.ts';
import { callOf, newOf } from '../reading/call-of.ts';
import { bindingsOfModule, moduleUses } from '../reading/module-uses.ts';

/** `gzip.bytesRead` is `gzip.bytesWritten`. */
export const zlibBytes: FileTransform = {
  kind: 'file',
  id: 'zlib-bytes',
  why: 'Node 23 removed `bytesRead` of the streams of `node:zlib` (DEP0108); `bytesWritten` is the same number.',
  files: sourceFiles,
  mentions: ['bytesRead'],
  transform(file) {
    const root = file.root();
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    if (bindingsOfModule(root, 'zlib').length === 0) return { edits, unresolved };
    const made = new Set(
      moduleUses(root, 'zlib')
        .filter(({ member }) => /^create[A-Z]|^[A-Z]/.test(member))
        .flatMap(({ node }) => declaredAs(callOf(node) ?? newOf(node))),
    );
    for (const member of membersNamed(root, ['bytesRead'])) {
      const object = member.field('object');
      const property = member.field('property');
      const declared = object?.is('identifier') === true ? declarationOf(object) : undefined;
      if (property === null) continue;
      if (declared !== undefined && (made.has(declared.id()) || isParameter(declared)))
        edits.push(replaceNode(property, 'bytesWritten'));
      else
        unresolved.push({
          ...spanOf(member),
          message: `\`${member.text()}\` is gone where it is a stream of zlib, and what it is here cannot be seen.`,
          cure: 'Write `bytesWritten` if it is a stream of zlib; sockets and files keep `bytesRead`.',
          symbol: 'zlib.bytesRead',
          evidence: 'Deprecated APIs, DEP0108',
        });
    }
    return { edits, unresolved };
  },
};

function declaredAs(made: SgNode | undefined): readonly number[] {
  const declarator = made?.parent();
  const name = declarator?.is('variable_declarator') === true ? declarator.field('name') : null;
  return name?.is('identifier') === true ? [name.id()] : [];
}

/** In a file that deals with zlib alone, what is handed in is taken for such a stream. */
function isParameter(declared: SgNode): boolean {
  const kind = String(declared.parent()?.kind());
  return kind === 'formal_parameters' || kind === 'required_parameter' || kind === 'arrow_function';
}

function membersNamed(root: SgNode, names: readonly string[]): readonly SgNode[] {
  return root
    .findAll({ rule: { kind: 'member_expression' } })
    .filter((node) => names.includes(node.field('property')?.text() ?? ''));
}

const headers: Readonly<Record<string, string>> = { _headers: 'getHeaders()', _headerNames: 'getRawHeaderNames()' };

/** `res._headers` is `res.getHeaders()`. */
export const outgoingHeaders: FileTransform = {
  kind: 'file',
  id: 'outgoing-headers',
  why: 'Node 24 removed `OutgoingMessage.prototype._headers` and `_headerNames` (DEP0066); `getHeaders()` and its siblings read and `setHeader()` writes.',
  files: sourceFiles,
  mentions: ['_header'],
  transform(file) {
    const root = file.root();
    const edits: TextEdit[] = [];
    const unresolved: Unresolved[] = [];
    const isServer = ['http', 'https', 'http2'].some((module) => bindingsOfModule(root, module).length > 0);
    for (const member of membersNamed(root, Object.keys(headers))) {
      const property = member.field('property');
      const object = member.field('object');
      const declared = object?.is('identifier') === true ? declarationOf(object) : undefined;
      const isSure = isServer && declared !== undefined && isSecondParameter(declared) && !isWritten(member);
      if (property !== null && isSure) edits.push(replaceNode(property, headers[property.text()] ?? property.text()));
      else if (
        object !== null &&
        /^(res|response|resp|reply|msg|message|req|request)$|\.(res|response|raw)$/.test(object.text())
      )
        unresolved.push({
          ...spanOf(member),
          message: `\`${member.text()}\` is gone in Node 24 where it is a message of \`node:http\`.`,
          cure: 'Read with `getHeaders()`, `getHeader(name)` or `getHeaderNames()`; write with `setHeader()` and `removeHeader()`.',
          symbol: 'OutgoingMessage._headers',
          evidence: 'Deprecated APIs, DEP0066',
        });
    }
    return { edits, unresolved };
  },
};

function isSecondParameter(declared: SgNode): boolean {
  const own = declared.parent();
  const list = own?.is('formal_parameters') === true ? own : own?.parent();
  if (list?.is('formal_parameters') !== true) return false;
  const [, second] = list.namedChildren();
  return second !== undefined && (second.id() === declared.id() || second.id() === own?.id());
}

/** An object that is given back is a copy: writing to it, or taking from it, does nothing. */
function isWritten(member: SgNode): boolean {
  const parent = member.parent();
  const holder =
    parent?.is('subscript_expression') === true || parent?.is('member_expression') === true ? parent : member;
  const above = holder.parent();
  const isTarget = above?.is('assignment_expression') === true && above.field('left')?.id() === holder.id();
  return isTarget || (above?.is('unary_expression') === true && above.text().startsWith('delete'));
}
