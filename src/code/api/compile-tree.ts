import { relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Unknown } from '../snapshot.ts';
import { placeAt } from '../text/place.ts';
import ts from '../typescript.cts';
import type { CompilerError } from './confirm.ts';
import { errorsOf, isLoose, isOfMember } from './new-errors.ts';
import { describedBy, homeOf } from './package-name.ts';
import { packageStore } from './package-store.ts';
import { treeProgram } from './tree-program.ts';
import { isTooLarge, type TreeFiles, type TreeProject, treeProjects } from './tree-projects.ts';

export type CompileOptions = TreeFiles & {
  /** Packages whose JavaScript is looked into where they have no types. */
  readonly packages: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly nowMs: () => number;
  readonly budgetMs: number;
};

export type Compiled = {
  readonly errors: readonly CompilerError[];
  /** Files that were compiled, by path from the root. */
  readonly checked: ReadonlySet<string>;
  /** Of the packages those whose types the compiler found, their own or a companion's. */
  readonly typed: ReadonlySet<string>;
  readonly unknown: readonly Unknown[];
};

/**
 * What our compiler says of the tree's own code with the packages that are installed. JavaScript that the tree does not check
 * is looked at for names and modules that are not there. Reads only. Throws the signal's reason on abort.
 */
export async function compileTree(options: CompileOptions): Promise<Compiled> {
  const { root, packages, signal, nowMs, budgetMs } = options;
  const endMs = nowMs() + budgetMs;
  const errors: CompilerError[] = [];
  /** What is said of members in JavaScript: where a package has no types, it rests on what its code seems to do. */
  const guesses: CompilerError[] = [];
  const checked = new Set<string>();
  const typed = new Set<string>();
  let isRead = false;
  const unknown: Unknown[] = [];
  const store = packageStore(root);
  for (const project of treeProjects(options)) {
    const view = { root, store, anchors: new Map(), parsed: new Map(), readInto: packages };
    const program = treeProgram(project, view);
    for (const name of typedIn(program)) if (packages.has(name)) typed.add(name);
    isRead ||= program.getSourceFiles().some((file) => isReadCode(file, packages));
    for (const path of project.files) {
      await setImmediate();
      signal.throwIfAborted();
      if (nowMs() > endMs) {
        unknown.push({ what: project.name, why: 'The tree is too large for the time there is.' });
        break;
      }
      const file = program.getSourceFile(path);
      if (file === undefined || isTooLarge(path)) continue;
      const name = relative(root, path).replaceAll('\\', '/');
      checked.add(name);
      for (const diagnostic of errorsOf(program, file, isLoose(name, project)))
        (isGuess(name, project, diagnostic) ? guesses : errors).push(errorAt(name, file, diagnostic));
    }
  }
  return { errors: isRead ? errors : [...errors, ...guesses], checked, typed, unknown };
}

/** True for a package's JavaScript that stands in for its types. */
function isReadCode({ isDeclarationFile, fileName }: ts.SourceFile, packages: ReadonlySet<string>): boolean {
  return !isDeclarationFile && packages.has(homeOf(fileName)?.name ?? '');
}

function isGuess(name: string, project: TreeProject, { code }: ts.Diagnostic): boolean {
  return isOfMember(code) && isLoose(name, project);
}

/** Packages of which a program has declaration files, by the name under which they are imported. */
function typedIn(program: ts.Program): ReadonlySet<string> {
  const files = program.getSourceFiles().filter(({ isDeclarationFile }) => isDeclarationFile);
  return new Set(files.map(({ fileName }) => homeOf(fileName)?.name ?? '').map(describedBy));
}

function errorAt(name: string, { text }: ts.SourceFile, { start = 0, length = 0, code, messageText }: ts.Diagnostic) {
  const { line, column } = placeAt(name, text, { offset: start, length });
  return {
    file: name,
    line,
    column,
    code: `TS${code}`,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  };
}
