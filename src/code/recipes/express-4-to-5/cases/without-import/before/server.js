const app = require('./app');
const { createApp } = require('./other');

app.listen(3000, () => console.log('Listening'));
createApp().listen(3001, () => console.log('Listening'));
