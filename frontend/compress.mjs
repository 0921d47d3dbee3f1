// Writes .br and .gz beside every file that gains by it. Done once here, at the best quality, instead of at every request.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);

// Pictures and fonts are compressed already.
const GAIN = new Set(['.css', '.html', '.ico', '.js', '.json', '.svg', '.txt', '.wasm', '.webmanifest', '.xml']);
// Smaller ones fit in one packet as they are.
const SMALLEST = 1024;

async function compress(path) {
    const bytes = await readFile(path);
    if (bytes.length < SMALLEST) return;
    const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS } =
        zlib.constants;
    const params = {
        [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY,
        [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS,
        [BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    const [br, gz] = await Promise.all([brotli(bytes, { params }), gzip(bytes, { level: 9 })]);
    await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}

const folder = process.argv[2];
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
await Promise.all(
    entries
        .filter((entry) => entry.isFile() && GAIN.has(extname(entry.name)))
        .map((entry) => compress(join(entry.parentPath ?? entry.path, entry.name))),
);
