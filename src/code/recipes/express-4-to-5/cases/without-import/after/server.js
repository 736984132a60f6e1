const app = require('./app');
const { createApp } = require('./other');

app.listen(3000, (error) => { if (error) throw error; console.log('Listening'); });
createApp().listen(3001, (error) => { if (error) throw error; console.log('Listening'); });
