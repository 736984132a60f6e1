import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writtenStyle } from '../../../engine/in-code-style.ts';
import ts from '../../../typescript.cts';
import { clientSource } from './client-source.ts';

const types = join(import.meta.dirname, '../../../../../node_modules/@types');
const after = join(import.meta.dirname, '../cases/typescript/after/src');
const texts = new Map([
  ['http-client.ts', clientSource('typescript', writtenStyle)],
  ...['names.ts', 'orders.ts'].map((name) => [name, readFileSync(join(after, name), 'utf8')] as const),
  [
    'use.ts',
    [
      "import { http, isAxiosError, HttpError, type HttpRequestConfig } from './http-client.js';",
      'export interface Own extends HttpRequestConfig { retry: boolean }',
      "export const found = async () => (await http.post<{ id: number }>('x', { a: 1 }, { timeout: 1 })).data.id;",
      "export const whole = async () => (await http<string>({ method: 'GET', url: 'x' })).data.trim();",
      'export const why = (error: unknown) =>',
      '  isAxiosError<{ reason: string }>(error) ? error.response?.data.reason : error instanceof HttpError ? error.code : 1;',
      '// @ts-expect-error an answer has no config',
      "export const config = async () => (await http.get('x')).config;",
      '// @ts-expect-error streams are not known',
      "export const stream = () => http.get('x', { responseType: 'stream' });",
      '',
    ].join('\n'),
  ],
]);

it.each([
  { target: ts.ScriptTarget.ES2020, lib: ['lib.es2020.d.ts'] },
  { target: ts.ScriptTarget.ES2023, lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'] },
])('the client has the types that its callers had of axios, by the strictest settings: $lib', (settings) => {
  const options = {
    ...settings,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noPropertyAccessFromIndexSignature: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    noImplicitReturns: true,
    noImplicitOverride: true,
    isolatedModules: true,
    skipLibCheck: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ['node'],
    typeRoots: [types],
    noEmit: true,
  };
  const host = ts.createCompilerHost(options, true);
  const [read, source, has] = [host.readFile, host.getSourceFile, host.fileExists];
  const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const own = (path: string): string | undefined => (path.startsWith('/memory/') ? texts.get(nameIn(path)) : undefined);
  host.readFile = (path) => own(path) ?? read.call(host, path);
  host.directoryExists = (path) => path.startsWith('/memory') || ts.sys.directoryExists(path);
  host.fileExists = (path) => own(path) !== undefined || has.call(host, path);
  host.getSourceFile = (path, version) => {
    const text = own(path);
    return text === undefined ? source.call(host, path, version) : ts.createSourceFile(path, text, version, true);
  };
  const program = ts.createProgram(
    [...texts.keys()].map((name) => `/memory/${name}`),
    options,
    host,
  );
  const faults = ts.getPreEmitDiagnostics(program);
  expect(
    faults.map(({ file, messageText }) => `${file?.fileName} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
  ).toEqual([]);
});

it.each(['module', 'commonjs', 'typescript'] as const)('a client means the same in every style: %s', (form) => {
  const text = clientSource(form, writtenStyle);
  const styled = clientSource(form, { ...writtenStyle, quote: '"', indent: '\t', end: '', comma: '' });
  expect(styled).not.toBe(text);
  const printed = (one: string) =>
    ts
      .transpileModule(one, { compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext } })
      .outputText.replaceAll(/["']/g, "'")
      .replaceAll(/,(?=\s*[)\]}])/g, '')
      .replaceAll(/\s+/g, ' ');
  expect(printed(styled)).toBe(printed(text));
});
