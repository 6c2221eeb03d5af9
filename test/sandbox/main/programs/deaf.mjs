// Ready, and then neither follows nor stops.
process.on('message', () => {});
process.send({ type: 'ready', url: 'http://127.0.0.1:1' });
setInterval(() => {}, 1_000);
