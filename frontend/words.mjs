// Puts the parts of a language's table together, as small as they go.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [folder, to] = process.argv.slice(2);
const words = {};
for (const name of (await readdir(folder)).sort()) {
    Object.assign(words, JSON.parse(await readFile(join(folder, name), 'utf8')));
}
await writeFile(to, JSON.stringify(words));
