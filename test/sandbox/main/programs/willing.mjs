// Does what the supervisor's messages ask: ready at once, follows the clock, stops when told.
// Its address shows what it was started with.
process.on('message', (message) => {
  if (message.type === 'stop') process.exit(0);
  process.stdout.write(`offset ${message.offset}\n`);
  process.send({ type: 'moved', move: message.move });
});
process.on('disconnect', () => process.exit(1));
process.send({ type: 'ready', url: `http://127.0.0.1:${process.env.PORT}/offset/${process.argv[2]}` });
