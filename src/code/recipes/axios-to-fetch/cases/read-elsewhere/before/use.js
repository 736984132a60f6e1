import { createReadStream } from 'node:fs';
import { get, send } from './orders.js';

const answer = await get('http://orders');
process.stdout.write(`${answer.config.url} ${await send('http://orders', createReadStream('order.txt'))}\n`);
