import { EditList } from '../../../engine/edit-list.ts';
import ts from '../../../typescript.cts';
import type { Form, Forms } from '../deciding/forms.ts';
import type { Stays } from '../deciding/stays.ts';
import { targetOf } from '../deciding/target.ts';
import type { Open, World, Written } from '../deciding/world.ts';
import { type CommonModule, walk } from '../reading/common-module.ts';
import { saysPart } from '../reading/main-check.ts';
import { requiredPath } from '../reading/node-path.ts';
import type { RequireCall } from '../reading/require-call.ts';
import { writeExports } from './exports.ts';
import { lineEnd } from './line-end.ts';
import { lintIn } from './lint-config.ts';
import { listedFolders } from './listed-folders.ts';
import { renameOthers } from './rename-paths.ts';
import { renamePlaced } from './rename-placed.ts';
import { type Writing, type WrittenRequires, writeRequires } from './requires.ts';
import { styleOf } from './style.ts';
import { unclaimedWords } from './unclaimed-words.ts';

/** What writing wants to know of the tree as it is to be. */
export type Writes = {
  readonly world: World;
  readonly stays: Stays;
  readonly forms: Forms;
  readonly placeOf: (path: string) => string;
};

/** A file of CommonJS as an ES module. Pure. */
export function moduleText(module: CommonModule, form: Form, { world, forms, placeOf }: Writes): Written {
  const edits = new EditList();
  const writing: Writing = { module, world, forms, placeOf, style: styleOf(module), edits };
  const requires = writeRequires(writing);
  const exported = writeExports(form, writing, requires.names);
  const own = writeSurroundings(writing, requires);
  const placed = renamePlaced(module, writing);
  const lint = lintIn(module, writing);
  const { strict, text } = module;
  const lines = [...own.lines, ...exported.head];
  const behind = lines.length === 0 ? undefined : behindImports(module, requires);
  if (behind !== undefined) edits.insert(behind, `\n${lines.join('\n')}\n`);
  const head = [...own.imports, ...requires.head, ...(behind === undefined ? lines : [])];
  if (strict !== undefined) {
    const end = lineEnd(text, strict.end);
    edits.replace(strict.getStart(), head.length > 0 ? end : lineEnd(text, end), '');
  }
  const at = strict === undefined ? headOf(module) : strict.getStart();
  if (head.length > 0) edits.insert(at, `${head.join('\n')}\n${needsGap(module) ? '\n' : ''}`);
  if (exported.end.length > 0)
    edits.insert(text.length, `${text.endsWith('\n') || text === '' ? '' : '\n'}\n${exported.end.join('\n')}\n`);
  return {
    edits: edits.all(),
    open: [
      ...openIn(module, writing, requires),
      ...mocksIn(module, { world, forms }),
      ...placed,
      ...lint,
      ...listedFolders(module.path, module.source, writing),
    ],
  };
}

/** The line behind the imports that a file begins with: what is no import stands below them. */
function behindImports({ source, strict, text }: CommonModule, { imports }: WrittenRequires): number | undefined {
  const statements = source.statements.filter((one) => one !== strict);
  const first = statements.findIndex((one) => !imports.has(one));
  const last = statements[(first === -1 ? statements.length : first) - 1];
  if (last === undefined) return undefined;
  const rest = /^[ \t]*(\/\/[^\n]*)?\r?\n/.exec(text.slice(last.end));
  return rest === null ? undefined : last.end + rest[0].length;
}

type Surroundings = { readonly imports: readonly string[]; readonly lines: readonly string[] };

/** What Node gives every file of CommonJS, and an ES module makes itself. */
function writeSurroundings(writing: Writing, { kept }: WrittenRequires): Surroundings {
  const { module, world, style } = writing;
  const { quote, end } = style;
  renameOthers(module, writing);
  const isInShort = [...module.dirnames, ...module.filenames].some((node) =>
    ts.isShorthandPropertyAssignment(node.parent),
  );
  const isDirect = world.node.hasDirname && !isInShort;
  for (const node of module.dirnames)
    if (isDirect) writing.edits.replace(node.getStart(), node.end, 'import.meta.dirname');
  for (const node of module.filenames)
    if (isDirect || !ts.isIdentifier(node))
      writing.edits.replace(node.getStart(), node.end, isDirect ? 'import.meta.filename' : '__filename');
  const isMain = module.mainChecks.length === 0 ? undefined : style.fresh('isMain');
  for (const check of module.mainChecks) {
    const isNegative = saysPart(check);
    writing.edits.replace(check.getStart(), check.end, `${isNegative ? '!' : ''}${isMain}`);
  }
  const needsPath = !isDirect && module.dirnames.length > 0;
  const needsFile = !isDirect && module.filenames.length > 0;
  const needsRequire = kept.length > 0 || module.otherRequires.length > 0;
  const needsUrl = needsPath || needsFile || isMain !== undefined;
  const dirname = needsPath ? style.fresh('dirname') : '';
  const [create, fromUrl] = [
    needsRequire || isMain !== undefined ? own('createRequire') : '',
    needsUrl ? own('fileURLToPath') : '',
  ];
  function own(name: string): string {
    return module.source.text.includes(name) ? style.fresh(`${name}Of`) : name;
  }
  const usesJest = module.names.references.some(({ node, scope }) => scope === 'free' && node.text === 'jest');
  const named = (name: string, local: string): string => (name === local ? name : `${name} as ${local}`);
  return {
    imports: [
      ...(usesJest && world.jest === 'package' ? [`import { jest } from ${quote}@jest/globals${quote}${end}`] : []),
      ...(create === '' ? [] : [`import { ${named('createRequire', create)} } from ${quote}node:module${quote}${end}`]),
      ...(needsPath ? [`import { ${named('dirname', dirname)} } from ${quote}node:path${quote}${end}`] : []),
      ...(needsUrl ? [`import { ${named('fileURLToPath', fromUrl)} } from ${quote}node:url${quote}${end}`] : []),
    ],
    lines: [
      ...(usesJest && world.jest === 'meta' ? [`const { jest } = import.meta${end}`] : []),
      ...(needsRequire ? [`const require = ${create}(import.meta.url)${end}`] : []),
      ...(needsFile ? [`const __filename = ${fromUrl}(import.meta.url)${end}`] : []),
      ...(needsPath ? [`const __dirname = ${dirname}(${fromUrl}(import.meta.url))${end}`] : []),
      ...(isMain === undefined
        ? []
        : [
            `const ${isMain} = process.argv[1] !== undefined && ${create}(import.meta.url).resolve(process.argv[1]) === ${fromUrl}(import.meta.url)${end}`,
          ]),
    ],
  };
}

