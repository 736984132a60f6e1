import type { PackageGroup } from '../package-group.ts';

/** Published together with one version; router, store and tools have numbers of their own. */
export const vue: PackageGroup = {
  id: 'vue',
  summary: 'Vue and its compiler',
  leads: ['vue'],
  members: [
    { name: '@vue/compat', following: 'same-version' },
    { name: '@vue/compiler-dom', following: 'same-version' },
    { name: '@vue/compiler-sfc', following: 'same-version' },
    { name: '@vue/reactivity', following: 'same-version' },
    { name: '@vue/runtime-core', following: 'same-version' },
    { name: '@vue/runtime-dom', following: 'same-version' },
    { name: '@vue/server-renderer', following: 'same-version' },
    { name: '@vue/shared', following: 'same-version' },
    { name: 'vue-template-compiler', following: 'same-version' },
    { name: 'vue-server-renderer', following: 'same-version' },
  ],
};
