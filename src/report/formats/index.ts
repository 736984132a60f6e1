import type { Format } from '../format.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { text } from './text.ts';

/** The shelf of formats. */
export const formats: readonly Format[] = [text, markdown, json];
