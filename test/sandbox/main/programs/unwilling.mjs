// Refuses to start, with a reason.
process.send({ type: 'failed', because: 'rules[0] allows everything.' }, () => process.exit(1));
