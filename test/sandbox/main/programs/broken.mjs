// Ends before it is ready, without a word.
process.exit(3);
