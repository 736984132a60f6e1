import { specifiersOf } from '../../../engine/bindings.ts';
import { spanOf } from '../../../engine/edit-node.ts';
import { type FileTransform, sourceFiles, type Unresolved } from '../../../recipe.ts';
import { isBuiltin, moduleUses } from '../reading/module-uses.ts';

type Left = {
  readonly module: string;
  readonly members: readonly string[];
  readonly says: string;
  readonly cure: string;
  readonly code: string;
};

/** What has no counterpart that would mean the same. */
const left: readonly Left[] = [
  {
    module: 'crypto',
    members: ['Credentials', 'DEFAULT_ENCODING'],
    says: 'is gone',
    cure: 'Name the encoding in each call; `tls.SecureContext` is what `Credentials` was.',
    code: 'DEP0011, DEP0091',
  },
  {
    module: 'url',
    members: ['resolve'],
    says: 'is legacy: it parses otherwise than browsers do',
    cure: 'Use `new URL(to, from).href` where `from` is a whole address; it throws for what is none.',
    code: 'DEP0116',
  },
  {
    module: 'net',
    members: ['_setSimultaneousAccepts'],
    says: 'is going, and does nothing',
    cure: 'Take the call away.',
    code: 'DEP0121',
  },
  {
    module: 'repl',
    members: ['REPL_MODE_MAGIC'],
    says: 'is gone since Node 10',
    cure: 'Use `REPL_MODE_SLOPPY`.',
    code: 'DEP0065',
  },
  {
    module: 'async_hooks',
    members: ['currentId', 'triggerId'],
    says: 'is gone',
    cure: 'Use `executionAsyncId()` and `triggerAsyncId()`.',
    code: 'DEP0070, DEP0071',
  },
  {
    module: 'fs',
    members: ['exists', 'lchmod', 'lchmodSync', 'SyncWriteStream'],
    says: 'is deprecated',
    cure: 'Use `fs.existsSync()` or `fs.access()`; links have no mode of their own.',
    code: 'DEP0034, DEP0035, DEP0061',
  },
];

/** Modules that are going as a whole. */
const modules: readonly { readonly name: string; readonly cure: string; readonly code: string }[] = [
  {
    name: 'punycode',
    cure: 'Install the package punycode and import it as `punycode/`, or use `url.domainToASCII()`.',
    code: 'DEP0040',
  },
  { name: 'domain', cure: 'Use `AsyncLocalStorage`, and handle errors where they arise.', code: 'DEP0032' },
  { name: 'sys', cure: 'It is `node:util` under an old name.', code: 'DEP0025' },
  { name: '_linklist', cure: 'Keep a list of your own.', code: 'DEP0002' },
  ...[
    '_stream_readable',
    '_stream_writable',
    '_stream_duplex',
    '_stream_transform',
    '_stream_passthrough',
    '_stream_wrap',
  ].map((name) => ({
    name,
    cure: 'Import the class of `node:stream`.',
    code: 'DEP0125, and for all of them the changelog of Node 24',
  })),
];

/** One transform, since nothing is edited: what a person has to decide is listed. */
export const leftToPeople: FileTransform = {
  kind: 'file',
  id: 'left-to-people',
  why: 'Some of what Node removed or deprecated has no counterpart that means the same; a person decides (the list Deprecated APIs).',
  files: sourceFiles,
  mentions: [],
  transform(file) {
    const root = file.root();
    const unresolved: Unresolved[] = [];
    for (const { module, members, says, cure, code } of left) {
      if (!file.text.includes(module)) continue;
      for (const { node, member } of moduleUses(root, module)) {
        if (!members.includes(member)) continue;
        unresolved.push({
          ...spanOf(node),
          message: `\`${node.text()}\` ${says}.`,
          cure,
          symbol: `${module}.${member}`,
          evidence: `Deprecated APIs, ${code}`,
        });
      }
    }
    for (const { name, cure, code } of modules) {
      if (!file.text.includes(name)) continue;
      for (const node of specifiersOf(root, isBuiltin(name))) {
        unresolved.push({
          ...spanOf(node),
          message: `The module \`${name}\` is deprecated.`,
          cure,
          symbol: name,
          evidence: `Deprecated APIs, ${code}`,
        });
      }
    }
    return { edits: [], unresolved };
  },
};
