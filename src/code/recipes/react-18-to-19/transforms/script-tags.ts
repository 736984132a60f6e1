import type { FileTransform } from '../../../recipe.ts';

const script = /<script\b[^>]*\bsrc\s*=\s*["']?[^"'>\s]*\breact(?:-dom)?(?:@[^/"'\s]*)?\/umd\/[^"'>\s]*/gi;

/** Pages that load the UMD builds are reported. */
export const scriptTags: FileTransform = {
  kind: 'file',
  id: 'script-tags',
  why: 'React 19 is published without UMD builds: a script tag has nothing to load.',
  files: ['**/*.{html,htm}'],
  mentions: ['/umd/react'],
  transform(file) {
    return {
      edits: [],
      unresolved: [...file.text.matchAll(script)].map((match) => ({
        offset: match.index,
        length: match[0].length,
        message: 'React 19 has no UMD build for this script tag.',
        cure: 'Load an ES module with `<script type="module">`, or bundle React with the application.',
        symbol: 'umd',
        evidence: 'React 19 Upgrade Guide, “UMD builds removed”',
      })),
    };
  },
};
