const express = require('express');
const app = express();

app.listen(3000, () => {
  console.log('Listening');
});
app.listen(process.env.PORT, () => console.log('Listening'));
app.listen(3001, function () { console.log('Listening', this.address()); });
const server = app.listen(3002, 'localhost', async () => {
  // Nothing is logged before.
  await warm();
});
app.listen(3003, () => {});
app.listen(3004, () => {
  const error = warm();
  console.log(error);
});
app.listen(3005, started);

// As before.
app.listen(3006);
app.listen(3007, (error) => {
  if (error) throw error;
});
app.listen(3008, done);
require('http').createServer(app).listen(3009, () => console.log('Listening'));

function started() {
  console.log('Listening');
}

function done(error) {
  console.log(error);
}

async function warm() {}
