import ts from 'typescript';
import { type Breach, isTest, lineOf, type Rule, type Source } from '../house.ts';

const fileLinesMax = 300;
const testLinesMax = 400;
const functionLinesMax = 60;

/** A file has at most 300 lines, a file of tests 400. */
export const filesAreShort: Rule = (sources) =>
  sources.flatMap(({ path, text }) => {
    const lines = text.replace(/\n$/, '').split('\n').length;
    const max = isTest(path) ? testLinesMax : fileLinesMax;
    return lines <= max
      ? []
      : [{ file: path, line: max + 1, message: `${lines} lines, at most ${max}; give a part a file` }];
  });

/** A function has at most 60 lines with its signature; tests, whose functions are lists of cases, are left out. */
export const functionsAreShort: Rule = (sources) =>
  sources
    .filter(({ path }) => !isTest(path))
    .flatMap((source) =>
      source.nodes.filter(isFunction).flatMap((node) => {
        const lines = source.tree.getLineAndCharacterOfPosition(node.getEnd()).line + 2 - lineOf(node);
        if (lines <= functionLinesMax) return [];
        const message = `a function of ${lines} lines, at most ${functionLinesMax}; give a part a name of its own`;
        return [{ file: source.path, line: lineOf(node), message }];
      }),
    );

/** No cast but `as const`, no `!`, no `any`, no enum: a cast is a promise that nobody checks. */
export const typesAreHonest: Rule = (sources) =>
  eachNode(sources, (node) => {
    if (ts.isAsExpression(node)) {
      return node.type.getText() === 'const' ? undefined : 'a cast; parse at the edge, or narrow with a type guard';
    }
    if (ts.isTypeAssertionExpression(node)) return 'a cast; parse at the edge, or narrow with a type guard';
    if (ts.isNonNullExpression(node)) return 'a `!`; handle undefined, or assert with a reason';
    if (isDefinite(node)) return 'a `!`; give it a value, or let its type hold undefined';
    if (node.kind === ts.SyntaxKind.AnyKeyword) return '`any`; write the type, or unknown and parse it';
    return ts.isEnumDeclaration(node) ? 'an enum; write a union of literals' : undefined;
  });

/** Named exports only: a default export breeds two names for one thing. */
export const exportsAreNamed: Rule = (sources) =>
  eachNode(sources, (node) => {
    const isDefault =
      ts.isExportAssignment(node) ||
      (node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)) ||
      (ts.isExportSpecifier(node) && node.name.text === 'default');
    return isDefault ? 'a default export; export it by its name' : undefined;
  });

/** Marks of unfinished work; spelled in two halves so that this file does not hold them. */
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`);

/** Nothing unfinished is left behind: a comment has no owner. */
export const nothingIsLeftOpen: Rule = (sources) =>
  sources.flatMap(({ path, text }) =>
    linesMatching(text, unfinished).map((line) => ({
      file: path,
      line,
      message: 'unfinished; do it or cut it',
    })),
  );

/** No test is skipped, runs alone or is left to do; one that needs a certain machine says so with runIf. */
export const everyTestRuns: Rule = (sources) =>
  eachNode(sources, (node) => {
    if (!ts.isPropertyAccessExpression(node)) return undefined;
    const isRunner = /^(it|test|describe|suite)\b/.test(node.expression.getText());
    const isHeld = ['skip', 'only', 'todo'].includes(node.name.text);
    return isRunner && isHeld ? `.${node.name.text} holds tests back; let all of them run` : undefined;
  });

/** Files and folders are kebab-case. */
export const namesAreKebabCase: Rule = (sources) =>
  sources.flatMap(({ path }) => {
    const isKebab = path.split('/').every((part) => /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*$/.test(part));
    return isKebab ? [] : [{ file: path, line: 1, message: 'not kebab-case; rename it after its main export' }];
  });

/** Folders of one machine and hosts of registries, none of which a checkout may name. Built, so that this file may. */
const elsewhere = [
  new RegExp(`(^|[^\\w.~-])/(${['wo' + 'rk', 'ro' + 'ot'].join('|')})/`),
  new RegExp(['registry\\.' + 'npmjs', 'py' + 'pi\\.org', 'npm' + 'mirror', 'pkg\\.' + 'github'].join('|'), 'i'),
];

/** No file names a path of the machine it was written on, or the host of a registry. */
export function nothingNamesAMachine(files: Readonly<Record<string, string>>): readonly Breach[] {
  return Object.entries(files).flatMap(([file, text]) =>
    elsewhere.flatMap((pattern) =>
      linesMatching(text, pattern).map((line) => ({
        file,
        line,
        message: 'names a path or host of one machine; cut it',
      })),
    ),
  );
}

function linesMatching(text: string, pattern: RegExp): readonly number[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));
}

function isFunction(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

function isDefinite(node: ts.Node): boolean {
  return (ts.isPropertyDeclaration(node) || ts.isVariableDeclaration(node)) && node.exclamationToken !== undefined;
}

function eachNode(sources: readonly Source[], check: (node: ts.Node) => string | undefined): readonly Breach[] {
  return sources.flatMap((source) =>
    source.nodes.flatMap((node) => {
      const message = check(node);
      return message === undefined ? [] : [{ file: source.path, line: lineOf(node), message }];
    }),
  );
}
