import express from 'express';

const app = express();

app.use((req, res, next) => {
  const { host, path } = req;
  res.locals.url = `https://${req.host}${path}${host}`;
  req.query = { ...req.query, seen: 'yes' };
  req.query.page ??= '1';
  delete req.query.debug;
  Object.assign(req.query, res.locals);
  if (req.params.hasOwnProperty('id') || req.query.hasOwnProperty(res.locals.name)) next();
  else if ((req.query = {})) next('route');
});

// As before.
const url = new URL('https://example.com');
url.host = 'example.org';
const parsed = { query: {}, host: '' };
parsed.query = {};
export const all = [url.host, parsed.host, parsed.hasOwnProperty('query')];
