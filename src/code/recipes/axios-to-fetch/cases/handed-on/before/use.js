import { place } from './orders.js';

const { data, headers } = await place({ item: 'tea' });
process.stdout.write(`${data.id} ${headers['content-type']}\n`);
