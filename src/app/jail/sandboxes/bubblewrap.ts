import { lstatSync, readlinkSync } from 'node:fs';
import { homeInside, type Sandbox, type SandboxRequest, scratchBytes, systemFiles, systemFolders } from '../sandbox.ts';

/** Bubblewrap, as Flatpak uses it (https://github.com/containers/bubblewrap). */
export const bubblewrap: Sandbox = {
  id: 'bubblewrap',
  says: 'In a sandbox (bubblewrap): no network, the repository read-only, files with credentials covered, nothing else of this machine but its programs.',
  isApart: true,
  words: (request) => [
    'bwrap',
    ...[
      '--unshare-user',
      '--unshare-all',
      '--disable-userns',
      '--die-with-parent',
      '--new-session',
      '--cap-drop',
      'ALL',
    ],
    ...systemFolders.flatMap(systemFolder),
    ...systemFiles.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--proc', '/proc', '--dev', '/dev', '--size', String(scratchBytes), '--tmpfs', '/tmp', '--dir', homeInside],
    ...request.programs.flatMap((path) => ['--ro-bind-try', path, path]),
    ...[request.root, ...request.beside].flatMap((path) => ['--ro-bind', path, path]),
    ...request.replaced.flatMap(({ path, by }) => ['--ro-bind', by, path]),
    ...request.covered.flatMap((one) => cover(one, request.empty)),
    ...['--chdir', request.root, '--', 'sh', '-c', request.script],
  ],
};

/** Most systems have `/bin` as a link to `/usr/bin`. */
function systemFolder(path: string): readonly string[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isSymbolicLink() === true) return ['--symlink', readlinkSync(path), path];
  return found === undefined ? [] : ['--ro-bind', path, path];
}

function cover({ path, kind }: SandboxRequest['covered'][number], empty: string): readonly string[] {
  return kind === 'folder' ? ['--tmpfs', path, '--remount-ro', path] : ['--ro-bind', empty, path];
}
