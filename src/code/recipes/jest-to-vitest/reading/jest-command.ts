import { environmentOf } from './vitest-options.ts';

/** A script as it is to be, and what of it has no counterpart. Undefined where Jest is not called. */
export type JestScript = { readonly script: string; readonly left: readonly string[]; readonly hasCoverage: boolean };

const runner =
  /(^|[\s;&|(])((?:npx\s+|yarn\s+|pnpm\s+(?:exec\s+)?)?(?:jest|\.?\/?(?:\S*\/)?node_modules\/\.bin\/jest)|node(?:\s+(?:(?:-r|--require|--import|--loader)\s+\S+|--[\w-]+(?:=\S+)?))*\s+(?:\.\/)?node_modules\/(?:jest|\.bin|jest-cli)\/?(?:bin\/)?jest(?:\.js)?)((?:[ \t]+(?:"[^"]*"|'[^']*'|[^\s;&|()"']+)+)*)(?=\s*(?:$|[;&|)]))/g;
const word = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;
/** Only Jest as a module loader wants it. */
const moduleFlag = /(?:cross-env\s+)?NODE_OPTIONS=(["']?)--experimental-vm-modules(?:\s+--no-warnings)?\1\s+/g;

const dropped =
  /^--(ci|colors|color|no-color|forceExit|detectOpenHandles|no-cache|cache|logHeapUsage|watchman|no-watchman|haste|injectGlobals|errorOnDeprecated|listTests|showSeed|openHandlesTimeout|detectLeaks|experimental-vm-modules)$/;
const kept =
  /^(--inspect|--inspect-brk|--coverage|--no-coverage|--silent|--passWithNoTests|--bail|--maxWorkers|--shard|-t|-u|--update|--root|--testTimeout|--help|--version|--clearMocks|--changed)$/;
const renamed: Readonly<Record<string, string>> = {
  '--collectCoverage': '--coverage',
  '--coverageDirectory': '--coverage.reportsDirectory',
  '--coverageReporters': '--coverage.reporter',
  '--env': '--environment',
  '--onlyChanged': '--changed',
  '--changedSince': '--changed',
  '--outputFile': '--outputFile',
  '--resetMocks': '--mockReset',
  '--restoreMocks': '--restoreMocks',
  '--rootDir': '--root',
  '--selectProjects': '--project',
  '--testNamePattern': '-t',
  '--updateSnapshot': '-u',
  '-b': '--bail',
  '-o': '--changed',
  '-w': '--maxWorkers',
};
const valued =
  /^(-t|--testNamePattern|--maxWorkers|-w|--coverageDirectory|--coverageReporters|--env|--changedSince|--outputFile|--rootDir|--root|--selectProjects|--testTimeout|--shard|-c|--config|--testPathPattern|--testPathPatterns|--testMatch|--testPathIgnorePatterns|--reporters|--roots|--projects|--collectCoverageFrom|--preset|--transform|--setupFilesAfterEnv|--globalSetup)$/;

/** Rewrites the calls of Jest in a script. Source: Jest CLI Options; Vitest, Command Line Interface. */
export function jestScript(script: string): JestScript | undefined {
  const left: string[] = [];
  let isFound = false;
  let hasCoverage = false;
  const rewritten = script.replaceAll(runner, (_all, before: string, program: string, rest: string) => {
    isFound = true;
    const words = rest.match(word) ?? [];
    hasCoverage ||= words.some((one) => /^--(coverage|collectCoverage)$/.test(one));
    const [inspected] = /--inspect(-brk)?(=\S+)?/.exec(program) ?? [];
    return before + commandOf(inspected === undefined ? words : [inspected, ...words], left);
  });
  if (!isFound) return undefined;
  return { script: rewritten.replaceAll(moduleFlag, ''), left, hasCoverage };
}

function commandOf(words: readonly string[], left: string[]): string {
  const out: string[] = [];
  let mode = 'vitest run';
  for (let at = 0; at < words.length; at += 1) {
    const own = words[at] ?? '';
    const [, name = '', inner] = /^(--?[\w.-]+)(?:=(.*))?$/.exec(own) ?? [];
    const next = words[at + 1];
    const takes = inner === undefined && valued.test(name) && next !== undefined;
    if (takes) at += 1;
    const value = inner ?? (takes ? next : undefined);
    const to = renamed[name];
    if (name === '') out.push(own);
    else if (/^--watch(All)?$/.test(name)) mode = value === 'false' ? mode : 'vitest';
    else if (name === '--findRelatedTests') mode = 'vitest related --run';
    else if (/^(-i|--runInBand)$/.test(name)) out.push('--no-file-parallelism');
    else if (name === '--verbose') out.push('--reporter=verbose');
    else if (name === '--env' && value !== undefined && environmentOf(value) === undefined) {
      // Another environment than is meant would look as if all were well, and one of Jest stops loudly.
      left.push(given('--environment', value));
      out.push(given('--environment', value));
    } else if (name === '--env' && value !== undefined) out.push(given('--environment', environmentOf(value)));
    else if (dropped.test(name) || (isConfig(name) && /(^|\/)jest\.config\.\w+$/.test(value ?? ''))) continue;
    else if (/^--testPathPatterns?$/.test(name)) out.push(value ?? '');
    else if (to !== undefined) out.push(given(to, value));
    else if (kept.test(name)) out.push(given(name, value));
    else {
      left.push(given(name, value));
      // A run with another configuration than is meant would look as if all were well.
      if (isConfig(name)) out.push(given(name, value));
    }
  }
  return [mode, ...out].join(' ');
}

function isConfig(name: string): boolean {
  return name === '-c' || name === '--config';
}

function given(name: string, value: string | undefined): string {
  if (value === undefined) return name;
  return name.startsWith('--') ? `${name}=${value}` : `${name} ${value}`;
}
