import express, { Router } from 'express';

const app = express();
const router = Router({ mergeParams: true });
const base = '/api';

app.get('/{*splat}', send);
app.all('/{*splat}', send);
app.use('/api{*splat}', send);
app.get('/users{/:id}', send);
app.get('/{:lang}', send);
app.get('{/:lang}/about', send);
app.get('/:file{.:ext}', send);
app.get('/colo{u}r', send);
app.get('/users', send);
app.get(['/cats/:name', '/dogs/:name'], send);
app.get('/plain{/more}', send);
app.get('/a/*splat/b/{*splat2}', send);
app.get('/hello\\!', send);
app.route('/tree/:root{/*splat}').get(send);
router.get(['/one{/:two}', "/three/{*splat}", /^\/four$/], send);
router.use(`${base}/{*splat}`, send);
router.post(base + '/items{/:id}', send);

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
