import express, { Router } from 'express';

const app = express();
const router = Router({ mergeParams: true });
const base = '/api';

app.get('*', send);
app.all('/*', send);
app.use('/api*', send);
app.get('/users/:id?', send);
app.get('/:lang?', send);
app.get('/:lang?/about', send);
app.get('/:file.:ext?', send);
app.get('/colou?r', send);
app.get('/users/?', send);
app.get('/(cats|dogs)/:name', send);
app.get('/plain(/more)?', send);
app.get('/a/*/b/*', send);
app.get('/hello!', send);
app.route('/tree/:root*').get(send);
router.get(['/one/:two?', "/three/*", /^\/four$/], send);
router.use(`${base}/*`, send);
router.post(base + '/items/:id?', send);

// Read in the same way.
app.get('/', send);
app.get('/users/:id/posts/:post', send);
app.get('/flights/:from-:to', send);
app.get('/v1\\.0/:id', send);
app.get('/{*splat}', send);
app.get('/files/*path', send);
app.get('/users{/:id}', send);
app.get(/^\/a|b$/, send);

function send(req: express.Request, res: express.Response) {
  res.send(req.path);
}
