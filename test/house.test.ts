import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';
import * as imports from './support/house/imports.ts';
import { dependenciesAreExplained, lockIsComplete } from './support/house/packages.ts';
import { idsAreFileNames, shelvesAreComplete } from './support/house/shelves.ts';
import * as style from './support/house/style.ts';
import { asLines, type Breach, type Rule, readHouse } from './support/house.ts';

const root = join(import.meta.dirname, '..');
const src = readHouse(root, ['src']);
const all = [
  ...src,
  ...readHouse(
    root,
    ['test', 'bench', 'tools'].filter((folder) => existsSync(join(root, folder))),
  ),
];
const dependencies = dependenciesOf(readFileSync(join(root, 'package.json'), 'utf8'));

/** One line of the test report for each rule; what breaks it is listed as file:line and what to do. */
function rule(title: string, check: Rule, sources = src): void {
  it(title, () => none(check(sources)));
}

rule('imports point one way: interfaces → app → db, code, run, report → core', imports.importsPointOneWay);
rule('imports are relative inside a folder and #folder/name across', imports.importsShowWalls);
rule('imports from npm are declared dependencies', imports.importsAreDeclared(dependencies));
rule('the compiler is required', imports.compilerIsRequired);
rule('imports have no cycle', imports.noImportCycles);
rule('the middle is pure', imports.middleIsPure);
rule('working trees are only read', imports.treesAreOnlyRead);
rule('shelves are complete', shelvesAreComplete);
rule('ids are file names', idsAreFileNames);
rule('files are short', style.filesAreShort, all);
rule('functions are short', style.functionsAreShort, all);
rule('types are honest: no cast, `!`, `any` or enum', style.typesAreHonest, all);
rule('exports are named', style.exportsAreNamed, all);
rule('nothing is left open', style.nothingIsLeftOpen, all);
rule('every test runs', style.everyTestRuns, all);
rule('names are kebab-case', style.namesAreKebabCase, all);

it('every dependency has its line in ARCHITECTURE.md', () => {
  const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  none(dependenciesAreExplained(dependencies, architecture));
});

it('the lock file is complete for every platform', () => {
  none(lockIsComplete(readFileSync(join(root, 'package-lock.json'), 'utf8')));
});

it('no tracked file names a machine', () => none(style.nothingNamesAMachine(filesTracked())));

function none(breaches: readonly Breach[]): void {
  expect(asLines(breaches)).toEqual([]);
}

function filesTracked(): Readonly<Record<string, string>> {
  const names = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  const present = names.filter((name) => name !== '' && existsSync(join(root, name)));
  return Object.fromEntries(present.map((name) => [name, readFileSync(join(root, name), 'utf8')]));
}

function dependenciesOf(text: string): readonly string[] {
  const names = z.record(z.string(), z.string()).default({});
  const manifest = z.object({ dependencies: names, optionalDependencies: names }).parse(JSON.parse(text));
  return [...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)];
}
