// « Tableau de bord »: numbers that lead to lists of as many, charts with their figures; and the review of stale mandates.
import { demonstration, member as camille } from '../fixtures/demonstration.ts';
import { Portal } from '../fixtures/portal.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';

const everywhere = { tag: ['@phone', '@no-script'] };

async function look(portal: Portal) {
    for (const colorScheme of ['light', 'dark'] as const) {
        await portal.page.emulateMedia({ colorScheme });
        await portal.expectAccessible();
    }
    await portal.page.emulateMedia({ colorScheme: 'light' });
    await portal.expectFits();
}

test('an empty portfolio says what to do first', everywhere, async ({ portal, member, page }) => {
    await portal.goto('/connexion');
    await portal.signIn.fill(member.identifier, member.password);
    await portal.signIn.submit();
    await expect(portal.dashboard.heading).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Pour commencer' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'À traiter' })).toBeHidden();
    await look(portal);
    await page.getByRole('link', { name: 'Ajoutez un premier compte' }).click();
    await expect(portal.add.heading).toBeVisible();
});

test('a portfolio in order says so quietly', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    const client = registry.employer();
    await registry.register(client);
    await portal.enrolQuietly(client, ['DPAE']);
    await portal.goto('/tableau-de-bord');
    await expect(page.getByText('Rien à signaler')).toBeVisible();
    await look(portal);
});

test('each number leads to a list of as many', everywhere, async ({ portal, member }) => {
    await portal.signInAs(member);
    const clients = [
        registry.employer({ state: 'radié' }),
        registry.employer({ state: 'radié' }),
        registry.selfEmployed({ state: 'suspendu' }),
        registry.employer({ establishments: 3 }),
    ];
    await registry.register(...clients);
    for (const client of clients) await portal.enrolQuietly(client, client === clients[2] ? [] : ['DPAE']);
    for (const [words, count] of [
        [/2\s*clients aux comptes radiés/, 2],
        [/1\s*client au compte suspendu/, 1],
        [/1\s*client sans aucun service/, 1],
    ] as const) {
        await portal.goto('/tableau-de-bord');
        await portal.dashboard.figure(words).click();
        await expect(portal.list.heading).toBeVisible();
        await expect(portal.list.rows).toHaveCount(count);
    }
    for (const side of ['Par régime', 'Par état', 'Par service', 'Par organisme', 'Par personne en charge']) {
        await test.step(side, async () => {
            await portal.goto('/tableau-de-bord');
            const row = portal.dashboard.parts(side).first();
            const count = Number(await row.getByRole('cell').nth(1).textContent());
            expect(count).toBeGreaterThan(0);
            await row.getByRole('link').click();
            await expect(portal.list.heading).toBeVisible();
            await expect(portal.list.rows).toHaveCount(count);
        });
    }
});

test('an enrolment in the making is taken up again', { tag: '@no-script' }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    const client = registry.employer();
    await registry.register(client);
    await portal.goto('/etablissements/ajouter');
    await portal.add.enrol(client.siren);
    await expect(portal.proof.heading).toBeVisible();
    await portal.goto('/tableau-de-bord');
    await portal.dashboard.figure(/1\s*inscription en cours/).click();
    await page.getByRole('region', { name: 'Vos inscriptions en cours' }).getByRole('link').click();
    await expect(portal.proof.heading).toBeVisible();
});

test('charts say what their table says', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    const clients = [registry.employer(), registry.employer(), registry.employer()];
    await registry.register(...clients);
    for (const client of clients) await portal.enrolQuietly(client, ['DPAE']);
    await portal.goto('/tableau-de-bord');
    const chart = page.getByRole('img', { name: 'Clients ajoutés et résiliés par mois' });
    await expect(chart).toHaveCount(1);
    await expect(chart).toHaveAccessibleDescription(/^3\sclients ajoutés, 0\srésilié\. Le mois le plus actif/);
    await page.getByText('Les mêmes chiffres en tableau').click();
    const table = page.getByRole('table', { name: /mois par mois/ });
    await expect(table.getByRole('row')).toHaveCount(13);
    const rows = await table.getByRole('row').allTextContents();
    const bars = await chart.locator('g > title').allTextContents();
    const figures = (text: string) => [...text.matchAll(/(\d+)\s(?:ajouté|résilié|géré)/g)].map((found) => found[1]);
    const told = await table.getByRole('row').nth(1).getByRole('cell').allTextContents();
    expect(figures(bars.at(-1)!)).toEqual(told);
    expect(told).toEqual(['3', '0', '3']);
    expect(rows).toHaveLength(bars.length + 1);
    await look(portal);
});

test.describe('the review', () => {
    let served: Awaited<ReturnType<typeof demonstration>>;
    test.beforeAll(async ({}, info) => {
        served = await demonstration(info.workerIndex);
    });
    test.afterAll(() => served.stop());

    test('stale mandates one after the other, put off, confirmed', everywhere, async ({ portal, page }) => {
        await portal.goto(`${served.url}/connexion?suite=%2Ftableau-de-bord`);
        await portal.signIn.fill(camille.identifier, camille.password);
        await portal.signIn.submit();
        const stale = portal.dashboard.figure(/mandats? à revoir/);
        const count = Number(/\d+/.exec((await stale.textContent())!)![0]);
        expect(count).toBeGreaterThan(1);
        await look(portal);
        await page.getByRole('link', { name: 'Commencer la revue' }).click();
        await expect(page.getByRole('heading', { level: 1, name: 'Revue du portefeuille' })).toBeVisible();
        await expect(page.getByText(`1\u00a0sur\u00a0${count}`)).toBeVisible();
        await look(portal);
        const name = page.getByRole('heading', { level: 2 });
        const first = (await name.first().textContent())!;
        await page.getByRole('link', { name: 'Plus tard' }).click();
        await expect(page.getByText(`2\u00a0sur\u00a0${count}`)).toBeVisible();
        const second = (await name.first().textContent())!;
        expect(second).not.toBe(first);
        if (portal.script) await expect(page.getByRole('heading', { name: second })).toBeFocused();
        for (let left = count - 1; left > 0; left--) {
            await page.getByRole('button', { name: 'Le mandat est toujours valable' }).click();
            if (left > 1) await expect(page.getByText(`${count - left + 2}\u00a0sur\u00a0${count}`)).toBeVisible();
        }
        await expect(page.getByText(/^1\smandat remis/)).toBeVisible();
        await page.getByRole('link', { name: 'Les reprendre' }).click();
        await expect(page.getByRole('heading', { name: first })).toBeVisible();
        await page.getByRole('button', { name: 'Le mandat est toujours valable' }).click();
        await expect(page.getByRole('heading', { name: 'Rien à revoir' })).toBeVisible();
        await look(portal);
    });
});
