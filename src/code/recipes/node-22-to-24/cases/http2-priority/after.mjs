import { connect } from 'node:http2';

const session = connect('https://localhost');
const stream = session.request({ ':path': '/' });

session.settings({ enablePush: false });
export const job = { priority: 3, queue: session.settings({ enablePush: true }) };
