import type { PackageGroup } from '../package-group.ts';

/** From 7 on published together with one version; react-router-dom ended with 7. */
export const reactRouter: PackageGroup = {
  id: 'react-router',
  summary: 'React Router and its adapters',
  leads: ['react-router', 'react-router-dom'],
  members: [
    { name: 'react-router-dom', following: 'same-line' },
    { name: '@react-router/architect', following: 'same-line' },
    { name: '@react-router/cloudflare', following: 'same-line' },
    { name: '@react-router/dev', following: 'same-line' },
    { name: '@react-router/express', following: 'same-line' },
    { name: '@react-router/fs-routes', following: 'same-line' },
    { name: '@react-router/node', following: 'same-line' },
    { name: '@react-router/serve', following: 'same-line' },
    { name: '@types/react-router', following: 'same-line' },
    { name: '@types/react-router-dom', following: 'same-line' },
  ],
};
