import type { FileTransform } from '../../../recipe.ts';
import { moduleTransform } from '../editing/module-work.ts';
import { callOf } from '../reading/call-of.ts';

const http = ['Agent', 'ClientRequest', 'IncomingMessage', 'OutgoingMessage', 'Server', 'ServerResponse'];
const streams = [
  'Gzip',
  'Gunzip',
  'Deflate',
  'Inflate',
  'DeflateRaw',
  'InflateRaw',
  'Unzip',
  'BrotliCompress',
  'BrotliDecompress',
];

const classes: readonly { readonly module: string; readonly names: readonly string[]; readonly why: string }[] = [
  {
    module: 'http',
    names: http,
    why: 'Classes of `node:http` called without `new` are deprecated since Node 22 (DEP0195).',
  },
  {
    module: 'https',
    names: ['Agent', 'Server'],
    why: 'Classes of `node:https` called without `new` are deprecated since Node 22 (DEP0195).',
  },
  {
    module: 'repl',
    names: ['REPLServer', 'Recoverable'],
    why: 'Classes of `node:repl` called without `new` are deprecated since Node 22 (DEP0185).',
  },
  {
    module: 'zlib',
    names: streams,
    why: 'Classes of `node:zlib` called without `new` are deprecated since Node 22 (DEP0184).',
  },
];

/** `http.Agent()` is `new http.Agent()`. */
export const withNew: readonly FileTransform[] = classes.map(({ module, names, why }) =>
  moduleTransform({ id: `${module}-with-new`, why, module, mentions: names }, ({ uses, put }) => {
    for (const { node, member } of uses) {
      if (!names.includes(member) || callOf(node) === undefined) continue;
      put({ offset: node.range().start.index, length: 0, text: 'new ' });
    }
  }),
);
