import type { Tooling } from '../tooling.ts';

export const bundlers: Tooling = {
  id: 'bundlers',
  role: 'bundler',
  packages: {
    vite: 'Vite',
    webpack: 'webpack',
    rollup: 'Rollup',
    rolldown: 'Rolldown',
    esbuild: 'esbuild',
    parcel: 'Parcel',
    '@rspack/core': 'Rspack',
    tsup: 'tsup',
    tsdown: 'tsdown',
    unbuild: 'unbuild',
    obuild: 'obuild',
    'react-scripts': 'Create React App',
    '@vue/cli-service': 'Vue CLI',
    '@angular/cli': 'Angular CLI',
    '@angular-devkit/build-angular': 'Angular build',
    '@babel/core': 'Babel',
    '@swc/core': 'SWC',
    nx: 'Nx',
    turbo: 'Turborepo',
    lerna: 'Lerna',
  },
};
