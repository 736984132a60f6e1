import type { FileTransform, TextEdit } from '../../../recipe.ts';
import { exportUsesOf } from '../../react-18-to-19/reading/export-uses.ts';
import { isReact } from '../../react-18-to-19/reading/names.ts';
import { argumentsOf, callOf } from '../../react-18-to-19/reading/places.ts';
import { typedFiles } from '../type-uses.ts';

const wanting = new Set(['useRef', 'createContext']);

/** `useRef()` says with what it begins. */
export const refArguments: FileTransform = {
  kind: 'file',
  id: 'ref-arguments',
  why: '`useRef` wants an argument in the types of React 19, as `createContext` does.',
  files: typedFiles,
  mentions: [...wanting],
  transform(file) {
    const edits = exportUsesOf(file.root(), isReact).flatMap(({ name, node }): readonly TextEdit[] => {
      const call = wanting.has(name) ? callOf(node) : undefined;
      const list = call?.field('arguments');
      if (call === undefined || list == null || argumentsOf(call).length > 0) return [];
      return [{ offset: list.range().start.index + 1, length: 0, text: 'undefined' }];
    });
    return { edits, unresolved: [] };
  },
};
