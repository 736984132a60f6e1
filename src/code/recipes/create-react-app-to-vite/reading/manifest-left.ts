import type { TreeUnresolved } from '../../../recipe.ts';

type Said = { readonly word: string; readonly message: string; readonly cure: string; readonly isAdvice?: true };

/** Members of package.json. */
const members: readonly (Said & { readonly holds: RegExp })[] = [
  {
    word: '"node-sass"',
    holds: /"node-sass"\s*:/,
    message: 'Vite compiles Sass with the package `sass`, and not with node-sass.',
    cure: 'Put `sass` in the place of node-sass, and see that styles are what they were.',
  },
  {
    word: '"@storybook/preset-create-react-app"',
    holds: /"@storybook\/preset-create-react-app"\s*:/,
    message: 'This preset of Storybook reads the configuration of react-scripts.',
    cure: 'Take @storybook/react-vite.',
  },
  {
    word: '"browserslist"',
    holds: /"browserslist"\s*:/,
    message: 'Vite does not read `browserslist`: its builds are for browsers of the last years that have ES modules.',
    cure: 'Say `build.target` where older ones are meant, or take @vitejs/plugin-legacy.',
    isAdvice: true,
  },
  {
    word: 'static/js',
    holds: /"[^"\n]*static\/(js|css|media)[^"\n]*"/,
    message: 'A path names static/js, static/css or static/media; Vite writes all files to static/.',
    cure: 'Take the folder out of the path, or say `build.rollupOptions.output`.',
  },
];

/** What a package.json says, as it is to be, that nothing follows any more. Pure. */
export function manifestLeft(path: string, text: string): readonly TreeUnresolved[] {
  return members.flatMap(({ word, holds, ...said }) => {
    if (!holds.test(text)) return [];
    return [{ path, offset: Math.max(0, text.indexOf(word)), length: word.length, ...said }];
  });
}
