import express, { type Request } from 'express';

const app = express();

app.get('/', (req, res) => {
  const type = req.acceptsCharset('utf-8') && req.acceptsEncoding('gzip');
  res.json({ type, language: pick(req) });
});

function pick(request: Request) {
  return request.acceptsLanguage('en', 'de') || request.acceptsLanguages()[0];
}
