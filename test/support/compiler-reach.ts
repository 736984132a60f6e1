import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import type { Files } from './move-files.ts';

const root = '/made';

/** What the compiler's own resolution makes of a specifier in a tree in memory, workspaces linked; a path from the root. */
export function compilerReach(files: Files, from: string, specifier: string): string | undefined {
  const real = (path: string): string =>
    path.replace(/^\/made\/(?:.*\/)?node_modules\/@made\/(core|app)(?=\/|$)/, '/made/packages/$1');
  const paths = Object.keys(files);
  const host: ts.ModuleResolutionHost = {
    fileExists: (path) => real(path).slice(root.length + 1) in files,
    readFile: (path) => files[real(path).slice(root.length + 1)],
    directoryExists: (path) => {
      const folder = real(path)
        .slice(root.length + 1)
        .replace(/\/$/, '');
      return (
        folder === 'node_modules' ||
        folder === 'node_modules/@made' ||
        folder === '' ||
        paths.some((one) => one.startsWith(`${folder}/`))
      );
    },
    realpath: real,
    getCurrentDirectory: () => root,
  };
  const home = from.split('/').slice(0, 2).join('/');
  const config = ts.readConfigFile(join(root, home, 'tsconfig.json'), host.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(
    config.config.compilerOptions,
    join(root, home),
    join(root, home, 'tsconfig.json'),
  );
  const { resolvedModule } = ts.resolveModuleName(
    specifier,
    join(root, from),
    { ...options, pathsBasePath: join(root, home) },
    host,
    undefined,
    undefined,
    options.module === ts.ModuleKind.NodeNext ? ts.ModuleKind.ESNext : undefined,
  );
  return resolvedModule?.resolvedFileName.slice(root.length + 1);
}

/** What a path from a file's own folder names. */
export function pathReach(from: string, specifier: string): string {
  return posix.normalize(posix.join(dirname(from), specifier));
}
