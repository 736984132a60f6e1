import { replaceNode } from '../../../engine/edit-node.ts';
import { declarationIn, usesOf } from '../../../engine/scope.ts';
import { type FileTransform, sourceFiles, type TextEdit } from '../../../recipe.ts';
import { direntsIn } from '../reading/dirents.ts';

/** `dirent.path` is `dirent.parentPath`. */
export const direntPath: FileTransform = {
  kind: 'file',
  id: 'dirent-path',
  why: 'Node 24 removed `dirent.path` (DEP0178), which had two meanings; `dirent.parentPath` is there since 18.20 and 20.12.',
  files: sourceFiles,
  mentions: ['withFileTypes', 'opendir'],
  transform(file) {
    const root = file.root();
    const { isEntry } = direntsIn(root);
    const edits: TextEdit[] = [];
    for (const member of root.findAll({ rule: { kind: 'member_expression' } })) {
      const property = member.field('property');
      const object = member.field('object');
      if (property?.text() !== 'path' || object === null || !isEntry(object)) continue;
      edits.push(replaceNode(property, 'parentPath'));
    }
    const isTaken = declarationIn(root, 'parentPath') !== undefined;
    for (const pattern of root.findAll({ rule: { kind: 'object_pattern' } })) {
      if (!isEntry(pattern)) continue;
      for (const part of pattern.namedChildren()) {
        const key = part.is('pair_pattern') ? part.field('key') : null;
        if (key?.text() === 'path') edits.push(replaceNode(key, 'parentPath'));
        if (!part.is('shorthand_property_identifier_pattern') || part.text() !== 'path') continue;
        const uses = usesOf(part);
        const isPlain = !isTaken && uses.every((use) => use.is('identifier'));
        edits.push(replaceNode(part, isPlain ? 'parentPath' : 'parentPath: path'));
        if (isPlain) edits.push(...uses.map((use) => replaceNode(use, 'parentPath')));
      }
    }
    return { edits, unresolved: [] };
  },
};
