// From a key to its painted result, in the list of a large firm: `make bench` runs it against the portal that it has started.
// In: KEYS_URL, KEYS_COOKIE. Out: one line of JSON, in milliseconds.
//
// Letters are typed one by one, as fast as results come. A result is painted when the list answers what the box holds, and the frame
// after that has gone. The interaction to next paint is what the browser says of it itself (Event Timing), of the slowest key.
import { chromium } from '@playwright/test';

// How much slower than this machine's the processor is: as on a usual phone or an old computer.
const SLOWER = 4;
const WORDS = 8;
const LETTERS = 5;

const url = process.env.KEYS_URL;
const [name, value] = process.env.KEYS_COOKIE.split('=');

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'fr-FR' });
    await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    const usual = await measured(page, 1);
    const slowed = await measured(page, SLOWER);
    console.log(JSON.stringify({ usual, slowed }));
} finally {
    await browser.close();
}

async function measured(page, rate) {
    // By number: the first by name are all called alike.
    await page.goto(`${url}/etablissements?vue=tous&taille=50&tri=numero`);
    await page.locator('html[data-hydrated]').waitFor();
    await page.locator("tbody th.name").first().waitFor();
    const words = await page.locator('tbody th.name .open').evaluateAll(
        (names, [count, letters]) => {
            const longest = names.map((name) => name.textContent.split(/[^\p{L}]+/u).sort((one, other) => other.length - one.length)[0]);
            const different = [...new Set(longest)].filter((word) => word.length >= letters);
            // Without accents, as one searches: not every keyboard has a key for each.
            return different.slice(0, count).map((word) => word.slice(0, letters).toLowerCase().normalize('NFD').replace(/\p{M}/gu, ''));
        },
        [WORDS, LETTERS],
    );
    if (words.length === 0) throw new Error('no name to type');
    await page.evaluate(observe);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate });
    const box = page.getByRole('searchbox', { name: 'Rechercher un client' });
    await box.focus();
    const painted = [];
    for (const word of words) {
        if ((await box.inputValue()) !== '') {
            await page.evaluate(() => window.keys.expect());
            await box.fill('');
            await page.evaluate(() => window.keys.result);
        }
        for (const letter of word) {
            await page.evaluate(() => window.keys.expect());
            await page.keyboard.press(letter);
            painted.push(await page.evaluate(() => window.keys.result));
        }
    }
    const interactions = await page.evaluate(() => window.keys.interactions());
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    return { pressed: painted.length, painted: spread(painted), interaction: Math.max(0, ...interactions) };
}

function spread(times) {
    const sorted = times.toSorted((one, other) => one - other);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    return { median: at(0.5), slowest: at(0.99) };
}

// In the page.
function observe() {
    const durations = new Map();
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            if (entry.interactionId) durations.set(entry.interactionId, Math.max(entry.duration, durations.get(entry.interactionId) ?? 0));
        }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true });
    const box = document.querySelector('#recherche');
    const keys = {
        result: null,
        done: null,
        at: 0,
        expect() {
            keys.at = 0;
            keys.result = new Promise((done) => (keys.done = done));
        },
        interactions: () => [...durations.values()],
    };
    window.keys = keys;
    const note = (event) => { keys.at ||= event.timeStamp; };
    box.addEventListener('keydown', note, true);
    box.addEventListener('input', note, true);
    const look = () => {
        const list = document.querySelector('.clients');
        const asked = new URL(location.href).searchParams.get('q') ?? '';
        if (!keys.at || !keys.done || asked !== box.value || list?.getAttribute('aria-busy') !== 'false') return;
        const done = keys.done;
        keys.done = null;
        // After the frame that shows it: a message is taken up once that has been painted.
        requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => done(performance.now() - keys.at);
            port2.postMessage(null);
        });
    };
    new MutationObserver(look).observe(document.querySelector('article'), { subtree: true, childList: true, attributes: true, characterData: true });
}
