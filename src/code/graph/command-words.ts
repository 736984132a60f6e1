import { baseName } from '../text/search-text.ts';
import { joined } from '../tree/tree-path.ts';

/** A word of a command: a path, a name of something else, or `open` where it may be either; with the folder in which it is read. */
export type CommandWord = {
  readonly text: string;
  readonly offset: number;
  readonly verdict: 'path' | 'name' | 'open';
  /** Undefined where a `cd` leads to what is only known at run time. */
  readonly folder: string | undefined;
};

/** Programs whose arguments are paths, but for the values of some options. */
const programs = new Set(
  `eslint oxlint prettier biome tsc tsgo vue-tsc tsup tsx ts-node node c8 nyc nodemon rimraf cp cpx cpy copyfiles ncp mv rm ls cat mkdir rmdir
  touch find du tree chmod chown head tail wc stat test [ [[ zip tar rsync mocha jest vitest ava tap esbuild rollup webpack vite parcel swc babel
  stylelint xo standard jscpd depcruise madge dpdm typedoc jsdoc documentation markdownlint cspell terser sass postcss lessc del del-cli serve
  http-server live-server gh-pages cloc onchange chokidar cd pushd diff ln open tslint ts-standard flow tsd attw size-limit ruff black mypy pytest flake8 isort`.split(
    /\s+/,
  ),
);
const ofGit = new Set(['git add', 'git rm', 'git mv', 'git ls-files', 'git clean']);
/** What runs the program that its next words name. */
const wrappers = new Set(
  'npx bunx cross-env env sudo time exec dotenv shx corepack then do else if while ! nice xvfb-run'.split(' '),
);
const managers = new Set(['npm', 'pnpm', 'yarn', 'bun']);
const coverers = new Set(['c8', 'nyc']);
const pathOptions =
  /^(-C|--(root-?dir|root|roots|src|source|sources|dir|directory|cwd|prefix|out-?dir|out|output|output-dir|include|exclude|ignore|ignore-pattern|ignore-path|watch|watch-path|watch-files|collectCoverageFrom|coverage-?directory|declarationDir|source-?root|base-?url|typeRoots|entry|input|path|paths|files?|folder|context))$/i;
const nameOptions =
  /^--(test-?name-?pattern|grep|fgrep|ext|env|environment|reporters?|format|formatter|rule|parser|plugin|name|provider|target|module|jsx|message|branch|tag)$/i;

const token =
  /\\\r?\n|(\$\(|&&|\|\||[;|&\n()`])|((?:\\?"[^"]*"|'[^']*'|[^\s;|&()`"'])(?:\\?"[^"]*"|'[^']*'|\([^()\s]*\)|[^\s;|&()`"'])*)/g;

type State = { program: string | undefined; option: string | undefined; folder: string | undefined; isRest: boolean };

/** The arguments of every program in a command line as it stands in a file; `folder` is where it begins to run. Pure. */
export function commandWords(text: string, folder: string | undefined): readonly CommandWord[] {
  const state: State = { program: undefined, option: undefined, folder, isRest: false };
  const outer: (string | undefined)[] = [];
  const found: CommandWord[] = [];
  let isComment = false;
  for (const match of text.matchAll(token)) {
    const [, separator, written] = match;
    if (separator === '\n') isComment = false;
    isComment ||= written?.startsWith('#') === true;
    if (isComment) continue;
    if (separator !== undefined) {
      Object.assign(state, { program: undefined, option: undefined, isRest: false });
      if (separator.endsWith('(')) outer.push(state.folder);
      if (separator === ')' && outer.length > 0) state.folder = outer.pop();
    } else if (written !== undefined) found.push(...wordsOf(written, match.index, state));
  }
  return found;
}

function wordsOf(written: string, at: number, state: State): readonly CommandWord[] {
  const option = /^(--?[\w.-]+)=/.exec(written);
  const start = option?.[0].length ?? 0;
  const { text, lead } = unquoted(written.slice(start));
  const place = { offset: at + start + lead, folder: state.folder };
  // A word that only holds quotes, as `X="a b"` does, is no command of its own.
  if (/\s/.test(text)) return lead === 0 ? [] : nested(text, place);
  if (option === null && /^-./.test(text)) {
    state.isRest ||= text === '--';
    state.option = text === '--' ? undefined : text;
    return [];
  }
  if (option !== null) return [{ ...place, text, verdict: meantBy(option[1] ?? '', state) }];
  if (state.program === undefined) return programOf(text, state, place);
  const verdict = verdictOf(text, state);
  state.option = undefined;
  if (state.program === 'cd' || state.program === 'pushd')
    state.folder = state.folder === undefined || /^[~/-]|[$*]/.test(text) ? undefined : joined(state.folder, text);
  return verdict === undefined ? [] : [{ ...place, text, verdict }];
}

/** A command in quotes, as `concurrently` takes it. */
function nested(text: string, { offset, folder }: Place): readonly CommandWord[] {
  return commandWords(text, folder).map((one) => ({ ...one, offset: one.offset + offset }));
}

/** A word without the quotes around it, as they stand in JSON too. */
function unquoted(text: string): { readonly text: string; readonly lead: number } {
  const quote = /^(\\?["'])(.*?)\\?["']$/s.exec(text);
  return quote === null ? { text, lead: 0 } : { text: quote[2] ?? '', lead: quote[1]?.length ?? 0 };
}

type Place = Pick<CommandWord, 'offset' | 'folder'>;

/** The word that names the program; one with a slash is a path itself. */
function programOf(text: string, state: State, place: Place): readonly CommandWord[] {
  if (/^\w+=/.test(text) || wrappers.has(text)) return [];
  const isOfOption = state.option !== undefined && pathOptions.test(state.option);
  state.option = undefined;
  if (isOfOption) return [{ ...place, text, verdict: 'path' }];
  state.program = baseName(text).replace(/\.(cmd|exe)$/, '');
  return text.includes('/') ? [{ ...place, text, verdict: 'path' }] : [];
}

function meantBy(option: string, { program = '' }: State): CommandWord['verdict'] {
  if (nameOptions.test(option)) return 'name';
  return pathOptions.test(option) || programs.has(program) ? 'path' : 'open';
}

/** Undefined for a word that names the program or what it is to do. */
function verdictOf(text: string, state: State): CommandWord['verdict'] | undefined {
  const { program = '', option } = state;
  if (option !== undefined && pathOptions.test(option)) return 'path';
  if (option !== undefined && nameOptions.test(option)) return 'name';
  if (managers.has(program)) return managed(text, state);
  if (program === 'git') {
    state.program = `git ${text}`;
    return undefined;
  }
  if (coverers.has(program) && !/^\.|\//.test(text)) {
    state.program = text;
    return undefined;
  }
  const isShortName = /^(jest|vitest|mocha|ava)$/.test(program) && option !== undefined && /^-[tgm]$/.test(option);
  if (programs.has(program) && !isShortName) return 'path';
  return ofGit.has(program) || (program.startsWith('git ') && state.isRest) ? 'path' : 'open';
}

/** `yarn eslint src`, `pnpm exec eslint src`; what a script gets as arguments cannot be told. */
function managed(text: string, state: State): CommandWord['verdict'] | undefined {
  if (/^(run|run-script|exec|dlx|x)$/.test(text)) {
    if (text !== 'run' && text !== 'run-script') state.program = undefined;
    return undefined;
  }
  state.program = programs.has(text) ? text : 'script';
  return 'name';
}
