import type { PackageGroup } from '../package-group.ts';

/** Every package of the framework demands the others at its own version as peers; command line, Material and the lint rules share the major. `ng update` refuses more than one major at a time. */
export const angular: PackageGroup = {
  id: 'angular',
  summary: 'Angular, its command line, component kit and lint rules',
  leads: ['@angular/core'],
  members: [
    { name: '@angular/fire', following: 'own-version' },
    { name: '@angular/google-maps', following: 'same-line' },
    { name: '@angular/material', following: 'same-line' },
    { name: '@angular/cdk', following: 'same-line' },
    { name: '@angular/cli', following: 'same-line' },
    { name: '@angular/build', following: 'same-line' },
    { name: '@angular/ssr', following: 'same-line' },
    { name: '@angular/pwa', following: 'same-line' },
    { name: '@angular/material-moment-adapter', following: 'same-line' },
    { name: '@angular/youtube-player', following: 'same-line' },
    { name: '@angular/*', following: 'same-version' },
    { name: '@angular-devkit/build-angular', following: 'same-line' },
    { name: '@schematics/angular', following: 'same-line' },
    { name: 'angular-eslint', following: 'same-line' },
    { name: '@angular-eslint/*', following: 'same-line' },
  ],
};
