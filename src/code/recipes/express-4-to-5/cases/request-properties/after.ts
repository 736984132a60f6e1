import express from 'express';

const app = express();

app.use((req, res, next) => {
  const { hostname: host, path } = req;
  res.locals.url = `https://${req.hostname}${path}${host}`;
  Object.defineProperty(req, 'query', { value: { ...req.query, seen: 'yes' }, writable: true, configurable: true, enumerable: true });
  req.query.page ??= '1';
  delete req.query.debug;
  Object.assign(req.query, res.locals);
  if (Object.prototype.hasOwnProperty.call(req.params, 'id') || Object.prototype.hasOwnProperty.call(req.query, res.locals.name)) next();
  else if ((req.query = {})) next('route');
});

// As before.
const url = new URL('https://example.com');
url.host = 'example.org';
const parsed = { query: {}, host: '' };
parsed.query = {};
export const all = [url.host, parsed.host, parsed.hasOwnProperty('query')];
