import type { PackageGroup } from '../package-group.ts';

/** From 4 on published together with one version; the plugins for forms and typography have numbers of their own. */
export const tailwindcss: PackageGroup = {
  id: 'tailwindcss',
  summary: 'Tailwind CSS and its build plugins',
  leads: ['tailwindcss'],
  members: [
    { name: '@tailwindcss/cli', following: 'same-version' },
    { name: '@tailwindcss/node', following: 'same-version' },
    { name: '@tailwindcss/oxide', following: 'same-version' },
    { name: '@tailwindcss/postcss', following: 'same-version' },
    { name: '@tailwindcss/vite', following: 'same-version' },
    { name: '@tailwindcss/upgrade', following: 'same-version' },
    { name: '@tailwindcss/forms', following: 'own-version' },
    { name: '@tailwindcss/typography', following: 'own-version' },
    { name: '@tailwindcss/aspect-ratio', following: 'own-version' },
    { name: '@tailwindcss/container-queries', following: 'own-version' },
    { name: 'prettier-plugin-tailwindcss', following: 'own-version' },
  ],
};
