import { fence, providedBy } from './fence.ts';
import { moduleLoader } from './module-loader.ts';
import type { Start } from './protocol.ts';
import { stagedFiles } from './staged-files.ts';
import type { TransformHost } from './transform-host.ts';

type Functions = Readonly<Record<string, (...given: readonly unknown[]) => unknown>>;

/** One call of `defineTest` of jscodeshift's test utilities. */
type Defined = {
  readonly transform: string;
  readonly options: unknown;
  readonly prefix: string | undefined;
  readonly parser: string | undefined;
};

/**
 * Runs files of tests with stand-ins for the test runner and for jscodeshift's test utilities, and answers, as JSON, which
 * transforms they test with which options on which fixtures. Nothing is tested here.
 */
export async function collectHost(start: Start): Promise<TransformHost> {
  const files = stagedFiles(start.targetFolder, { alsoReadable: start.packageFolder, mayReadAll: false });
  const found: Defined[] = [];
  const mocked: { parser: string | undefined } = { parser: undefined };
  const defineTest = (...given: readonly unknown[]): void => {
    const [, transform, options, prefix, more] = given;
    const parser = fieldOf(more, 'parser') ?? mocked.parser;
    const named = typeof prefix === 'string' ? prefix : undefined;
    found.push({ transform: String(transform), options: options ?? {}, prefix: named, parser });
  };
  const utilities = { defineTest, defineInlineTest: () => undefined, defineSnapshotTest: () => undefined };
  const names = ['dist', 'src'].flatMap((folder) => [
    `jscodeshift/${folder}/testUtils`,
    `jscodeshift/${folder}/testUtils.js`,
  ]);
  const own = Object.fromEntries(names.map((name) => [name, { ...utilities, default: utilities }]));
  fence(start.grants);
  Object.assign(globalThis, standIns(mocked));
  const load = moduleLoader(providedBy(start.grants, files, own));
  return {
    async transform(filename) {
      mocked.parser = undefined;
      await load(filename);
      return { kind: 'done', text: JSON.stringify(found.splice(0)), others: [], warnings: [] };
    },
    finish: () => ({ kind: 'finished', state: {}, metrics: {} }),
  };
}

function standIns(mocked: { parser: string | undefined }): Readonly<Record<string, unknown>> {
  const ignored = () => undefined;
  const run = (work: unknown): void => {
    if (typeof work === 'function') work();
  };
  const describe = (_name: unknown, work: unknown): void => {
    const before = mocked.parser;
    run(work);
    mocked.parser = before;
  };
  const each = () => describe;
  /** A mock of the transform is how tests choose another parser. */
  const mock = (_path: unknown, factory: unknown): void => {
    if (typeof factory === 'function') mocked.parser = fieldOf(factory(), 'parser') ?? mocked.parser;
  };
  const jest: Functions = {
    mock,
    autoMockOff: ignored,
    resetModules: ignored,
    requireActual: () => ({}),
    fn: () => ignored,
  };
  const test = Object.assign(ignored, { each: () => ignored, skip: ignored, only: ignored });
  const hooks = { beforeEach: run, beforeAll: run, afterEach: ignored, afterAll: ignored };
  return {
    describe: Object.assign(describe, { each, skip: ignored }),
    it: test,
    test,
    expect: ignored,
    jest,
    ...hooks,
  };
}

function fieldOf(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const field: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof field === 'string' ? field : undefined;
}
