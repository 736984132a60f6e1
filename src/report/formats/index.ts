import type { Format } from '../format.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

/** The shelf of formats. */
export const formats: readonly Format[] = [text, markdown, json, sarif, github, junit, gitlab];
