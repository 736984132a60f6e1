import * as z from 'zod';
import { graphBy, ways } from './graph-ways.ts';

/** One way over one tree, in a process that has done nothing before; prints what it made. */
const [way, root] = process.argv.slice(2);
const { signal } = new AbortController();
console.log(JSON.stringify(await graphBy(z.enum(ways).parse(way), z.string().parse(root), signal)));
