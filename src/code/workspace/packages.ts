import { fail } from '#core/error';
import type { Finding } from '#core/finding';
import type { Member } from '../package-manager.ts';
import type { Unknown } from '../snapshot.ts';
import type { ReadText } from '../text/read-text.ts';
import { baseName, folderPath } from '../text/search-text.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { type PnpmWorkspace, parsePnpmWorkspace, workspaceMatcher } from './workspaces.ts';

/** The packages of a tree. `members` are the root and the packages of its workspace. */
export type Packages = {
  readonly root: Manifest;
  readonly members: readonly Member[];
  readonly nested: readonly Member[];
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  readonly findings: readonly Finding[];
  readonly unknown: readonly Unknown[];
};

/** Test folders may hold thousands of packages. */
const manifestsMax = 5_000;

/**
 * Reads every package.json of a tree. Throws `bad-input` where the root has none or a broken one; of others, a broken one
 * in the workspace is a finding, and one outside of it is only listed as not looked at.
 */
export async function readPackages(
  files: readonly string[],
  read: (path: string) => Promise<ReadText>,
): Promise<Packages> {
  const root = await rootManifest(read);
  const yaml = files.includes('pnpm-workspace.yaml') ? await read('pnpm-workspace.yaml') : undefined;
  const pnpmWorkspace = yaml?.kind === 'text' ? parsePnpmWorkspace(yaml.text) : undefined;
  const isMember = workspaceMatcher([...(root.fields.workspaces ?? []), ...(pnpmWorkspace?.packages ?? [])]);
  const paths = files.filter((path) => baseName(path) === 'package.json' && path !== 'package.json');
  const members: Member[] = [{ path: '.', manifest: root }];
  const nested: Member[] = [];
  const findings: Finding[] = [];
  const unknown: Unknown[] = [];
  if (yaml !== undefined && pnpmWorkspace === undefined) {
    unknown.push({
      what: 'pnpm-workspace.yaml',
      why: 'It is not of the form that pnpm takes; the root alone was looked at.',
    });
  }
  if (paths.length > manifestsMax) {
    unknown.push({
      what: `${paths.length - manifestsMax} of ${paths.length} package.json files`,
      why: `At most ${manifestsMax} are read.`,
    });
  }
  for (const path of paths.slice(0, manifestsMax)) {
    const folder = folderPath(path);
    const answer = await manifestAt(path, read);
    if (answer.kind === 'manifest')
      (isMember(folder) ? members : nested).push({ path: folder, manifest: answer.manifest });
    else if (isMember(folder)) findings.push(answer.finding);
    else unknown.push({ what: path, why: 'It is no valid package.json, and no workspace takes it in.' });
  }
  return { root, members, nested, pnpmWorkspace, findings, unknown };
}

async function rootManifest(read: (path: string) => Promise<ReadText>): Promise<Manifest> {
  const answer = await manifestAt('package.json', read);
  if (answer.kind === 'manifest') return answer.manifest;
  throw fail('bad-input', {
    what: 'package.json cannot be read.',
    why: answer.finding.message,
    next: answer.finding.cure ?? 'Correct it.',
  });
}

async function manifestAt(path: string, read: (path: string) => Promise<ReadText>) {
  const answer = await read(path);
  if (answer.kind === 'text') return parseManifest(path, answer.text);
  const finding: Finding = {
    rule: 'tree/manifest-broken',
    severity: 'error',
    message: `${path}: ${answer.why}`,
    object: path,
  };
  return { kind: 'broken', finding } as const;
}
