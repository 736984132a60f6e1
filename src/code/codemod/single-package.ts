import { basename, dirname, join } from 'node:path';
import { isFile } from '../tree/is-file.ts';
import type { CodemodPackage } from './codemod-package.ts';
import { workflowSchema } from './workflow.ts';

/** One thing to run that is no package: it becomes a package of one step, so that everything runs the same way. */
export type Single =
  | { readonly kind: 'jssg'; readonly file: string; readonly language: string }
  | { readonly kind: 'jscodeshift'; readonly file: string }
  | { readonly kind: 'rules'; readonly file: string }
  | { readonly kind: 'command'; readonly line: string; readonly folder: string };

/** The package of one step. Files are absolute; the package reaches up to the nearest package.json. */
export function singlePackage(single: Single): CodemodPackage {
  const folder = single.kind === 'command' ? single.folder : homeOf(single.file);
  const name = single.kind === 'command' ? single.line : basename(single.file);
  const workflow = workflowSchema.parse({ nodes: [{ id: 'run', name, steps: [{ name, ...stepOf(single, folder) }] }] });
  return {
    folder,
    manifest: {
      name,
      version: '0.0.0',
      description: '',
      capabilities: [],
      godwit: { applies: [], risk: 'high' },
    },
    workflow,
  };
}

function stepOf(single: Single, folder: string) {
  if (single.kind === 'command') return { run: single.line };
  const file = single.file.slice(folder.length + 1);
  if (single.kind === 'rules') return { 'ast-grep': { config_file: file } };
  if (single.kind === 'jscodeshift') return { jscodeshift: { js_file: file } };
  return { 'js-ast-grep': { js_file: file, language: single.language } };
}

function homeOf(file: string): string {
  const own = dirname(file);
  for (let folder = own; dirname(folder) !== folder; folder = dirname(folder)) {
    if (isFile(join(folder, 'package.json'))) return folder;
  }
  return own;
}
