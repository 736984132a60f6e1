import { connect } from 'node:http2';

const session = connect('https://localhost', { priority: { weight: 16 } });
const stream = session.request({ ':path': '/', priority: { weight: 32 } });
stream.priority({ weight: 128 });
session.settings({ priority: true, enablePush: false });
export const job = { priority: 3, queue: session.settings({ enablePush: true }) };
