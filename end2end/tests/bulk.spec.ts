// Many clients at once: ticked over pages and searches, changed, taken back, exported; models of services.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { Portal } from '../fixtures/portal.ts';
import * as registry from '../fixtures/registry.ts';
import { expect, test } from '../fixtures/test.ts';

async function portfolio(portal: Portal, count: number, name: string) {
    const clients = Array.from({ length: count }, (_, n) => registry.employer({ name: `${name} ${String(n).padStart(2, '0')}` }));
    await registry.register(...clients);
    for (const client of clients) await portal.enrolQuietly(client);
    return clients;
}

function tick(page: Page, name: string) {
    return page.getByRole('checkbox', { name: `Sélectionner ${name}`, exact: true });
}

/** The bar: each of its buttons takes the page's ticks over. */
function bar(page: Page, name: string | RegExp) {
    return page.locator('form.selection').getByRole('button', { name });
}

test('clients ticked over two pages and a search are changed, and taken back', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    const clients = await portfolio(portal, 22, 'Pavot');
    await portal.goto('/etablissements');
    await tick(page, clients[0]!.name).click();
    await tick(page, clients[2]!.name).click({ modifiers: ['Shift'] });
    await expect(page.getByText(/^3\sclients sélectionnés$/)).toBeVisible();
    await page.getByRole('link', { name: 'Suivante' }).click();
    await tick(page, clients[21]!.name).click();
    await expect(page.getByText(/^4\sclients sélectionnés$/)).toBeVisible();
    // Numbers of others may hold « 15 », too.
    await portal.list.find('pavot 15');
    await expect(tick(page, clients[15]!.name)).toBeVisible();
    const id = (await tick(page, clients[15]!.name).getAttribute('value'))!;
    const kept = page.waitForResponse((answer) => answer.url().endsWith('/api/selection/cocher') && !!answer.request().postData()?.includes(id));
    await tick(page, clients[15]!.name).click();
    await expect(page.getByText(/^5\sclients sélectionnés$/)).toBeVisible();
    await kept;
    await portal.reload();
    await expect(tick(page, clients[15]!.name)).toBeChecked();
    await bar(page, 'Modifier…').click();
    await expect(page.getByRole('heading', { name: 'Modifier la sélection' })).toBeVisible();
    await page.getByRole('radio', { name: 'Ouvrir des services' }).check();
    await page.getByRole('checkbox', { name: 'Travailler à l' }).check();
    await page.getByRole('button', { name: 'Voir ce qui changera' }).last().click();
    await expect(page.getByRole('heading', { name: /^Ouvrir 1\sservice$/ })).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(6);
    await page.getByRole('button', { name: 'Confirmer' }).click();
    await expect(page.getByText(/C’est fait/)).toBeVisible();
    // The way back is found again from the dashboard.
    await portal.goto('/tableau-de-bord');
    const open = page.getByRole('region', { name: 'Modifications en nombre' });
    await expect(open).toContainText('annulable jusqu’au');
    await open.getByRole('link', { name: /^Ouvrir 1\sservice$/ }).click();
    await page.getByRole('button', { name: 'Annuler cette modification' }).click();
    await expect(page.getByRole('heading', { name: /^Annuler/ }).first()).toBeVisible();
    await expect(page.getByText(/^C’est fait/)).toContainText('5');
});

test('ticks of a page that is left at once are not lost', async ({ portal, member, page }) => {
    await portal.signInAs(member);
    const clients = await portfolio(portal, 3, 'Aubépine');
    await portal.goto('/etablissements');
    // The first keeps the portal busy, so that the others still wait when the page goes.
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/api/selection/cocher', async (route) => {
        if (route.request().resourceType() === 'ping') return route.continue();
        await held;
        await route.abort().catch(() => {});
    });
    for (const client of clients) await tick(page, client.name).click();
    await expect(page.getByText(/^3\sclients sélectionnés$/)).toBeVisible();
    await portal.goto('/tableau-de-bord');
    release();
    await expect(async () => {
        await portal.goto('/etablissements');
        await expect(page.getByText(/^2\sclients sélectionnés$/)).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await expect(tick(page, clients[2]!.name)).toBeChecked();
});

test('a selection stays in reach when a search finds nobody', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await portfolio(portal, 21, 'Iris');
    await portal.goto('/etablissements');
    await bar(page, /^Sélectionner/).click();
    await portal.goto('/etablissements?q=introuvable');
    await expect(page.getByRole('heading', { name: 'Aucun client ne correspond' })).toBeVisible();
    await expect(page.getByText(/^21\sclients sélectionnés$/)).toBeVisible();
    await portal.expectAccessible();
    await portal.expectFits();
    await bar(page, 'Tout désélectionner').click();
});

test('all clients of a search are selected', { tag: ['@phone', '@no-script'] }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    await portfolio(portal, 21, 'Lilas');
    const [other] = await portfolio(portal, 1, 'Muguet');
    await portal.goto('/etablissements?q=lilas');
    await bar(page, /^Sélectionner les 21\sclients de cette recherche$/).click();
    await expect(page.getByText(/^21\sclients sélectionnés$/)).toBeVisible();
    await portal.goto('/etablissements?q=muguet');
    await expect(tick(page, other!.name)).not.toBeChecked();
    await bar(page, 'Tout désélectionner').click();
    await expect(page.getByText('Aucun client sélectionné')).toBeVisible();
});

test('the list is exported, and can be read', { tag: '@no-script' }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    const [client] = await portfolio(portal, 1, '=Crocus');
    await portal.goto('/etablissements');
    await bar(page, 'Exporter…').click();
    await expect(page.getByRole('heading', { name: 'Exporter' })).toBeVisible();
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: /^CSV/ }).first().click();
    const file = await readFile(await (await coming).path(), 'utf8');
    const lines = file.split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFFIdentifiant;Régime;Nom;/);
    expect(lines[1]).toContain(`${client!.siren};RG;'=Crocus`);
    const book = page.waitForEvent('download');
    await page.getByRole('button', { name: /^Excel/ }).first().click();
    const bytes = await readFile(await (await book).path());
    expect(bytes.subarray(0, 2).toString()).toBe('PK');
});

test('a model is made from a suggestion and ticks the services of a client', { tag: '@no-script' }, async ({ portal, member, page }) => {
    await portal.signInAs(member);
    const [client] = await portfolio(portal, 1, 'Jonquille');
    await portal.goto('/cabinet/modeles');
    await page.getByRole('link', { name: 'Employeur standard' }).click();
    await page.getByRole('button', { name: 'Enregistrer' }).last().click();
    await expect(page.getByRole('heading', { name: 'Modèles de services' })).toBeVisible();
    await portal.goto('/etablissements');
    await portal.list.pencil(client!.name).click();
    await page.getByRole('button', { name: 'Employeur standard' }).click();
    await expect(page.locator('#service-DPAE')).toBeChecked();
});