/** Behind the comment at the head of a file, where a blank line ends it; never between a comment and what it is about. */
function headOf({ source, text }: CommonModule): number {
  const [first] = source.statements;
  const shebang = /^#![^\n]*\n/.exec(text)?.[0].length ?? 0;
  if (first === undefined) return text.length;
  let at = shebang;
  for (const { end } of ts.getLeadingCommentRanges(text, shebang) ?? []) {
    if (/^[ \t]*\r?\n[ \t]*\r?\n/.test(text.slice(end)))
      at = end + (/^\s*?\n\s*?\n/.exec(text.slice(end))?.[0].length ?? 0);
  }
  const blank = /^(?:[ \t]*\r?\n)*/.exec(text.slice(at))?.[0].length ?? 0;
  return at + blank;
}

function needsGap({ source }: CommonModule): boolean {
  const first = source.statements.find((one) => !(ts.isExpressionStatement(one) && ts.isStringLiteral(one.expression)));
  return first !== undefined && !/\brequire\s*\(/.test(first.getText().slice(0, 200));
}

/** Mocks of Vitest with what the module is to be: where that exports a default now, the mock has to give one too. */
function mocksIn(module: CommonModule, { world, forms }: Pick<Writes, 'world' | 'forms'>): readonly Open[] {
  const found: Open[] = [];
  walk(module.source, (node) => {
    if (!ts.isCallExpression(node) || !/^vi\.(do)?mock$/i.test(node.expression.getText())) return;
    const [given, factory] = node.arguments;
    if (given === undefined || factory === undefined || !ts.isStringLiteralLike(given)) return;
    const target = given.text.startsWith('.') ? requiredPath(module.path, given.text, world.files) : undefined;
    if (target !== undefined && forms.get(target)?.kind === 'named') return;
    if (/\bdefault\b/.test(factory.getText())) return;
    found.push({
      path: module.path,
      offset: node.getStart(),
      length: node.end - node.getStart(),
      message: `The mock of ${given.text} gives no \`default\`, which is what an import takes of it where it is \`module.exports\` or CommonJS.`,
      cure: 'Give it `default`, with what `module.exports` was.',
    });
  });
  return found;
}

/** What is left to a person in a file that was turned into an ES module. */
function openIn(module: CommonModule, { world, forms }: Writing, { kept, early }: WrittenRequires): readonly Open[] {
  const form = forms.get(module.path);
  const unclaimed = unclaimedWords(module.path, { world, forms });
  const at = (node: { getStart(): number; readonly end: number }) => ({
    path: module.path,
    offset: node.getStart(),
    length: node.end - node.getStart(),
  });
  return [
    ...kept.map((call): Open => {
      const target = targetOf(module, call, world);
      const stays = `\`${keptText(call)}\` stays, by createRequire`;
      if (target.kind === 'package' && target.facts.asksParent)
        return {
          ...at(call.node),
          message: `${stays}: ${call.specifier} looks at the module that requires it (\`module.parent\`), which an import does not give it.`,
          isAdvice: true,
        };
      return {
        ...at(call.node),
        message: `${stays}: an import would be evaluated at another time, or find something else.`,
        cure: 'Import it at the head of the file where its time does not matter.',
      };
    }),
    ...[...new Set(early.map(({ over }) => over))].map((over) => {
      const calls = early.filter((one) => one.over === over).map(({ call }) => call);
      const all = [...new Set(calls.map(({ specifier }) => specifier))].join(', ');
      return {
        ...at(calls[0]?.node ?? over),
        message: `An import loads ${all} before \`${firstLine(over)}\`, which came first: what installed packages do in one and look at in the other is not read.`,
        cure: 'See that neither needs the other; else load it behind that statement, by createRequire.',
      };
    }),
    ...module.otherRequires.map(({ node }) => ({
      ...at(node),
      message: `\`${node.parent.getText().slice(0, 60)}\` stays, by createRequire: what it loads has to be CommonJS, and ES modules are not in its cache.`,
      cure: `See what it loads${unclaimed}.`,
    })),
    ...(form?.kind === 'shim'
      ? module.exportUses.slice(0, 1).map(({ node }) => ({
          ...at(node),
          message:
            'What this file does with its exports has no form of ES modules: it declares a `module` of its own and exports that as default.',
          cure: 'Write named exports by hand.',
        }))
      : []),
  ];
}

function keptText({ node, specifier, binding }: RequireCall): string {
  return binding.kind === 'effect' ? node.getText() : `require('${specifier}')`;
}

function firstLine(node: { getText(): string }): string {
  const [line = ''] = node.getText().split('\n');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
