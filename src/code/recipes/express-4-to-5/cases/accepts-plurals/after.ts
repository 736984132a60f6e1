import express, { type Request } from 'express';

const app = express();

app.get('/', (req, res) => {
  const type = req.acceptsCharsets('utf-8') && req.acceptsEncodings('gzip');
  res.json({ type, language: pick(req) });
});

function pick(request: Request) {
  return request.acceptsLanguages('en', 'de') || request.acceptsLanguages()[0];
}
