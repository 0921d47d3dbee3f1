// Prints what a first visit loads, in bytes: the three files, and the pages too when a server answers.
// `size.mjs [limit]` fails when the three files together, after brotli, weigh more than the limit.
import { readFile, stat } from 'node:fs/promises';
import zlib from 'node:zlib';

const site = 'target/site';
const server = `http://${process.env.PORTAIL_ADDRESS ?? '127.0.0.1:3000'}`;

const rows = [];
const listed = (await readFile(`${site}/assets.txt`, 'utf8')).trim().split('\n');
for (const line of listed) {
    const [kind, name] = line.split(': ');
    const raw = (await stat(`${site}/pkg/${name}`)).size;
    // A file too small to gain has no compressed twin.
    const brotli = await stat(`${site}/pkg/${name}.br`).then((found) => found.size, () => raw);
    rows.push({ what: kind, raw, brotli });
}
const total = (what) => ({
    what,
    raw: rows.reduce((sum, row) => sum + row.raw, 0),
    brotli: rows.reduce((sum, row) => sum + row.brotli, 0),
});
const files = total('files together');

const ask = (path, options) => fetch(server + path, { redirect: 'manual', signal: AbortSignal.timeout(2000), ...options }).catch(() => undefined);
// The portfolio needs somebody signed in: whoever the demonstration made.
const signedIn = await ask('/connexion', {
    method: 'POST',
    headers: { origin: server },
    body: new URLSearchParams({ identifier: 'demo', password: 'demonstration-2026' }),
});
const cookie = signedIn?.headers.getSetCookie()[0]?.split(';')[0] ?? '';
for (const [what, path] of [['home page', '/'], ['sign-in page', '/connexion'], ['portfolio page', '/etablissements']]) {
    const page = await ask(path, { headers: { cookie } });
    if (page?.status === 200) {
        const html = Buffer.from(await page.arrayBuffer());
        rows.push({ what, raw: html.length, brotli: zlib.brotliCompressSync(html).length });
    }
}
const number = (bytes) => bytes.toLocaleString('fr-FR').padStart(12);
console.log(`${'first load, bytes'.padEnd(20)}${'raw'.padStart(12)}${'brotli'.padStart(12)}`);
for (const { what, raw, brotli } of [...rows, files]) {
    console.log(`${what.padEnd(20)}${number(raw)}${number(brotli)}`);
}

const limit = Number(process.argv[2] ?? Infinity);
if (files.brotli > limit) {
    console.error(`size: ${files.brotli} bytes after brotli, ${limit} at most`);
    process.exit(1);
}
