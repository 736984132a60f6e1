import type { PackageGroup } from '../package-group.ts';
import { angular } from './angular.ts';
import { babel } from './babel.ts';
import { commitlint } from './commitlint.ts';
import { eslint } from './eslint.ts';
import { express } from './express.ts';
import { jest } from './jest.ts';
import { mui } from './mui.ts';
import { nestjs } from './nestjs.ts';
import { next } from './next.ts';
import { nx } from './nx.ts';
import { playwright } from './playwright.ts';
import { prisma } from './prisma.ts';
import { react } from './react.ts';
import { reactRouter } from './react-router.ts';
import { sentry } from './sentry.ts';
import { storybook } from './storybook.ts';
import { svelte } from './svelte.ts';
import { tailwindcss } from './tailwindcss.ts';
import { tanstackQuery } from './tanstack-query.ts';
import { testingLibrary } from './testing-library.ts';
import { trpc } from './trpc.ts';
import { typescript } from './typescript.ts';
import { typescriptEslint } from './typescript-eslint.ts';
import { vitest } from './vitest.ts';
import { vue } from './vue.ts';

/** Packages that are known to move together; `@types/x` follows `x` without being listed. */
export const packageGroups: readonly PackageGroup[] = [
  angular,
  babel,
  commitlint,
  eslint,
  express,
  jest,
  mui,
  nestjs,
  next,
  nx,
  playwright,
  prisma,
  react,
  reactRouter,
  sentry,
  storybook,
  svelte,
  tailwindcss,
  tanstackQuery,
  testingLibrary,
  trpc,
  typescript,
  typescriptEslint,
  vitest,
  vue,
];
