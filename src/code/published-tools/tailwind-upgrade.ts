import type { PublishedTool } from '../published-tool.ts';

/** Tailwind's own way from 3 to 4: it reads the configuration with the old version, and moves it into the stylesheets. */
export const tailwindUpgrade: PublishedTool = {
  id: 'tailwind-upgrade',
  summary: 'The upgrade tool that Tailwind CSS publishes for its fourth major',
  why: 'Configuration moves from JavaScript into CSS and classes are renamed (tailwindcss.com/docs/upgrade-guide, "Using the upgrade tool").',
  package: '@tailwindcss/upgrade',
  applies: [{ package: 'tailwindcss', from: '^3', to: '^4' }],
  versionsFor: () => '^4',
  runs: 'before',
  callsFor: () => [[]],
};
