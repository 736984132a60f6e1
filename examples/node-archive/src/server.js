'use strict';

const http = require('node:http');
const fs = require('node:fs');
const { join } = require('node:path');
const mime = require('mime');
const { walk, isThere } = require('./walk.js');

/** Keeps connections to other archives. */
const agent = http.Agent({ keepAlive: true, maxSockets: 4 });

/**
 * Shows what an archive holds.
 * @param {string} folder
 * @param {(line: string) => void} log
 */
function serve(folder, log) {
  return http.createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://archive').pathname.slice(1));
    response.on('finish', () => log(`${response.statusCode} ${Object.keys(response._headers).join(',')}`));
    if (path === '') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(walk(folder)));
      return;
    }
    if (!(await isThere(join(folder, path)))) {
      response.statusCode = 404;
      response.end();
      return;
    }
    response.setHeader('content-type', mime.getType(path) ?? 'application/octet-stream');
    fs.createReadStream(join(folder, path)).pipe(response);
  });
}

module.exports = { serve, agent };
