import { isCommandFile, isWorkflow } from '../../../command-files.ts';
import type { TreeView } from '../../../recipe.ts';
import type { CraApplication } from './cra-application.ts';

/** Where a variable is set that react-scripts reads: a file of variables, or a script, a workflow or an image. */
export type SettingPlace = {
  readonly name: string;
  readonly path: string;
  /** 0 where it stands in a script of package.json. */
  readonly offset: number;
  readonly from: 'file' | 'command';
  /** True for `false`, which is no secret. */
  readonly isFalse: boolean;
};

/** Variables that say how react-scripts works. https://create-react-app.dev/docs/advanced-configuration */
const names =
  'BUILD_PATH|CHOKIDAR_USEPOLLING|DISABLE_NEW_JSX_TRANSFORM|FAST_REFRESH|GENERATE_SOURCEMAP|HOST|HTTPS|IMAGE_INLINE_SIZE_LIMIT|PORT|PUBLIC_URL|SSL_CRT_FILE|SSL_KEY_FILE|TSC_COMPILE_ON_ERROR|WDS_SOCKET_HOST|WDS_SOCKET_PATH|WDS_SOCKET_PORT';
const inFile = new RegExp(`^[ \\t]*(?:export[ \\t]+)?(${names})[ \\t]*=[ \\t]*(["']?)(false\\2(?=[ \\t\\r]*$))?`, 'gm');
const inCommand = new RegExp(`(?<=^|[\\s"'&;|])(${names})(?:=|:[ \\t]+)(["']?)(false\\b)?`, 'gm');

/** The settings of an application that the tree names; their values are not looked at. */
export async function settingsOf(
  { path, files, manifest }: CraApplication,
  tree: TreeView,
): Promise<readonly SettingPlace[]> {
  const found: SettingPlace[] = [];
  const add = (one: string, text: string, from: SettingPlace['from']): void => {
    for (const { 1: name = '', 3: no, index } of text.matchAll(from === 'file' ? inFile : inCommand))
      found.push({ name, path: one, offset: one === path ? 0 : index, from, isFalse: no !== undefined });
  };
  for (const one of files.filter(
    (name) => /(^|\/)\.env(\.\w+){0,2}$/.test(name) && !/\.(example|sample|template)$/.test(name),
  ))
    add(one, (await tree.read(one))?.text ?? '', 'file');
  const scripts = Object.values(manifest.scripts).filter((script) => script.includes('react-scripts'));
  add(path, scripts.join('\n'), 'command');
  for (const one of tree.paths.filter(
    (name) => isWorkflow(name) || isCommandFile(name) || /(^|\/)netlify\.toml$/.test(name),
  ))
    add(one, (await tree.read(one))?.text ?? '', 'command');
  return found;
}
