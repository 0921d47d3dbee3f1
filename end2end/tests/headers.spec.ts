// What every answer carries, seen from the browser.
import { expect, test } from '../fixtures/test.ts';

test('a strict content security policy, and nothing kept of private pages', async ({ portal, member }) => {
    const open = await portal.goto('/');
    const policy = open?.headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("'unsafe-inline'");
    expect(policy).not.toContain("'unsafe-eval'");
    await portal.signInAs(member);
    const closed = await portal.goto('/etablissements');
    expect(closed?.headers()['cache-control']).toContain('no-store');
});

test('the files of a page are kept for ever, compressed', async ({ portal, page }) => {
    const files: { url: string; cache: string; encoding: string }[] = [];
    page.on('response', (response) => {
        if (!new URL(response.url()).pathname.startsWith('/pkg/')) return;
        const headers = response.headers();
        files.push({ url: response.url(), cache: headers['cache-control'] ?? '', encoding: headers['content-encoding'] ?? '' });
    });
    await portal.goto('/connexion');
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const { url, cache, encoding } of files) {
        expect(cache, url).toContain('immutable');
        expect(encoding, url).toBe('br');
    }
});
