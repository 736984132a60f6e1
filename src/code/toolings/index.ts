import type { Tooling } from '../tooling.ts';
import { bundlers } from './bundlers.ts';
import { frameworks } from './frameworks.ts';
import { languages } from './languages.ts';
import { linters } from './linters.ts';
import { testRunners } from './test-runners.ts';

/** By which packages the tools of a project are known. */
export const toolings: readonly Tooling[] = [frameworks, languages, bundlers, testRunners, linters];
