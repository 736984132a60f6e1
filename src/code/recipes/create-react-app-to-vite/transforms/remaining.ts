import { isCommandFile, isWorkflow } from '../../../command-files.ts';
import type { TreeTransform, TreeUnresolved, TreeView } from '../../../recipe.ts';
import { baseName, within } from '../../../text/search-text.ts';
import { type CraApplication, craApplications } from '../reading/cra-application.ts';

/** What is left to people. */
export const remaining: TreeTransform = {
  kind: 'tree',
  id: 'remaining',
  why: 'react-scripts does more than bundle: it checks with ESLint, builds a service worker with Workbox, writes asset-manifest.json, and follows `browserslist`.',
  async transform(tree) {
    const unresolved: TreeUnresolved[] = [];
    const applications = await craApplications(tree);
    for (const one of applications) unresolved.push(...(await inFiles(one, tree)));
    if (applications.length > 0) unresolved.push(...(await aroundThem(tree)));
    return { edits: [], unresolved };
  },
};

type Said = { readonly message: string; readonly cure: string; readonly isAdvice?: true };

async function inFiles(one: CraApplication, tree: TreeView): Promise<readonly TreeUnresolved[]> {
  const { files, folder, sources } = one;
  const found: TreeUnresolved[] = [];
  const whole = (path: string, said: Said): void => {
    found.push({ path, offset: 0, length: 0, ...said });
  };
  for (const path of files.filter((file) => /(^|\/)src\/service-worker\.[jt]s$/.test(file))) whole(path, worker);
  for (const path of files.filter((file) => file === within(folder, baseName(file))))
    if (/^(postcss\.config\.\w+|\.postcssrc.*)$/.test(baseName(path))) whole(path, postcss);
  for (const path of sources.filter((file) => /\.[jt]sx?$/.test(file))) {
    const text = (await tree.read(path))?.text ?? '';
    const offset = text.search(/asset-manifest(\.json)?/);
    if (offset !== -1) found.push({ path, offset, length: 'asset-manifest'.length, ...assetManifest });
  }
  return found;
}

const worker = {
  message: 'react-scripts compiles this service worker with Workbox, and Vite does not.',
  cure: 'Take vite-plugin-pwa with the strategy injectManifest; or remove the worker, and have what is installed unregister itself.',
};
const postcss = {
  message: 'react-scripts does not read this configuration of PostCSS, and Vite does.',
  cure: 'See that it says what the styles need, and remove it where nobody wants it.',
  isAdvice: true as const,
};
const assetManifest = {
  message:
    'react-scripts writes asset-manifest.json; Vite writes .vite/manifest.json, of another form, where `build.manifest` says so.',
  cure: 'Say `build.manifest: true`, and read that file.',
};
/** Commands, hosts, and what tells people. */
async function aroundThem(tree: TreeView): Promise<readonly TreeUnresolved[]> {
  const found: TreeUnresolved[] = [];
  for (const path of tree.paths) {
    const isCommand = isWorkflow(path) || isCommandFile(path);
    const isHost = /(^|\/)(vercel|firebase|netlify|staticwebapp\.config|now|app)\.(json|toml)$/.test(path);
    const isText = /(^|\/)(README|CONTRIBUTING)[^/]*\.(md|mdx|rst|txt)$/i.test(path);
    if (!isCommand && !isHost && !isText) continue;
    const text = (await tree.read(path))?.text ?? '';
    if (isText)
      found.push(...firstOf(path, text, { pattern: /react-scripts|create[- ]react[- ]app|\bCRA\b/i, said: people }));
    else found.push(...firstOf(path, text, { pattern: /react-scripts\s+\w+/, said: command }));
    if (isHost && /"framework"\s*:\s*"create-react-app"/.test(text))
      found.push(...firstOf(path, text, { pattern: /"create-react-app"/, said: host }));
    if (!isText) found.push(...firstOf(path, text, { pattern: /static\/(js|css|media)\b/, said: folders }));
  }
  return found;
}

type Sought = { readonly pattern: RegExp; readonly said: Said };

function firstOf(path: string, text: string, { pattern, said }: Sought): readonly TreeUnresolved[] {
  const match = pattern.exec(text);
  return match === null ? [] : [{ path, offset: match.index, length: match[0].length, ...said }];
}

const people = {
  message: 'It tells people of Create React App.',
  cure: 'Write what holds now: `npm start`, `npm test` and `npm run build` stay, and so do port and folder.',
  isAdvice: true as const,
};
const command = { message: 'This still calls react-scripts.', cure: 'Call the script of package.json, or `npx vite`.' };
const host = {
  message: 'The host is told that this is an application of Create React App.',
  cure: 'Say `vite`, and name the folder build.',
};
const folders = {
  message: 'A path names static/js, static/css or static/media; Vite writes all files to static/.',
  cure: 'Take the folder out of the path, or say `build.rollupOptions.output`.',
};
