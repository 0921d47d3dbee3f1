// Names that are written to do harm: they are shown, and nothing more.
import { Firm } from '../fixtures/firm.ts';
import * as identifiers from '../fixtures/identifiers.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';

const HOSTILE = [
    '</textarea></title></script><script>window.harmed=1</script>',
    '"><img src=x onerror=window.harmed=1>',
    "' onfocus=window.harmed=1 autofocus x='",
    'javascript:window.harmed=1//',
    '{{constructor.constructor("window.harmed=1")()}}',
    '\u202eevil\u2066',
];

test('every page shows hostile names as they are written', async ({ portal, page }) => {
    const firm = await Firm.found(`${HOSTILE[0]} ${identifiers.fresh('x')}`);
    const member = await firm.member(`${HOSTILE[1]} ${identifiers.fresh('y')}`);
    const clients = HOSTILE.map((name) => registry.employer({ name: name.replaceAll('"', '""').replace(/^.*$/, '"$&"') }));
    await registry.register(...clients);
    await portal.signInAs(member);
    for (const client of clients) await portal.enrolQuietly(client, ['DPAE', 'MOBILITE_INTERNATIONALE']);
    // Two of each kind of page: the sixth client's says what the first one's does.
    const kinds = new Map<string, number>();
    const kind = (path: string) => path.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '{id}').replace(/\?.*$/, '?');
    const seen = new Set<string>();
    const ahead = ['/', '/aide', '/etablissements', `/etablissements?q=${encodeURIComponent(HOSTILE[1]!)}`];
    while (ahead.length > 0) {
        const path = ahead.shift()!;
        const known = kinds.get(kind(path)) ?? 0;
        if (seen.has(path) || known === 2) continue;
        seen.add(path);
        kinds.set(kind(path), known + 1);
        await portal.goto(path);
        const bad = await page.evaluate(() => {
            const inline = [...document.querySelectorAll('*')].filter((element) =>
                [...element.attributes].some(
                    ({ name, value }) => name.startsWith('on') || (/^(href|src|action|formaction)$/.test(name) && /^\s*javascript:/i.test(value)),
                ),
            );
            return { inline: inline.map((element) => element.outerHTML.slice(0, 200)), harmed: 'harmed' in window };
        });
        expect(bad, path).toEqual({ inline: [], harmed: false });
        const links = await page.getByRole('link').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
        const origin = new URL(page.url()).origin;
        // Files are kept, not shown.
        const pages = links.filter((link) => link.startsWith(`${origin}/`) && !/\.(csv|xlsx)$/.test(link));
        for (const link of pages) ahead.push(link.slice(origin.length).replace(/#.*$/, ''));
    }
    expect(kinds.size).toBeGreaterThan(12);
});
