const http = require('node:http');
const zlib = require('node:zlib');

const agent = new http.Agent({ keepAlive: true });
const gzip = zlib.createGzip();
const server = http.createServer((request, response) => {
  console.log(Object.keys(response.getHeaders()), gzip.bytesWritten, request.socket.bytesRead);
  response._headers['x-a'] = 'b';
});
module.exports = { agent, server };
