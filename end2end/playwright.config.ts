import { defineConfig } from '@playwright/test';
import { address, environment } from './fixtures/server.ts';

// By role and name only: no test ids, no sleeps. Tests that make sense on a phone or without JavaScript say so by a tag.
export default defineConfig({
    testDir: 'tests',
    outputDir: 'results',
    fullyParallel: true,
    forbidOnly: true,
    // A test that passes at the second try is a fault to be found, not a pass.
    retries: 0,
    workers: 2,
    // When that many fail there is one cause, and it is known by then.
    maxFailures: 20,
    timeout: 60_000,
    expect: { timeout: 10_000 },
    reporter: [['list']],
    use: {
        baseURL: `http://${address}`,
        locale: 'fr-FR',
        timezoneId: 'Europe/Paris',
        // Colours are measured once they stand still.
        contextOptions: { reducedMotion: 'reduce' },
        // A trace is made of every test before it is known to fail, which takes time: only with TRACE=1.
        trace: process.env.TRACE ? 'retain-on-failure' : 'off',
        launchOptions: {
            executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
            args: [
                '--no-sandbox',
                '--disable-gpu',
                '--disable-quic',
                '--no-first-run',
                '--disable-background-networking',
                '--disable-component-update',
                '--disable-sync',
            ],
        },
    },
    projects: [
        { name: 'desktop', use: { viewport: { width: 1280, height: 800 } }, grepInvert: /@no-script-only|@pictures/ },
        {
            name: 'phone',
            use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
            grep: /@phone/,
        },
        {
            name: 'no-script',
            use: { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false },
            grep: /@no-script/,
        },
        // The pictures of the help page: `make pictures`, not part of the tests.
        ...(process.env.PICTURES
            ? [{ name: 'pictures', use: { viewport: { width: 1280, height: 800 } }, grep: /@pictures/ }]
            : []),
    ],
    globalTeardown: './fixtures/sweep.ts',
    webServer: {
        command: './server',
        url: `http://${address}/connexion`,
        env: { ...(process.env as Record<string, string>), ...environment },
        reuseExistingServer: false,
        timeout: 60_000,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
        stdout: 'pipe',
    },
});
