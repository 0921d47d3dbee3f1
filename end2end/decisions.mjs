// For `make measure`: how many decisions about working abroad the rules make in a second as WebAssembly, in the engine that Chromium
// has as well (V8). The program makes a fixed number of them and knows no clock; the watch is here.
import { readFile } from 'node:fs/promises';

/** What `app/portfolio/src/bin/decisions.rs` makes: every destination, so many times. */
const DECISIONS = 242 * 2_000;

const file = process.argv[2] ?? '';
const { instance } = await WebAssembly.instantiate(await readFile(file), {});
// The first run is compiled while it runs; the second one is what a page has after a moment.
instance.exports.main(0, 0);
const begun = performance.now();
const status = instance.exports.main(0, 0);
const seconds = (performance.now() - begun) / 1000;
if (status !== 0) throw new Error(`the program ended with ${status}`);
console.log(`mobility wasm: ${Math.round(DECISIONS / seconds)} decisions a second`);
